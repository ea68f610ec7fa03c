import type { Micros } from '../../streams';
import type { Timings } from '../journal';

/**
 * What two single servers one behind the other had to do, in columns. It is the shape of recorded
 * `Timings`, so nothing is copied: a service is 16 bytes on average, of an item 20 and of an update 12.
 */
export interface Work {
  /** What the first server serves, in order. */
  readonly items: {
    readonly length: number;
    /** Market time of the release: epoch microseconds; never falls. */
    readonly time: Float64Array;
    /** Milliseconds. */
    readonly service: Float64Array;
    /** Below 0: a watermark, which takes time but is not counted. */
    readonly series: Int32Array;
  };
  /** What the second server serves, in order: an update comes when the item that causes it is finished. */
  readonly updates: {
    readonly length: number;
    readonly service: Float64Array;
    /** Index of an item; never falls. */
    readonly cause: Uint32Array;
    /** Below 0: a watermark, as above; there are none where this is absent. */
    readonly series?: Int32Array;
    /** Which of several second servers serves it; absent where there is one. */
    readonly shard?: Uint8Array;
  };
}

/** The part of the work that is looked at. */
export interface Span {
  /** Market time at which the run's clock starts: epoch microseconds. */
  readonly origin: Micros;
  /** The first item, and the first update, after the warm-up; what comes before is not served. */
  readonly firstItem: number;
  readonly firstUpdate: number;
  /** Market time from which on time is measured: that of the last item left out, or the origin. */
  readonly from: Micros;
  /** Market time of the last release. */
  readonly to: Micros;
}

/** How many items and updates there are to count: the denominators of the shares. */
export function countedIn(
  { items, updates }: Work,
  { firstItem, firstUpdate }: Span,
): { readonly items: number; readonly updates: number } {
  let watermarks = 0;
  for (let i = firstItem; i < items.length; i += 1) {
    if ((items.series[i] as number) < 0) watermarks += 1;
  }
  let passedOn = 0;
  for (let u = firstUpdate; u < updates.length; u += 1) {
    if (isPassedOn(updates, u)) passedOn += 1;
  }
  return {
    items: items.length - firstItem - watermarks,
    updates: updates.length - firstUpdate - passedOn,
  };
}

/** Whether an update is a watermark, at which strategies are called: it takes time but is not counted. */
export const isPassedOn = ({ series }: Work['updates'], update: number): boolean =>
  series !== undefined && (series[update] as number) < 0;

/** The span after the warm-up, or of all the work; `to` is the last release, unless that was changed away. */
export function spanOf(
  { items, updates }: Work,
  origin: Micros,
  warmUp?: Micros,
  to: Micros = items.length === 0 ? origin : (items.time[items.length - 1] as number),
): Span {
  let firstItem = 0;
  if (warmUp !== undefined) {
    while (firstItem < items.length && (items.time[firstItem] as number) <= warmUp) firstItem += 1;
  }
  let firstUpdate = 0;
  while (firstUpdate < updates.length && (updates.cause[firstUpdate] as number) < firstItem) {
    firstUpdate += 1;
  }
  return { origin, firstItem, firstUpdate, from: warmUp ?? origin, to };
}

/**
 * Where the run's clock started, as due times and market times tell that lie on one line; else the
 * time of the first row, else the first release.
 */
export function originOf({ items }: Timings, speed: number, firstRow?: Micros): Micros {
  const { length, time, due } = items;
  if (length === 0) return firstRow ?? 0;
  const at = (index: number): number =>
    Math.round((time[index] as number) - (due[index] as number) * 1000 * speed);
  const first = at(0);
  // Only a clock-driven run at one speed throughout, and without a pause, has such a line.
  const isOneLine = Math.abs(at(length - 1) - first) <= Math.max(1, speed);
  return isOneLine ? first : (firstRow ?? (time[0] as number));
}
