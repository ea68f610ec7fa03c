import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromColumns, replay } from '../../../src';
import { foldJournal, record } from '../../../src/journal';
import type { Row } from '../frame/table';

const SYMBOLS = Array.from({ length: 200 }, (_, i) => `SYMBOL${i}`);

/** The journal of a run with this many windows, each with one bar per symbol. */
async function journalOf(windows: number): Promise<string> {
  const rows = Array.from({ length: windows * SYMBOLS.length }, (_, row) => row);
  const source = fromColumns({
    symbols: SYMBOLS,
    symbol: Uint32Array.from(rows, (row) => row % SYMBOLS.length),
    time: Float64Array.from(rows, (row) => Math.floor(row / SYMBOLS.length) * 60e6),
    close: Float64Array.from(rows, (row) => 100 + ((row * 7_919) % 101) / 100),
    volume: Float64Array.from(rows, () => 1),
  });
  const run = replay(source, {
    bars: '1m',
    derive: ['5m'],
    windows: '1m',
    speed: 60,
    strategies: [
      { name: 'sells', onBar: ({ close }) => (close > 100.9 ? { side: 'sell' } : undefined) },
      { name: 'listens', onBar: () => undefined },
    ],
    serviceTimes: { processor: 0.5, analysis: ({ symbol }) => 3 + ((symbol * 7) % 11) / 10 },
  });
  const recording = record(run, { directory: mkdtempSync(join(tmpdir(), 'barometer-bench-')) });
  await run.start().done;
  const { path, error } = await recording.closed;
  if (error !== undefined) throw error;
  return path;
}

const row = (name: string, title: string, read: (path: string) => unknown): Row => ({
  name,
  title,
  prepare: async ({ size }) => {
    const path = await journalOf(size);
    const figures = { megabytes: statSync(path).size / 1e6 };
    return async () => {
      await read(path);
      return { items: size, figures };
    };
  },
});

export const parsed = row('parsed', 'JSON.parse of each line (floor)', (path) => {
  for (const line of readFileSync(path, 'utf8').split('\n')) if (line !== '') JSON.parse(line);
});

export const folded = row('folded', 'ours, folded to a state', (path) => foldJournal(path));
