import { largestOf, smallestOf } from '../../operators/kernel/extremes';
import type { Timings } from '../journal';
import type { Work } from './work';

/** How many second servers there are, by which of them serves each update. */
export const shardsOf = (shard: Uint8Array | undefined): number =>
  shard === undefined ? 1 : Math.max(0, largestOf(shard)) + 1;

/**
 * The same work with the symbols split over this many analysis stages: the symbol with most work goes to
 * the stage that has least, then the next one (R. L. Graham, Bounds on multiprocessing timing
 * anomalies, 1969). All updates of a symbol stay on one stage, in their order.
 */
export function sharded({ items, updates, series }: Timings, count: number): Work {
  const work = new Map<string, number>();
  for (let u = 0; u < updates.length; u += 1) {
    const symbol = series[updates.series[u] as number]?.symbol ?? '';
    work.set(symbol, (work.get(symbol) ?? 0) + (updates.service[u] as number));
  }
  const loads = new Float64Array(count);
  const shardOf = new Map<string, number>();
  for (const [symbol, ms] of [...work].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))) {
    const least = loads.indexOf(smallestOf(loads));
    shardOf.set(symbol, least);
    loads[least] = (loads[least] as number) + ms;
  }
  const ofSeries = series.map(({ symbol }) => shardOf.get(symbol) ?? 0);
  const shard = Uint8Array.from(updates.series, (number) => ofSeries[number] ?? 0);
  return { items, updates: { ...updates, shard } };
}
