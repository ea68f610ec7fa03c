import { largestOf } from '../../../operators/kernel/extremes';
import type { Micros } from '../../bars/bar';

/** Tick files are of these years; half-open, epoch microseconds. */
export const PLAUSIBLE = { from: Date.UTC(1980, 0) * 1000, to: Date.UTC(2100, 0) * 1000 } as const;

/** A year that stands alone, or with a month, or with a month and a day. */
const YEAR =
  /(?<![\da-z])((?:19[89]|20\d)\d)(?:(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])?)?(?![\da-z])/gi;

/** The latest year that a file's name states; undefined where it states none. */
function yearOfName(names: readonly string[]): number | undefined {
  const years = names.flatMap((name) => [...name.matchAll(YEAR)].map((match) => Number(match[1])));
  return years.length === 0 ? undefined : largestOf(years);
}

/** Why a time that was read from a number cannot be meant; nothing if it can. */
export function whatIsImplausible(at: Micros, names: readonly string[] = []): string | undefined {
  if (!(at >= PLAUSIBLE.from && at < PLAUSIBLE.to)) return 'tick data is of 1980 to 2099';
  const named = yearOfName(names);
  const year = new Date(at / 1000).getUTCFullYear();
  // A year's last local hours may be in the next one.
  if (named === undefined || year <= named + 1) return undefined;
  return `the name of the file says ${named}`;
}

/** A date and a time that people read: `1970-01-01 00:16:40`; the bare number where it is none. */
export function shownTime(at: Micros): string {
  const date = new Date(at / 1000);
  return Number.isNaN(date.getTime())
    ? 'no date at all'
    : date.toISOString().slice(0, 19).replace('T', ' ');
}
