import { OptionError } from '../../operators';
import type { Micros } from './bar';

/** No zone has ever changed its clocks at anything but a multiple of this, since there are tick files. */
const STEP = 15 * 60e6;
const DAY = 86_400e6;

/** What the clocks of a zone show. */
interface LocalTime {
  readonly toLocal: (utc: Micros) => Micros;
  /**
   * The first instant at which the clocks show a time or have passed it: of an hour that they show twice
   * the first, of one that they jump over the end of the jump.
   */
  readonly toUtc: (local: Micros) => Micros;
}

/** Throws an `OptionError` for a zone that is unknown. */
export function localTime(zone: string): LocalTime {
  const offsetAt = offsetsOf(zone);
  return {
    toLocal: (utc) => utc + offsetAt(utc),
    toUtc: (local) => {
      const before = offsetAt(local - DAY);
      const after = offsetAt(local + DAY);
      const first = local - Math.max(before, after);
      if (offsetAt(first) === local - first) return first;
      const second = local - Math.min(before, after);
      if (offsetAt(second) === local - second) return second;
      // Jumped over: the clocks are past it as soon as they have jumped.
      let at = Math.floor(first / STEP) * STEP;
      while (at + offsetAt(at) < local) at += STEP;
      return at;
    },
  };
}

/** Microseconds that a zone's clocks are ahead of UTC, remembered for each quarter of an hour. */
function offsetsOf(zone: string): (utc: Micros) => Micros {
  if (zone === 'UTC') return () => 0;
  const format = formatOf(zone);
  const known = new Map<number, Micros>();
  return (utc) => {
    const step = Math.floor(utc / STEP);
    let offset = known.get(step);
    if (offset === undefined) {
      offset = offsetIn(format, step * STEP);
      known.set(step, offset);
    }
    return offset;
  };
}

function formatOf(zone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
      hourCycle: 'h23',
    });
  } catch {
    throw new OptionError(
      'zone',
      zone,
      'a time zone, such as America/New_York, Europe/Berlin or UTC',
    );
  }
}

/** How far a zone's clock is ahead of UTC at that time; `format` shows all parts of its date and time. */
export function offsetIn(format: Intl.DateTimeFormat, utc: Micros): Micros {
  const parts = format.formatToParts(utc / 1000);
  const part = (type: string): number =>
    Number(parts.find((each) => each.type === type)?.value ?? 0);
  const shown = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return shown * 1000 - Math.floor(utc / 1e6) * 1e6;
}

const zones = new Map<string, LocalTime>();

/** What the clocks of a zone show: 1 to 7 for Monday to Sunday. Throws an `OptionError` for an unknown zone. */
export function localParts(
  zone: string,
  time: Micros,
): Readonly<Record<'year' | 'month' | 'day' | 'weekday' | 'hour' | 'minute' | 'second', number>> {
  let local = zones.get(zone);
  if (local === undefined) zones.set(zone, (local = localTime(zone)));
  const date = new Date(Math.floor(local.toLocal(time) / 1000));
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: date.getUTCDay() === 0 ? 7 : date.getUTCDay(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  };
}
