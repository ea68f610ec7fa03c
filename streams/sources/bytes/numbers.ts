import type { Micros } from '../../bars/bar';
import { unitOf } from '../time/timeColumn';

const DECIMAL = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/;

/** A number, or one in a string, as exchanges send them; NaN for anything else. */
export function decimalOf(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && DECIMAL.test(value) ? Number(value) : NaN;
}

/**
 * Microseconds of an epoch number in digits, its unit told by magnitude, floored. Nanoseconds have
 * more digits than a double holds, so they are cut off as text.
 */
export function microsOfDigits(digits: string): Micros {
  switch (unitOf(Number(digits))) {
    case 's':
      return Number(digits) * 1e6;
    case 'ms':
      return Number(digits) * 1e3;
    case 'us':
      return Number(digits);
    case 'ns':
      return Number(digits.slice(0, -3));
  }
}

const RFC_3339 =
  /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(Z|z|([-+])(\d{2}):(\d{2}))$/;

/** Microseconds of a time as RFC 3339 writes it, floored; NaN for anything else. */
export function microsOfRfc3339(value: unknown): Micros {
  const match = typeof value === 'string' ? RFC_3339.exec(value) : null;
  if (match === null) return NaN;
  const part = (at: number): number => Number(match[at] ?? 0);
  const day = new Date(Date.UTC(part(1), part(2) - 1, part(3)));
  if (day.getUTCMonth() !== part(2) - 1 || part(4) > 23 || part(5) > 59 || part(6) > 59) return NaN;
  const zone = (match[9] === '-' ? -1 : 1) * (part(10) * 60 + part(11));
  const seconds = day.getTime() / 1000 + (part(4) * 60 + part(5) - zone) * 60 + part(6);
  return seconds * 1e6 + Number((match[7] ?? '').padEnd(6, '0').slice(0, 6));
}
