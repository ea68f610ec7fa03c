import { OptionError } from '../../operators';
import type { Micros } from './bar';

const SECOND = 1_000_000;
const UNITS: Readonly<Record<string, Micros>> = {
  ms: 1_000,
  s: SECOND,
  m: 60 * SECOND,
  h: 3_600 * SECOND,
  d: 86_400 * SECOND,
  w: 7 * 86_400 * SECOND,
};

/** An interval's name, `tick` or such as `5m`, and the length of its windows in microseconds: 0 for `tick`. */
export interface Interval {
  readonly name: string;
  readonly length: Micros;
}

/** Throws an `OptionError` that names `option`. */
export function parseInterval(name: string, option = 'interval'): Interval {
  if (name === 'tick') return { name, length: 0 };
  const [, count = '', unit = ''] = /^([1-9][0-9]{0,5})(ms|s|m|h|d|w)$/.exec(name) ?? [];
  const length = Number(count) * (UNITS[unit] ?? 0);
  if (length > 0) return { name, length };
  throw new OptionError(
    option,
    name,
    'tick, or a number with ms, s, m, h, d or w, such as 30s, 5m or 1h',
  );
}

/** A length of time in the largest unit that divides it: `90s`, `5m`, `1d`. */
export function intervalName(length: Micros): string {
  if (length === 0) return 'tick';
  for (const unit of ['w', 'd', 'h', 'm', 's', 'ms']) {
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
    const fits = base.length === 0 ? 1 : interval.length / base.length;
    if (interval.length === 0 || interval.length === base.length || !Number.isInteger(fits)) {
      throw new OptionError('derive', name, `a multiple of the base interval ${base.name}`);
    }
    intervals.set(interval.length, interval);
  }
  return [...intervals.values()].sort((a, b) => a.length - b.length);
}

/** Finds an interval's place in the list by its name; throws an `OptionError` that names the known ones. */
export function placesOf(intervals: readonly Interval[]): (name: string) => number {
  const names = intervals.map(({ name }) => name);
  const places = new Map(names.map((name, place) => [name, place]));
  return (name) => {
    const place = places.get(name);
    if (place !== undefined) return place;
    throw new OptionError('interval', name, `one of ${names.join(', ')}`);
  };
}

/** The end of the epoch-aligned window that `time` lies in. */
export function windowEnd(time: Micros, length: Micros): Micros {
  return (Math.floor(time / length) + 1) * length;
}
