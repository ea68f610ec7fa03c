import type { Micros } from '../../../streams';
import { unitOf } from '../../../streams/sources/time/timeColumn';

const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s*(Z|[-+]\d{2}:?\d{2})?)?$/i;
const EPOCH = /^-?\d+(\.\d+)?$/;
/** 2025 is a year to people and would pass for seconds of 1970. */
const YEAR = /^(19|20|21)\d{2}$/;
/** 20240808 is a date to people and would pass for seconds. */
const CALENDAR = /^(19|20)\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])$/;
const MICROS = { s: 1e6, ms: 1e3, us: 1, ns: 1e-3 } as const;

/**
 * A point in time as people write it: a year, an ISO date or time, with a zone or else in UTC, or an
 * epoch number, whose unit is told by its magnitude. Undefined where it is neither.
 */
export function parseTime(text: string): Micros | undefined {
  const written = text.trim();
  if (CALENDAR.test(written)) return undefined;
  if (YEAR.test(written)) return Date.UTC(Number(written), 0, 1) * 1000;
  if (EPOCH.test(written)) return Math.floor(Number(written) * MICROS[unitOf(Number(written))]);
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] =
    ISO.exec(written) ?? [];
  if (year === undefined) return undefined;
  const fields = [year, month, day, hour, minute, second].map(Number);
  const [y = 0, mo = 0, d = 0, h = 0, mi = 0, s = 0] = fields;
  const date = new Date(Date.UTC(y, mo - 1, d, h, mi, s));
  // Whatever does not exist, such as a 31st of June, has become another time.
  const same = [
    date.getUTCFullYear(),
    date.getUTCMonth() + 1,
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
  ].every((field, i) => field === fields[i]);
  if (!same) return undefined;
  return (date.getTime() - zoneMs(zone)) * 1000 + Number(fraction.padEnd(6, '0').slice(0, 6));
}

function zoneMs(zone: string): number {
  if (/^z$/i.test(zone)) return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}
