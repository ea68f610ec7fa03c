import { statSync } from 'node:fs';
import { fromColumns, replay } from '../../../src';
import { foldJournal, record } from '../../../src/journal';
import { folder } from './given';

const path = folder();
const MINUTES = 1_000;
const SYMBOLS = Array.from({ length: 200 }, (_, i) => `SYMBOL${i}`);

/** A bar of each symbol in each minute: as many bars, due at one instant, make a backlog. */
const market = () => {
  const rows = Array.from({ length: MINUTES * SYMBOLS.length }, (_, row) => row);
  return fromColumns({
    symbols: SYMBOLS,
    symbol: Uint32Array.from(rows, (row) => row % SYMBOLS.length),
    time: Float64Array.from(rows, (row) => Math.floor(row / SYMBOLS.length) * 60e6 + row * 0.1),
    close: Float64Array.from(rows, (row) => 100 + ((row * 7_919) % 101) / 100),
    volume: Float64Array.from(rows, () => 1),
  });
};

describe('the journal of 1,000 windows of 200 symbols', () => {
  it('stays under 10 MB, and folds to the state of the run', async () => {
    const run = replay(market(), {
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
    const recording = record(run, { directory: path('many') });
    await run.start().done;
    const { path: file, error } = await recording.closed;
    expect(error).toBeUndefined();
    expect(statSync(file).size).toBeLessThan(10e6);
    expect((await foldJournal(file)).state).toEqual(run.state());
  });
});
