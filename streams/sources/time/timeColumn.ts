import type { Micros } from '../../bars/bar';
import { PLAUSIBLE } from './plausibleYears';

export type TimeUnit = 's' | 'ms' | 'us' | 'ns';

/**
 * Calendar times that are not ISO 8601: month, day, year; day, month, year; or year, month and day
 * without anything between them. The time of day follows, to the microsecond at most.
 */
export type Stamp = 'mdy' | 'dmy' | 'compact';

/** How the times of a file are written. */
export type TimeColumn = (
  | {
      readonly written: 'integer' | 'decimal';
      readonly unit: TimeUnit;
      /** The user said the unit: any year is meant. */
      readonly isStated?: boolean;
    }
  | { readonly written: 'text' }
  | { readonly written: 'stamp'; readonly stamp: Stamp }
) & {
  /** The column says the date too, though there is another column with it. */
  readonly isAlone?: boolean;
};

export const isEpochColumn = (
  column: TimeColumn,
): column is Extract<TimeColumn, { readonly unit: TimeUnit }> => 'unit' in column;

const timeOfDay = '[ T]+(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.(\\d{1,6}))?)?$';
const stamps: Readonly<Record<Stamp, { pattern: RegExp; order: string; sql: readonly string[] }>> =
  {
    mdy: {
      pattern: new RegExp(`^(\\d{1,2})/(\\d{1,2})/(\\d{4})${timeOfDay}`),
      order: 'mdy',
      sql: ['%m/%d/%Y %H:%M:%S', '%m/%d/%Y %H:%M', '%m/%d/%Y %H:%M:%S.%f'],
    },
    dmy: {
      pattern: new RegExp(`^(\\d{1,2})[/.](\\d{1,2})[/.](\\d{4})${timeOfDay}`),
      order: 'dmy',
      sql: ['/', '.'].flatMap((cut) =>
        ['%H:%M:%S', '%H:%M', '%H:%M:%S.%f'].map((time) => `%d${cut}%m${cut}%Y ${time}`),
      ),
    },
    compact: {
      pattern: /^(\d{4})(\d{2})(\d{2}) +(\d{2}):?(\d{2}):?(\d{2})\.?(\d{1,6})?$/,
      order: 'ymd',
      sql: ['%Y%m%d %H%M%S%g', '%Y%m%d %H%M%S', '%Y%m%d %H:%M:%S.%f', '%Y%m%d %H:%M:%S'],
    },
  };

const integer = /^[-+]?\d+$/;
const decimal = /^[-+]?\d*\.?\d+([eE]\+?\d+)?\.?$/;
/** ISO 8601 as DuckDB reads it: a zone stands behind seconds only. */
const text =
  /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:(?:T| +)(\d{1,2}):(\d{2})(?::(\d{2})(\.\d*)?(Z| UTC|([-+])(\d{2})(?::?(\d{2}))?)?)?)?$/;

/** Detected by magnitude: seconds below 10^11 (the year 5138), and a thousand times that for each finer unit. */
export function unitOf(value: number): TimeUnit {
  const size = Math.abs(value);
  if (size < 1e11) return 's';
  if (size < 1e14) return 'ms';
  return size < 1e17 ? 'us' : 'ns';
}

/** 20240808 and 20240808235415 are dates to people and would pass for seconds and milliseconds. */
const calendar = /^(19|20)\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])(\d{6})?$/;

/** Detected by the first rows; nothing if most of them hold no time that we know. */
export function timeColumnOf(values: readonly string[]): TimeColumn | undefined {
  const written = values.map((value) => value.trim()).filter((value) => value !== '');
  const most = (kind: RegExp): boolean =>
    written.filter((value) => kind.test(value)).length * 2 > written.length;
  if (most(calendar)) return undefined;
  const numbers = written.filter((value) => decimal.test(value));
  if (most(decimal)) {
    const units = numbers.map((value) => unitOf(Number(value)));
    const unit = units.toSorted()[units.length >> 1] as TimeUnit;
    return { written: numbers.every((value) => integer.test(value)) ? 'integer' : 'decimal', unit };
  }
  if (most(text)) return { written: 'text' };
  const compact = stamps.compact.pattern;
  if (most(compact)) return { written: 'stamp', stamp: 'compact' };
  return most(stamps.dmy.pattern) ? dayOrMonthFirst(written) : undefined;
}

/** 13/02/2020 tells it; where no row does, nobody can know. */
function dayOrMonthFirst(values: readonly string[]): TimeColumn | undefined {
  const parts = values
    .map((value) => stamps.dmy.pattern.exec(value))
    .filter((part) => part !== null);
  const dayFirst = parts.some((part) => Number(part[1]) > 12);
  const monthFirst = parts.some((part) => Number(part[2]) > 12);
  if (dayFirst === monthFirst) return undefined;
  return { written: 'stamp', stamp: dayFirst ? 'dmy' : 'mdy' };
}

/** Whether a time says its zone. */
export const isZoned = (value: string): boolean => text.exec(value.trim())?.[8] !== undefined;

