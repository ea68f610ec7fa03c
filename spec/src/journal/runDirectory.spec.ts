import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { findRun, journalsIn, latestIn } from '../../../src/journal';
import { finished } from '../metrics/given';
import { folder, journalFile, journalText, recorded, windows } from './given';

const path = folder();
const events = [...windows(1), finished()];

/** A folder with these runs in it. */
function runsIn(name: string, ...runs: string[]): string {
  const directory = path(name);
  mkdirSync(directory);
  for (const run of runs) journalFile(`${directory}/${run}.ndjson`, events);
  return directory;
}

describe('findRun', () => {
  it('knows a run by its id, by the unique beginning of one, and by its path', () => {
    const directory = runsIn('some', '20240808-a', '20240809-b', '20240809-bc');
    const file = `${directory}/20240808-a.ndjson`;
    expect(findRun('20240808-a', directory)).toBe(file);
    expect(findRun('20240808', directory)).toBe(file);
    expect(findRun(file)).toBe(file);
    // The whole name of one and the beginning of another.
    expect(findRun('20240809-b', directory)).toBe(`${directory}/20240809-b.ndjson`);
  });

  it('asks for more where several begin alike', () => {
    const directory = runsIn('alike', '20240808-a', '20240808-b');
    expect(() => findRun('2024', directory)).toThrow(
      '2024: 2 runs begin like that: 20240808-a, 20240808-b. Say more of its id.',
    );
  });

  it('says where it looked', () => {
    const directory = runsIn('none');
    expect(() => findRun('2024', directory)).toThrow(/neither a file nor a run in .*none/);
    expect(() => findRun('latest', directory)).toThrow(/no run has left a journal here/);
    expect(journalsIn(path('nowhere'))).toEqual([]);
  });

  it('finds the latest by its pointer, or else by its name', async () => {
    const directory = runsIn('latest', '1', '2');
    expect(resolve(findRun('latest', directory))).toBe(`${directory}/2.ndjson`);
    await recorded(events, { directory, path: `${directory}/0.ndjson` });
    expect(resolve(findRun('latest', directory))).toBe(`${directory}/0.ndjson`);
  });
});

describe('record', () => {
  it('names the file after the run and points at it', async () => {
    const directory = path('fresh');
    const { path: file } = await recorded(events, { directory });
    expect(file).toBe(`${directory}/run-1.ndjson`);
    expect(readFileSync(`${directory}/latest`, 'utf8')).toBe('run-1.ndjson\n');
  });

  it('points at a file elsewhere by its whole path', async () => {
    const directory = path('pointing');
    const file = path('elsewhere/deep/run.ndjson');
    await recorded(events, { directory, path: file });
    expect(isAbsolute(readFileSync(`${directory}/latest`, 'utf8'))).toBe(true);
    expect(latestIn(directory)).toBe(file);
  });

  it('goes on pointing at a journal that was compressed', async () => {
    const directory = path('packed');
    const { path: file } = await recorded(events, { directory, gzip: true });
    expect(file).toBe(`${directory}/run-1.ndjson.gz`);
    expect(journalsIn(directory)).toEqual([file]);
    expect(latestIn(directory)).toBe(file);
  });

  it('writes side by side with other runs', async () => {
    const directory = path('both');
    const files = await Promise.all(
      ['a', 'b'].map((id) => recorded(events, { directory, path: `${directory}/${id}.ndjson` })),
    );
    expect(files.map(({ events: count }) => count)).toEqual([events.length, events.length]);
    expect(latestIn(directory)).toBe(`${directory}/b.ndjson`);
  });

  it.each([
    ['the journal of another run', journalText(events), 'the journal of run run-1'],
    ['one that is being written', journalText(events.slice(0, 1)), 'the journal of run run-1'],
    ['another file', 'time,price\n', 'no journal'],
  ])('never writes over %s', (_what, text, found) => {
    const file = path('place.ndjson');
    writeFileSync(file, text);
    expect(() => recorded(events, { directory: path('places'), path: file })).toThrow(
      `it exists and is ${found}. Name another file`,
    );
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('never writes beside a compressed journal of the same name', () => {
    const file = path('packed.ndjson');
    writeFileSync(`${file}.gz`, gzipSync(journalText(events)));
    expect(() => recorded(events, { directory: path('places'), path: file })).toThrow(
      /packed\.ndjson\.gz: it exists and is /,
    );
  });

  it('takes an empty file, as mktemp makes one', async () => {
    const file = path('empty.ndjson');
    writeFileSync(file, '');
    const { events: count } = await recorded(events, { directory: path('places'), path: file });
    expect(count).toBe(events.length);
  });

  it('refuses a folder that cannot be made', () => {
    writeFileSync(path('file'), '');
    expect(() => recorded(events, { directory: path('x'), path: path('file/run.ndjson') })).toThrow(
      /cannot be written/,
    );
  });
});
