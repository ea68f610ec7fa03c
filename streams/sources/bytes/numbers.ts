import type { Micros } from '../../bars/bar';
import { microsOfRfc3339 as microsOfText } from '../time/isoTime';
import { unitOf } from '../time/timeColumn';

const DECIMAL = /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/;

/** A number, or one in a string, as exchanges send them; NaN for anything else. */
export function decimalOf(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && DECIMAL.test(value) ? Number(value) : NaN;
}

/**
 * Microseconds of an epoch number in digits, its unit detected by magnitude, floored. Nanoseconds have
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

/** Microseconds of a time as RFC 3339 writes it, floored; NaN for anything else. */
export const microsOfRfc3339 = (value: unknown): Micros =>
  typeof value === 'string' ? (microsOfText(value) ?? NaN) : NaN;
