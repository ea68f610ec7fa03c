import { largestOf, smallestOf } from '../../../operators/kernel/extremes';
import type { Micros } from '../../bars/bar';
import { microsOfTime } from './dateFormat';

/** How a column writes the time of day, beside a column with the date. */
export type TimeOfDay =
  | 'clock'
  | 'HHMM'
  | 'HHMMSS'
  | 'HHMMSS and a fraction'
  | 'seconds of the day'
  | 'milliseconds of the day';

const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*([AaPp])?\.?(?:[Mm]\.?)?$/;

/** Microseconds since midnight; NaN for what is written otherwise. */
const readers: Readonly<Record<TimeOfDay, (text: string) => Micros>> = {
  clock: (text) => {
    const match = CLOCK.exec(text);
    if (match === null) return NaN;
    const [, h, m, s = '0', fraction = '', half] = match;
    let hour = Number(h);
    if (half !== undefined) {
      if (hour < 1 || hour > 12) return NaN;
      hour = (hour % 12) + (/p/i.test(half) ? 12 : 0);
    }
    const micros = Number(fraction.padEnd(6, '0').slice(0, 6));
    return microsOfTime(hour, Number(m), Number(s)) + micros;
  },
  HHMM: (text) => {
    if (!/^\d{1,4}$/.test(text)) return NaN;
    const value = Number(text);
    return microsOfTime(Math.floor(value / 100), value % 100, 0);
  },
  HHMMSS: (text) => (/^\d{1,6}(\.\d{1,9})?$/.test(text) ? sixDigits(text) : NaN),
  'HHMMSS and a fraction': (text) => {
    // The hour's first digit may be missing.
    const digits = /^(\d{7,9}|\d{11,12}|\d{14,15}|0+)$/.test(text) ? text : '';
    const width = digits.length <= 9 ? 9 : digits.length <= 12 ? 12 : 15;
    const padded = digits.padStart(width, '0');
    return digits === '' ? NaN : sixDigits(`${padded.slice(0, 6)}.${padded.slice(6)}`);
  },
  'seconds of the day': (text) => ofDay(text, 1e6),
  'milliseconds of the day': (text) => ofDay(text, 1e3),
};

export const readTimeOfDay = (written: TimeOfDay): ((text: string) => Micros) => readers[written];

function sixDigits(text: string): Micros {
  const [whole = '', fraction = ''] = text.split('.');
  const value = Number(whole);
  const micros = Number(fraction.padEnd(6, '0').slice(0, 6));
  return (
    microsOfTime(Math.floor(value / 10_000), Math.floor(value / 100) % 100, value % 100) + micros
  );
}

function ofDay(text: string, unit: number): Micros {
  const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) * unit : NaN;
  return value < 86_400e6 ? Math.floor(value) : NaN;
}

const NUMBERS: readonly TimeOfDay[] = [
  'HHMM',
  'HHMMSS',
  'seconds of the day',
  'HHMMSS and a fraction',
  'milliseconds of the day',
];

/** The ways in which all of these times of day can be read; the first goes without saying if it is alone. */
export function timesOfDay(values: readonly string[]): readonly TimeOfDay[] {
  const written = values.map((value) => value.trim()).filter((value) => value !== '');
  const fits = (kind: TimeOfDay): boolean => {
    const read = readers[kind];
    const readable = written.filter((value) => !Number.isNaN(read(value))).length;
    // A few rows may be bad; a wrong reading fails for many.
    return readable > 0 && readable >= written.length * 0.9;
  };
  if (fits('clock')) return ['clock'];
  const digits = written.map((value) => value.split('.', 1)[0]?.length ?? 0);
  const longest = largestOf([0, ...digits]);
  const shortest = smallestOf(digits);
  const isPadded = written.some((value) => /^0\d/.test(value));
  if (isPadded && longest === shortest) {
    if (longest === 4) return ['HHMM'];
    if (longest === 6) return ['HHMMSS'];
    return ['HHMMSS and a fraction'];
  }
  const found = NUMBERS.filter(fits).filter((kind) => {
    if (kind === 'HHMM') return longest <= 4;
    if (kind === 'HHMMSS') return longest > 2;
    if (kind === 'HHMMSS and a fraction') return longest >= 7;
    return kind === 'seconds of the day' ? longest <= 5 : longest >= 7;
  });
  // Seconds of the day reach 1000 within 17 minutes; a market that opens at 10:00 has only such times.
  if (longest === 4 && found.includes('HHMM')) return ['HHMM'];
  return found;
}
