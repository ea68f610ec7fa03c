import { offsetIn } from '../../bars/localTime';
import type { Micros } from '../../bars/bar';
import { SourceError } from '../sourceError';

/** Local times of one zone, made universal. */
export interface ZoneClock {
  /**
   * Microseconds of the epoch; NaN for a time that the zone's clocks jumped over. Of the hour that they
   * showed twice it is the first, until the file itself goes back by more than half of what they were set back.
   */
  toUtc(local: Micros): Micros;
}

/** No zone has ever changed its clocks at anything but a multiple of this, since there are tick files. */
const STEP = 15 * 60e6;
const DAY = 86_400e6;

interface Reading {
  /** What is subtracted from local time; undefined for a time that does not exist. */
  readonly offset: number | undefined;
  /** The same when the clocks had been set back. */
  readonly again: number | undefined;
}

/** Throws a `SourceError` for a zone that nobody knows. */
export function zoneClock(zone: string): ZoneClock {
  const offsetAt = offsetsOf(zone);
  const readings = new Map<number, Reading>();
  let step = NaN;
  let reading: Reading = { offset: 0, again: undefined };
  let latest = -Infinity;
  let setBack = false;

  const read = (at: number): Reading => {
    const local = at * STEP;
    const candidates = [offsetAt(local - DAY), offsetAt(local + DAY)];
    const valid = [...new Set(candidates)].filter((offset) => offsetAt(local - offset) === offset);
    valid.sort((a, b) => b - a);
    return { offset: valid[0], again: valid[1] };
  };

  return {
    toUtc: (local) => {
      const at = Math.floor(local / STEP);
      if (at !== step) {
        if (Number.isNaN(at)) return NaN;
        let known = readings.get(at);
        if (known === undefined) {
          known = read(at);
          readings.set(at, known);
        }
        step = at;
        reading = known;
      }
      const { offset, again } = reading;
      if (offset === undefined) return NaN;
      if (again === undefined) {
        setBack = false;
        latest = local;
        return local - offset;
      }
      if (local < latest - (offset - again) / 2) setBack = true;
      latest = local;
      return local - (setBack ? again : offset);
    },
  };
}

/** Microseconds that a zone's clocks are ahead of UTC at a moment. */
function offsetsOf(zone: string): (utc: Micros) => number {
  const fields = { year: 'numeric', month: 'numeric', day: 'numeric' } as const;
  const time = { hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23' } as const;
  let format: Intl.DateTimeFormat;
  try {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      calendar: 'gregory',
      ...fields,
      ...time,
    });
  } catch (error) {
    throw new SourceError(
      'SOURCE_BAD_OPTION',
      '--zone',
      `"${zone}" is no time zone that is known here`,
      'Use an IANA name, such as America/New_York, Europe/Berlin or UTC.',
      { cause: error },
    );
  }
  return (utc) => offsetIn(format, utc);
}
