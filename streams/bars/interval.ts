import { OptionError } from '../../operators';
import type { Micros } from './bar';
import type { CalendarOptions } from './calendarOptions';

const SECOND = 1_000_000;
export const DAY: Micros = 86_400 * SECOND;
/** The mean length of a month in the Gregorian calendar. */
const MONTH: Micros = 2_629_746 * SECOND;
const UNITS: Readonly<Record<string, Micros>> = {
  ms: 1_000,
  s: SECOND,
  m: 60 * SECOND,
  h: 3_600 * SECOND,
  d: DAY,
  w: 7 * DAY,
  mo: MONTH,
};

/**
 * An interval's name, `tick` or such as `5m`, and the length of its windows in microseconds: 0 for
 * `tick`, the mean for months. Days, weeks and months are as long as the calendar has them.
 */
export interface Interval {
  readonly name: string;
  readonly length: Micros;
  /** Where windows begin; on the grid of UTC, with weeks from Monday, unless given. */
  readonly calendar?: CalendarOptions;
  /**
   * Set for the series of trades and of quotes, which have no windows: whether strategies are called with
   * their rows, or only look them up.
   */
  readonly ticks?: 'delivered' | 'kept';
}

/** Throws an `OptionError` that names `option`. */
export function parseInterval(name: string, option = 'interval'): Interval {
  if (name === 'tick') return { name, length: 0 };
  const [, count = '', unit = ''] = /^([1-9][0-9]{0,5})(ms|s|m|h|d|w|mo)$/.exec(name) ?? [];
  const length = Number(count) * (UNITS[unit] ?? 0);
  if (length > 0) return { name, length };
  throw new OptionError(
    option,
    name,
    'tick, or a number with ms, s, m, h, d, w or mo, such as 30s, 5m or 1h',
  );
}

/** A length of time in the largest unit that divides it: `90s`, `5m`, `1d`. */
export function intervalName(length: Micros): string {
  if (length === 0) return 'tick';
  for (const unit of ['mo', 'w', 'd', 'h', 'm', 's', 'ms']) {
    const micros = UNITS[unit] as number;
    if (length % micros === 0) return `${length / micros}${unit}`;
  }
  return `${length}us`;
}

/** The derived intervals, shortest first; throws an `OptionError` where one is no multiple of the base. */
export function parseDerived(names: readonly string[], base: Interval): readonly Interval[] {
  const intervals = new Map<number, Interval>();
  for (const name of names) {
    const interval = parseInterval(name, 'derive');
    const isLonger = interval.length > base.length;
    if (interval.length === 0 || !isLonger || !isMultiple(interval.length, base.length)) {
      throw new OptionError('derive', name, `a multiple of the base interval ${base.name}`);
    }
    intervals.set(interval.length, interval);
  }
  return [...intervals.values()].sort((a, b) => a.length - b.length);
}

/** Whether windows of one length are made of whole windows of another; ticks make all. */
export function isMultiple(length: Micros, of: Micros): boolean {
  if (of === 0) return true;
  const isMonths = length % MONTH === 0;
  // A month has whole days, of which shorter windows must be whole parts.
  if (isMonths && of % MONTH !== 0) return DAY % of === 0;
  return length % of === 0;
}

/** The unit that a length is a multiple of in the calendar; undefined for what a day is cut into. */
export function calendarUnitOf(length: Micros): 'day' | 'week' | 'month' | undefined {
  if (length === 0) return undefined;
  if (length % MONTH === 0) return 'month';
  if (length % (7 * DAY) === 0) return 'week';
  return length % DAY === 0 ? 'day' : undefined;
}

/** How many units of the calendar a length has. */
export const unitsIn = (length: Micros): number =>
  length / (length % MONTH === 0 ? MONTH : length % (7 * DAY) === 0 ? 7 * DAY : DAY);

/** Finds an interval's place in the list by its name; throws an `OptionError` that names the known ones. */
export function placesOf(intervals: readonly Interval[]): (name: string) => number {
  const names = intervals.filter(({ ticks }) => ticks === undefined).map(({ name }) => name);
  const places = new Map(names.map((name, place) => [name, place]));
  return (name) => {
    const place = places.get(name);
    if (place !== undefined) return place;
    throw new OptionError('interval', name, `one of ${names.join(', ')}`);
  };
}
