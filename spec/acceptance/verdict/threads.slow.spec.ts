import { replay } from '../../../src/replay';
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

describe.each([
  ['on the wall clock', { time: 'wall' as const }],
  ['with threads', { threads: true }],
])('a strategy that is too slow, %s', (_, options) => {
  it('is found, with why and when', async () => {
    const run = replay(fromBars(seconds(300), { interval: S }), {
      ...options,
      bars: '1s',
      speed: 500,
      strategies: [{ module: 'busy', parameters: { us: 6_000 } }],
    });
    const { verdict, actions, edges } = await run.start().done;
    expect(verdict).toMatchObject({
      culprit: 'analysis',
      culprits: ['analysis'],
      pattern: 'overload',
      scope: 'run',
    });
    expect(verdict.when[0]).toMatchObject({ edge: 'processor-analysis' });
    expect(verdict.when[0]?.share).toBeGreaterThan(0.95);
    // The service times of 6 ms and more were recorded in whichever thread they were measured.
    expect(verdict.sustainableSpeed).toBeGreaterThan(20);
    expect(verdict.sustainableSpeed).toBeLessThan(170);
    expect(verdict.estimated).toBe(false);
    expect(edges['processor-analysis'].bySymbol['AAA']?.workMs).toBeGreaterThan(1_800);
    expect(actions[0]).toMatchObject({ kind: 'faster-stage', strategy: 'busy' });
    expect(actions[0]?.effect?.stableSpeed).toBeGreaterThan(verdict.stableSpeed ?? Infinity);
    if (process.platform === 'linux') expect(verdict.confidence.runQueueShare).not.toBeNull();
  }, 30_000);
});
