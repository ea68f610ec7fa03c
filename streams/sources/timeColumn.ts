import type { Micros } from '../bar';

export type TimeUnit = 's' | 'ms' | 'us' | 'ns';

/** How the times of a file are written. */
export type TimeColumn =
  | { readonly written: 'integer' | 'decimal'; readonly unit: TimeUnit }
  | { readonly written: 'text' };

const integer = /^[-+]?\d+$/;
const decimal = /^[-+]?\d*\.?\d+([eE]\+?\d+)?\.?$/;
/** ISO 8601 as DuckDB reads it: a zone stands behind seconds only. */
const text =
  /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:(?:T| +)(\d{1,2}):(\d{2})(?::(\d{2})(\.\d*)?(Z| UTC|([-+])(\d{2})(?::?(\d{2}))?)?)?)?$/;

/** Told by magnitude: seconds below 10^11 (the year 5138), and a thousand times that for each finer unit. */
export function unitOf(value: number): TimeUnit {
  const size = Math.abs(value);
  if (size < 1e11) return 's';
  if (size < 1e14) return 'ms';
  return size < 1e17 ? 'us' : 'ns';
}

/** 20240808 and 20240808235415 are dates to people and would pass for seconds and milliseconds. */
const calendar = /^(19|20)\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])(\d{6})?$/;

/** Told by the first rows; nothing if most of them hold no time that we know. */
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
  return most(text) ? { written: 'text' } : undefined;
}

/** Whether this is a time written like the others of its file. */
export function isTimeLike(value: string, column: TimeColumn): boolean {
  const trimmed = value.trim();
  if (column.written === 'text') return Number.isFinite(microsOf(trimmed, column));
  if (!decimal.test(trimmed)) return false;
  const micros = Number(trimmed) * microsPer[column.unit];
  const { from, to } = timeRange(column);
  return micros >= from && micros < to;
}

const microsPer: Readonly<Record<TimeUnit, number>> = { s: 1e6, ms: 1e3, us: 1, ns: 1e-3 };

/** Times outside it are written in another unit than the rest of the file, or cut off. */
export function timeRange(column: TimeColumn): { from: Micros; to: Micros } {
  if (column.written === 'text' || column.unit === 's') return { from: -1e17, to: 1e17 };
  return { from: 1e14, to: 1e17 };
}

/** The type that DuckDB's CSV reader gives such a column. */
export function timeType(column: TimeColumn): string {
  if (column.written === 'text') return 'TIMESTAMP_NS';
  if (column.written === 'decimal') return 'DECIMAL(38, 9)';
  return column.unit === 'ns' ? 'BIGINT' : 'DOUBLE';
}

/** Microseconds in SQL, floored; integers stay integers as long as they exceed 2^53. */
export function microsSql(sql: string, column: TimeColumn): string {
  if (column.written === 'text') return `epoch_us(${sql})::DOUBLE`;
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

/** Microseconds of one value, exact enough to measure the gaps between bars. */
export function microsOf(value: string, column: TimeColumn): Micros {
  if (column.written !== 'text') return Math.round(Number(value) * microsPer[column.unit]);
  const match = text.exec(value.trim());
  if (match === null) return NaN;
  const part = (at: number): number => Number(match[at] ?? 0);
  const date = new Date(Date.UTC(part(1), part(2) - 1, part(3)));
  const [hour, minute, second] = [part(4), part(5), part(6)];
  const exists = date.getUTCMonth() === part(2) - 1 && hour < 24 && minute < 60 && second < 60;
  if (!exists) return NaN;
  const zone = (match[9] === '-' ? -1 : 1) * (part(10) * 60 + part(11));
  const seconds = date.getTime() / 1000 + (hour * 60 + minute - zone) * 60 + second;
  return seconds * 1e6 + Math.floor(Number(`0${match[7] ?? ''}`) * 1e6);
}
