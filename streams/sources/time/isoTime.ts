import type { Micros } from '../../bars/bar';

const DATE = String.raw`(\d{4})-(\d{2})-(\d{2})`;
const ZONE = String.raw`(Z|[-+]\d{2}:?\d{2})`;

/** A date, or a date and a time of day; `2024-08-08 23:55` and `2024-08-08T23:55:00.5+02:00` are examples. */
const ISO_8601 = new RegExp(
  String.raw`^${DATE}(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s*${ZONE}?)?$`,
  'i',
);

/** The same with every field but the fraction: a point in time that needs no default. */
const RFC_3339 = new RegExp(
  String.raw`^${DATE}[T ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(Z|[-+]\d{2}:\d{2})$`,
  'i',
);

/**
 * Microseconds of a date or time in ISO 8601, floored; UTC if no zone is stated. Undefined for anything
 * else, including a day that does not exist, such as 2024-02-30.
 */
export const microsOfIso = (text: string): Micros | undefined => microsOf(ISO_8601.exec(text));

/** Microseconds of a time in RFC 3339, floored; undefined for anything else. */
export const microsOfRfc3339 = (text: string): Micros | undefined => microsOf(RFC_3339.exec(text));

function microsOf(match: RegExpExecArray | null): Micros | undefined {
  if (match === null) return undefined;
  const part = (at: number): number => Number(match[at] ?? 0);
  const [hour, minute, second] = [part(4), part(5), part(6)];
  const midnight = new Date(Date.UTC(part(1), part(2) - 1, part(3)));
  // Date.UTC turns a day that does not exist into another day.
  const exists =
    Number.isFinite(midnight.getTime()) &&
    midnight.toISOString().startsWith(match.slice(1, 4).join('-'));
  const zone = zoneMinutes(match[8]);
  if (!exists || hour > 23 || minute > 59 || second > 59 || zone === undefined) return undefined;
  const seconds = midnight.getTime() / 1_000 + (hour * 60 + minute - zone) * 60 + second;
  return seconds * 1e6 + Number((match[7] ?? '').padEnd(6, '0').slice(0, 6));
}

/** Minutes east of UTC. */
function zoneMinutes(zone = 'Z'): number | undefined {
  if (zone.length === 1) return 0;
  const [hours, minutes] = [Number(zone.slice(1, 3)), Number(zone.slice(-2))];
  if (hours > 23 || minutes > 59) return undefined;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}
