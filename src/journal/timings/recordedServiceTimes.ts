import type { DeclaredServiceTime, Item } from '../../../streams';
import type { Timings } from './readTimings';

/** Services of one stage in their order. */
interface Services {
  readonly length: number;
  readonly service: Float64Array;
  readonly series: Int32Array;
  /** Market time at which an item was due. */
  readonly timeOf: (row: number) => number;
}

/**
 * What each item took in a run, as the service times of another run with the same items: such as the recording of a
 * live session, in simulated time. An item that the run did not serve takes the mean of its symbol and interval.
 */
export function recordedServiceTimes(timings: Timings): {
  readonly processor: DeclaredServiceTime;
  readonly analysis: DeclaredServiceTime;
} {
  const { items, updates } = timings;
  const numberOf = seriesNumbers(timings);
  const timeOf = (row: number): number => items.time[row] as number;
  return {
    processor: servicesIn({ ...items, timeOf }, numberOf),
    analysis: servicesIn(
      { ...updates, timeOf: (row) => timeOf(updates.cause[row] as number) },
      numberOf,
    ),
  };
}

/** Of an item, the number of its series in the timings; -1 of a watermark. */
function seriesNumbers({ series }: Timings): (item: Item) => number {
  const numbers = new Map<string, number>();
  for (const [number, { symbol, interval }] of series.entries()) {
    numbers.set(JSON.stringify([symbol, interval]), number);
  }
  return ({ bar }) =>
    bar === undefined ? -1 : (numbers.get(JSON.stringify([bar.symbol, bar.interval])) ?? -2);
}

function servicesIn(services: Services, numberOf: (item: Item) => number): (item: Item) => number {
  const { length, service, series, timeOf } = services;
  const meanOf = meansOf(services);
  /** Rows behind `next` that are used up. */
  const used = new Set<number>();
  let next = 0;
  const skip = (): void => {
    used.delete(next);
    next += 1;
  };
  return (item) => {
    const number = numberOf(item);
    while (next < length && (used.has(next) || timeOf(next) < item.market)) skip();
    for (let row = next; row < length && timeOf(row) === item.market; row += 1) {
      if (series[row] !== number || used.has(row)) continue;
      if (row === next) skip();
      else used.add(row);
      return service[row] as number;
    }
    return meanOf(number);
  };
}

/** Means by series; of all where the series is not known. */
function meansOf({ length, service, series }: Services): (number: number) => number {
  const sums = new Map<number, { total: number; count: number }>();
  const all = { total: 0, count: 0 };
  for (let row = 0; row < length; row += 1) {
    const number = series[row] as number;
    let sum = sums.get(number);
    if (sum === undefined) sums.set(number, (sum = { total: 0, count: 0 }));
    for (const each of [sum, all]) {
      each.total += service[row] as number;
      each.count += 1;
    }
  }
  return (number) => {
    const { total, count } = sums.get(number) ?? all;
    return count === 0 ? 0 : total / count;
  };
}
