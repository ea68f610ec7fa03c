import { spawnSync } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { gzipSync } from 'node:zlib';
import { peekJournal, JournalError, livenessOf } from '../../../src/journal';
import { finished, ingested, started } from '../metrics/given';
import { folder, header, journalFile, journalText, windows } from './given';

const path = folder();

describe('a glance at a journal', () => {
  it('tells its header, its latest event, and how far the input was read', async () => {
    const file = journalFile(path('plain'), [...windows(3), finished()]);
    const { last, ingested: read, ...others } = await peekJournal(file);
    expect(others).toEqual({ path: file, bytes: statSync(file).size, header: header() });
    expect(last).toMatchObject({ seq: 17, event: { type: 'finished' } });
    expect(read).toMatchObject({ type: 'ingested', ticks: 10 });
  });

  it('passes over a torn end, and over what is no event', async () => {
    const file = path('torn');
    writeFileSync(file, `${journalText([started()])}{"seq":2}\n{"seq":3,"wall":1,"type":"pau`);
    expect((await peekJournal(file)).last).toMatchObject({ seq: 1, event: { type: 'started' } });
  });

  it('knows of no event where there is none yet', async () => {
    expect(await peekJournal(journalFile(path('header'), []))).not.toHaveProperty('last');
  });

  it('sees the same in a compressed one, and its size as it is', async () => {
    const text = journalText([...windows(50), ingested({ progress: 0.5 })]);
    const [plain, packed] = [path('both'), path('both.gz')];
    writeFileSync(plain, text);
    writeFileSync(packed, gzipSync(text));
    const seen = await peekJournal(packed);
    expect(seen).toEqual({
      ...(await peekJournal(plain)),
      path: packed,
      bytes: statSync(packed).size,
    });
    expect(seen.bytes).toBeLessThan(text.length / 2);
  });

  it('sees both ends of a long one', async () => {
    const events = Array.from({ length: 20_000 }, () => ingested({ progress: 0.5 }));
    const file = journalFile(path('long'), [started(), ...events, finished()]);
    expect(statSync(file).size).toBeGreaterThan(2 ** 21);
    expect(await peekJournal(file)).toMatchObject({
      header: { run: 'run-1' },
      last: { seq: 20_002 },
      ingested: { progress: 0.5 },
    });
  });

  it.each([
    ['of an empty file', '', 'JOURNAL_EMPTY'],
    ['whose header is being written', '{"seq":0,"type":"journal","sch', 'JOURNAL_EMPTY'],
    ['of something else', 'time,price\n1,2\n', 'JOURNAL_INVALID'],
    ['of something else without a line', 'time', 'JOURNAL_INVALID'],
  ])('%s is refused', async (title, text, code) => {
    const file = path(title);
    writeFileSync(file, text);
    let found: unknown;
    try {
      found = await peekJournal(file);
    } catch (error) {
      found = error;
    }
    expect(found).toBeInstanceOf(JournalError);
    expect(found).toMatchObject({ code });
  });

  it('of what is not there is refused', async () => {
    await expect(peekJournal(path('missing'))).rejects.toThrow(JournalError);
  });
});

describe('a run', () => {
  /** Of a process that is gone. */
  const gone = spawnSync(process.execPath, ['-e', '']).pid;

  it.each([
    ['that has ended', { pid: gone }, true, 'finished'],
    ['whose process lives', { pid: process.pid }, false, 'running'],
    ['whose process is somebody else’s', { pid: 1 }, false, 'running'],
    ['whose process is gone', { pid: gone }, false, 'interrupted'],
    [
      'of another machine, which nobody can ask',
      { pid: gone, host: `not ${hostname()}` },
      false,
      'running',
    ],
  ])('%s', (_title, changes, hasFinished, liveness) => {
    expect(livenessOf(header(changes), hasFinished)).toBe(liveness);
  });
});
