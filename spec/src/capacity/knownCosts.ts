import type { Timings } from '../../../src/journal';
import type { Strategy } from '../../../streams';
import { timedReplay } from './given';

const named = (name: string, ...intervals: string[]): Strategy => ({
  name,
  ...(intervals.length === 0 ? {} : { intervals }),
  onBar: () => undefined,
});

/** What a bar costs at each stage, of any symbol. */
export const COSTS = { processor: 20, base: 100, derived: 1_500 };

/** A replay at speed 60 whose costs are known. Of a derived bar, `slow, but sure` takes two thirds; `all` takes the rest, and all of a base bar. */
export async function knownTimings(): Promise<Timings> {
  const recorded = await timedReplay({
    derive: ['5m'],
    speed: 60,
    strategies: [named('all'), named('slow, but sure', '5m')],
    serviceTimes: {
      processor: COSTS.processor,
      analysis: ({ interval }) => (interval > 0 ? COSTS.derived : COSTS.base),
    },
  });
  const { parts, updates, series } = recorded.timings;
  const took = new Float32Array(parts.length);
  for (let u = 0; u < updates.length; u += 1) {
    const first = updates.firstPart[u] as number;
    const isBase = series[updates.series[u] as number]?.interval === '1m';
    took[first] = isBase ? COSTS.base : 500;
    if (!isBase) took[first + 1] = 1_000;
  }
  return { ...recorded.timings, parts: { ...parts, took } };
}
