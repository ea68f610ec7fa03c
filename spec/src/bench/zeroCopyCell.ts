import type { MeasuredRun } from '../../../src/bench/measured';
import type { ZeroCopyCell } from '../../../src/bench/zeroCopy';

/** A run of a thousand items, of which so many found the next stage not ready on each edge. */
export const run = (first: number, second: number): MeasuredRun => {
  const edge = (events: number) => ({
    delivered: 1_000,
    events,
    behind: events,
    share: events / 1_000,
    seen: events / 1_000,
  });
  return {
    edges: { 'coordinator-processor': edge(first), 'processor-analysis': edge(second) },
    serviceUs: { processor: 1, analysis: 1 },
    ranMs: 1,
    others: 0.25,
  };
};

/** A cell of such runs, at 10 and 20 µs of own work and a gap of 1 ms unless said. */
export const cell = (
  copying: readonly [number, number],
  zero: readonly [number, number],
  where: Partial<ZeroCopyCell> = {},
): ZeroCopyCell => {
  const factors = [0, 1].map((edge) => {
    const none = zero[edge];
    return none === 0 || none === undefined ? undefined : (copying[edge] as number) / none;
  });
  return {
    lists: 1,
    ownUs: [10, 20],
    gapMs: 1,
    copying: run(...copying),
    zero: run(...zero),
    factors,
    seenFactors: factors,
    serviceFactors: [1, 1],
    ...where,
  };
};
