import type { Micros } from '../../../streams';
import { microsOfIso } from '../../../streams/sources/time/isoTime';
import { unitOf } from '../../../streams/sources/time/timeColumn';

const EPOCH = /^-?\d+(\.\d+)?$/;
/** 2025 is a year to people and would pass for seconds of 1970. */
const YEAR = /^(19|20|21)\d{2}$/;
/** 20240808 is a date to people and would pass for seconds. */
const CALENDAR = /^(19|20)\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])$/;
const MICROS = { s: 1e6, ms: 1e3, us: 1, ns: 1e-3 } as const;

/**
 * A point in time as people write it: a year, an ISO date or time, with a zone or else in UTC, or an
 * epoch number, whose unit is detected by its magnitude. Undefined where it is neither.
 */
export function parseTime(text: string): Micros | undefined {
  const written = text.trim();
  if (CALENDAR.test(written)) return undefined;
  if (YEAR.test(written)) return Date.UTC(Number(written), 0, 1) * 1000;
  if (EPOCH.test(written)) return Math.floor(Number(written) * MICROS[unitOf(Number(written))]);
  return microsOfIso(written);
}
