import fc from 'fast-check';
import { keepsWithin } from '../../../src/capacity/keepsWithin';
import { sharded } from '../../../src/capacity/shards';
import { worstWindowOf } from '../../../src/capacity/utilization';
import { spanOf } from '../../../src/capacity/work';
import type { Timings } from '../../../src/journal';
import { timingsOf } from './timingsOf';

/** Bars of some symbols, of which each update takes so long: [symbol, seconds after the last, service]. */
type Bar = readonly [symbol: number, gap: number, service: number];

const MINUTE = 60_000_000;
const SYMBOLS = ['A', 'B', 'C', 'D'];

function workOf(bars: readonly Bar[]): Timings {
  let at = 0;
  const times = bars.map(([, gap]) => (at += gap * 1_000));
  return timingsOf({
    series: SYMBOLS.map((symbol) => [symbol, '1m']),
    items: bars.map(([symbol], i) => [times[i] ?? 0, symbol, 0]),
    updates: bars.map(([symbol, , service], i) => [i, symbol, service]),
  });
}

/** How many updates are behind, found out by asking. */
function behindOf(work: Parameters<typeof keepsWithin>[0], speed: number): number {
  const span = spanOf(work, 0);
  let second = 0;
  while (!keepsWithin(work, span, speed, { first: Infinity, second })) second += 1;
  return second;
}

const bars = fc.array(
  fc.tuple(fc.nat(3), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 4_000 })),
  { minLength: 1, maxLength: 30 },
);

describe('symbols split over several analysis stages', () => {
  it('are balanced by their work, and a symbol stays where it is', () => {
    const work = workOf([
      [0, 1, 6],
      [1, 1, 5],
      [2, 1, 4],
      [3, 1, 3],
      [0, 1, 0],
    ]);
    expect([...(sharded(work, 2).updates.shard ?? [])]).toEqual([0, 1, 1, 0, 0]);
  });

  it('a stage for each symbol: what is behind is what each symbol alone leaves behind', () => {
    fc.assert(
      fc.property(bars, fc.constantFrom(0.5, 1, 3), (all, speed) => {
        const alone = SYMBOLS.map((_, symbol) => {
          let gap = 0;
          const own = all.flatMap(([of, since, service]): Bar[] => {
            gap += since;
            if (of !== symbol) return [];
            const bar: Bar = [of, gap, service];
            gap = 0;
            return [bar];
          });
          return own.length === 0 ? 0 : behindOf(workOf(own), speed);
        });
        const together = behindOf(sharded(workOf(all), SYMBOLS.length), speed);
        expect(together).toBe(alone.reduce((sum, behind) => sum + behind, 0));
      }),
    );
  });

  it('the busiest of them decides of the stable speed', () => {
    const work = workOf([
      [0, 1, 3_000],
      [1, 1, 2_000],
      [2, 1, 1_000],
    ]);
    const speed = (of: typeof work) => worstWindowOf(of, spanOf(of, 0), MINUTE)?.speed;
    expect(speed(work)).toBe(10);
    expect(worstWindowOf(sharded(work, 2), spanOf(work, 0), MINUTE)?.speed).toBe(20);
    expect(worstWindowOf(sharded(work, 3), spanOf(work, 0), MINUTE)?.speed).toBe(20);
  });
});
