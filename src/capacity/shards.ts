import { smallestOf } from '../../operators/kernel/extremes';
import type { Timings } from '../journal';
import type { Work } from './work';

/** How many second servers there are, by which of them serves each update. */
export function shardsOf(shard: Uint8Array | undefined): number {
  let last = 0;
  // An iterator over millions of updates costs as much as the recursion.
  for (let u = 0; shard !== undefined && u < shard.length; u += 1) {
    if ((shard[u] as number) > last) last = shard[u] as number;
  }
  return last + 1;
}

/**
 * The same work with the symbols split over this many analysis stages: the symbol with most work goes to
 * the stage that has least, then the next one (R. L. Graham, Bounds on multiprocessing timing
 * anomalies, 1969). All updates of a symbol stay on one stage, in their order.
 */
export function sharded({ items, updates, series }: Timings, count: number): Work {
  const workOf = new Float64Array(series.length);
  for (let u = 0; u < updates.length; u += 1) {
    const number = updates.series[u] as number;
    workOf[number] = (workOf[number] as number) + (updates.service[u] as number);
  }
  const work = new Map<string, number>();
  for (const [number, { symbol }] of series.entries()) {
    work.set(symbol, (work.get(symbol) ?? 0) + (workOf[number] as number));
  }
  const loads = new Float64Array(count);
  const shardOf = new Map<string, number>();
  for (const [symbol, ms] of [...work].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))) {
    const least = loads.indexOf(smallestOf(loads));
    shardOf.set(symbol, least);
    loads[least] = (loads[least] as number) + ms;
  }
  const ofSeries = series.map(({ symbol }) => shardOf.get(symbol) ?? 0);
  const shard = new Uint8Array(updates.length);
  for (let u = 0; u < updates.length; u += 1) {
    shard[u] = ofSeries[updates.series[u] as number] as number;
  }
  return { items, updates: { ...updates, shard } };
}
