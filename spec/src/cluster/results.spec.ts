import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resultsIn } from '../../../src/cluster';
import { keepResult, resultOf } from '../../../src/cluster/results';
import { record } from '../../../src/journal';
import { replay } from '../../../src/replay';
import { fromTicks } from '../../../streams/sources';

const root = mkdtempSync(join(tmpdir(), 'barometer sweep '));
afterAll(() => {
  rmSync(root, { recursive: true, force: true });
});

const folder = (): string => mkdtempSync(join(root, 'out '));
const task = (id: string) => ({ id, part: 'A', strategies: ['sma-cross'], files: [], options: {} });

/** Leaves the journal of a run with so many ticks. */
async function ran(directory: string, id: string, ticks: number): Promise<string> {
  const market = Array.from({ length: ticks }, (_, i) => ({
    ...{ symbol: 'A', time: i * 1_000_000, price: 1 },
  }));
  const run = replay([fromTicks(market)], { bars: '1s', id });
  const path = join(directory, `${id}.ndjson`);
  const { closed } = record(run, { path, directory });
  run.start();
  await run.done;
  await closed;
  return path;
}

test('a finished journal becomes a result, which holds the state', async () => {
  const directory = folder();
  await ran(directory, 'one', 5);
  const kept = await keepResult(directory, task('one'));
  expect(kept?.state.bars.ticks).toBe(5n);
  expect(resultOf(directory, 'one')).toEqual(kept);
});

test('a journal that was cut off is none, and leaves no file', async () => {
  const directory = folder();
  const path = await ran(directory, 'cut', 5);
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  writeFileSync(path, `${lines.slice(0, -1).join('\n')}\n`);
  expect(await keepResult(directory, task('cut'))).toBeUndefined();
  expect(readdirSync(directory).filter((name) => name.includes('result'))).toEqual([]);
  expect(await resultsIn(directory)).toMatchObject({ results: [], unfinished: ['cut'] });
});

test('a half-written result is none', async () => {
  const directory = folder();
  await ran(directory, 'half', 5);
  await keepResult(directory, task('half'));
  const path = join(directory, 'half.result.json');
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.slice(0, text.length / 2));
  expect(resultOf(directory, 'half')).toBeUndefined();
  // Its journal is whole: what it says counts.
  expect((await resultsIn(directory)).results.map(({ state }) => state.bars.ticks)).toEqual([5n]);
});

test('journals that other runners left count like results, each task once', async () => {
  const directory = folder();
  await ran(directory, 'b', 3);
  await ran(directory, 'a', 4);
  await keepResult(directory, task('a'));
  const { results } = await resultsIn(directory);
  expect(results.map(({ id, state }) => [id, state.bars.ticks])).toEqual([
    ['a', 4n],
    ['b', 3n],
  ]);
});
