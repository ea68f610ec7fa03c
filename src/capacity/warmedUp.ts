import type { Micros } from '../../streams';
import type { Timings } from '../journal';

/** The first items, which were slower than the later ones because the code was new. */
export interface WarmUp {
  readonly items: number;
  /** Market time, epoch microseconds. */
  readonly until: Micros;
  /** Service times of both stages for an item in it, and for as many that follow. */
  readonly meanMs: number;
  readonly meanMsAfter: number;
}

const MOST = 1_000;
const SHARE = 0.1;
/** How many times as slow the first items have to be. */
const SLOWER = 2;
/** Code is warm after so much more time than it would have taken: more than that is load. */
const EXCESS_MS = 250;

/** Sums of both stages over items from `from` up to `to`. */
function workIn({ items, updates }: Timings, from: number, to: number): number {
  let work = 0;
  for (let i = from; i < to; i += 1) work += items.service[i] as number;
  for (let u = 0; u < updates.length; u += 1) {
    const cause = updates.cause[u] as number;
    if (cause >= to) break;
    if (cause >= from) work += updates.service[u] as number;
  }
  return work;
}

/**
 * Recorded times in which the warm-up is served with the times of what follows: its arrivals are
 * load, its slowness is none. Only first items that really were slower than as many that follow are
 * a warm-up: an opening that is busy for longer is not.
 *
 * @param count How many items at first are warm-up, where somebody knows.
 */
export function warmedUp(
  timings: Timings,
  count?: number,
): { readonly timings: Timings; readonly warmUp?: WarmUp } {
  const { length, time } = timings.items;
  const first = Math.min(count ?? Math.min(MOST, Math.floor(length * SHARE)), length);
  const next = Math.min(length, 2 * first);
  if (first === 0 || next === first) return { timings };
  const own = workIn(timings, 0, first);
  const after = (workIn(timings, first, next) / (next - first)) * first;
  const isSlower = own > SLOWER * after && own - after <= EXCESS_MS;
  if (count === undefined && !isSlower) return { timings };
  const warmUp = {
    items: first,
    until: time[first - 1] as number,
    meanMs: own / first,
    meanMsAfter: after / first,
  };
  return { timings: replaced(timings, first), warmUp };
}

/** The mean of each series from `from` on; watermarks are a series too. */
function meansOf(
  service: Float64Array,
  series: Int32Array,
  from: number,
): ReadonlyMap<number, number> {
  const sums = new Map<number, { count: number; ms: number }>();
  for (let i = from; i < service.length; i += 1) {
    const key = series[i] as number;
    const sum = sums.get(key) ?? { count: 0, ms: 0 };
    sum.count += 1;
    sum.ms += service[i] as number;
    sums.set(key, sum);
  }
  return new Map([...sums].map(([key, { count, ms }]) => [key, ms / count]));
}

function withMeans(service: Float64Array, series: Int32Array, end: number): Float64Array {
  const means = meansOf(service, series, end);
  const replacedBy = service.slice();
  for (let i = 0; i < end; i += 1) {
    const mean = means.get(series[i] as number);
    if (mean !== undefined) replacedBy[i] = Math.min(service[i] as number, mean);
  }
  return replacedBy;
}

function replaced(timings: Timings, first: number): Timings {
  const { items, updates } = timings;
  let end = 0;
  while (end < updates.length && (updates.cause[end] as number) < first) end += 1;
  return {
    ...timings,
    items: { ...items, service: withMeans(items.service, items.series, first) },
    updates: { ...updates, service: withMeans(updates.service, updates.series, end) },
  };
}
