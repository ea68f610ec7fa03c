import { replay } from '../../../src/replay';
import type { ReplayOptions } from '../../../src/replay';
import type { Report } from '../../../src/report';
import type { Bar } from '../../../streams';
import { fromBars } from '../../../streams/sources';
import { every, S, START } from './plant';

const OHLC = { open: 1, high: 1, low: 1, close: 1, volume: 1, count: 1, complete: true };

function* seconds(count: number): Generator<Bar> {
  for (const time of every(S, count)) {
    const start = START + time;
    yield { symbol: 'AAA', interval: '1s', start, end: start + S, ...OHLC };
  }
}

/** Milliseconds of a run's stage, by its items and by its share of the run's time. */
function workOf({ run, stages }: Report, stage: 'coordinator' | 'processor' | 'analysis') {
  const { items, meanMs, busyShare } = stages[stage];
  return { byItems: Number(items) * meanMs, byShare: busyShare * run.clockSeconds * 1_000 };
}

const RUNS: readonly (readonly [string, ReplayOptions])[] = [
  ['clock-driven, simulated', { speed: 100 }],
  ['data-driven, simulated', { mode: 'data' }],
  ['data-driven, simulated, by operators', { mode: 'data', engine: 'operators' }],
  ['clock-driven, on the wall clock', { speed: 500, time: 'wall' }],
  ['data-driven, on the wall clock', { mode: 'data', time: 'wall' }],
  ['clock-driven, with threads', { speed: 500, threads: true }],
  ['data-driven, with threads', { mode: 'data', threads: true }],
];

describe.each(RUNS)('a busy share is items × mean ÷ run time: %s', (_, options) => {
  it('of every stage', async () => {
    const run = replay(fromBars(seconds(150), { interval: S }), {
      bars: '1s',
      strategies: [{ module: 'busy', parameters: { us: 500 } }],
      ...options,
    });
    const report = await run.start().done;
    for (const stage of ['coordinator', 'processor', 'analysis'] as const) {
      const { byItems, byShare } = workOf(report, stage);
      // Watermarks take a little time, and are no items.
      expect(Math.abs(byItems - byShare)).toBeLessThan(0.02 * byItems + 2);
    }
    expect(report.stages.analysis.busyShare).toBeGreaterThan(0.05);
  });
});