/** Whether none of these times says its zone. */
export const isZoneless = (values: readonly string[]): boolean => !values.some(isZoned);

/** Whether this is a time written like the others of its file. */
export function isTimeLike(value: string, column: TimeColumn): boolean {
  const trimmed = value.trim();
  if (!('unit' in column)) return Number.isFinite(microsOf(trimmed, column));
  if (!decimal.test(trimmed)) return false;
  const micros = epochMicros(trimmed, column.unit);
  const { from, to } = timeRange(column);
  return micros >= from && micros < to;
}

const microsPer: Readonly<Record<TimeUnit, number>> = { s: 1e6, ms: 1e3, us: 1, ns: 1e-3 };

/** Times outside it are written in another unit than the rest of the file, or cut off. */
export function timeRange(column: TimeColumn): { from: Micros; to: Micros } {
  return 'unit' in column && column.isStated !== true ? PLAUSIBLE : { from: -1e17, to: 1e17 };
}

/** The type that DuckDB's CSV reader gives such a column. */
export function timeType(column: TimeColumn): string {
  if (column.written === 'text') return 'TIMESTAMP_NS';
  if (column.written === 'stamp') return 'VARCHAR';
  if (column.written === 'decimal') return 'DECIMAL(38, 9)';
  return column.unit === 'ns' ? 'BIGINT' : 'DOUBLE';
}

/** Microseconds in SQL, floored; integers stay integers as long as they exceed 2^53. */
export function microsSql(sql: string, column: TimeColumn): string {
  if (column.written === 'text') return `epoch_us(${sql})::DOUBLE`;
  if (column.written === 'stamp') {
    const formats = stamps[column.stamp].sql.map((format) => `'${format}'`).join(', ');
    return `epoch_us(try_strptime(trim(${sql}), [${formats}]))::DOUBLE`;
  }
  switch (column.unit) {
    case 's':
      return column.written === 'decimal'
        ? `floor(${sql} * 1000000)::DOUBLE`
        : `round(${sql} * 1000000)`;
    case 'ms':
      return column.written === 'decimal' ? `floor(${sql} * 1000)::DOUBLE` : `floor(${sql} * 1000)`;
    case 'us':
      return `floor(${sql})::DOUBLE`;
    case 'ns':
      return column.written === 'decimal'
        ? `floor(${sql} / 1000)::DOUBLE`
        : `((${sql} - (${sql} % 1000 + 1000) % 1000) // 1000)::DOUBLE`;
  }
}

/** How many of a unit's decimals are microseconds. */
const DECIMALS: Readonly<Record<TimeUnit, number>> = { s: 6, ms: 3, us: 0, ns: -3 };

/** Microseconds of an epoch number, floored by its digits: of nanoseconds a double does not hold all. */
export function epochMicros(text: string, unit: TimeUnit): Micros {
  const match = /^\+?(\d+)\.?(\d*)$/.exec(text);
  if (match === null) return Math.floor(Number(text) * microsPer[unit]);
  const [, whole = '', fraction = ''] = match;
  const decimals = DECIMALS[unit];
  return decimals < 0
    ? Number(whole.slice(0, decimals) || 0)
    : Number(whole + fraction.slice(0, decimals).padEnd(decimals, '0'));
}

/** Microseconds of one value, exact enough to measure the gaps between bars. */
export function microsOf(value: string, column: TimeColumn): Micros {
  if ('unit' in column) return epochMicros(value.trim(), column.unit);
  if (column.written === 'stamp') return microsOfStamp(value.trim(), column.stamp);
  const match = text.exec(value.trim());
  if (match === null) return NaN;
  const part = (at: number): number => Number(match[at] ?? 0);
  const date = new Date(Date.UTC(part(1), part(2) - 1, part(3)));
  const [hour, minute, second] = [part(4), part(5), part(6)];
  const exists = date.getUTCMonth() === part(2) - 1 && hour < 24 && minute < 60 && second < 60;
  if (!exists) return NaN;
  const zone = (match[9] === '-' ? -1 : 1) * (part(10) * 60 + part(11));
  const seconds = date.getTime() / 1000 + (hour * 60 + minute - zone) * 60 + second;
  return seconds * 1e6 + Number((match[7] ?? '').slice(1, 7).padEnd(6, '0'));
}

function microsOfStamp(value: string, stamp: Stamp): Micros {
  const { pattern, order } = stamps[stamp];
  const match = pattern.exec(value);
  if (match === null) return NaN;
  const part = (letter: string): number => Number(match[order.indexOf(letter) + 1]);
  const date = new Date(Date.UTC(part('y'), part('m') - 1, part('d')));
  const [hour = 0, minute = 0, second = 0] = [match[4], match[5], match[6] ?? '0'].map(Number);
  const exists = date.getUTCMonth() === part('m') - 1 && hour < 24 && minute < 60 && second < 60;
  if (!exists) return NaN;
  const fraction = Number((match[7] ?? '').padEnd(6, '0'));
  return (date.getTime() / 1000 + (hour * 60 + minute) * 60 + second) * 1e6 + fraction;
}
