import type { Micros } from '../../bars/bar';
import { calendarUnitOf, DAY, unitsIn } from '../../bars/interval';
import { localTime } from '../../bars/localTime';
import { recordedWindows } from '../../bars/recordedWindow';
import type { FileOptions } from '../fileOptions';
import type { RecordedInterval } from './recordedInterval';

/** The windows of a file's recorded bars, and how they come of its times; of ticks, none. */
export interface BarTimes {
  /** Length, of months the mean; 0 for ticks. */
  readonly interval: Micros;
  /** By what the length is known. */
  readonly evidence?: string | undefined;
  /** Detected by name or gaps, so that bars that overlap disprove it. */
  readonly isInferred?: boolean;
  /** What is subtracted from a time to have the bar's start. */
  readonly shift: Micros;
  /** The start of a bar by its time, where that is no matter of subtraction. */
  readonly startOf?: ((time: Micros) => Micros) | undefined;
  readonly endOf?: ((start: Micros) => Micros) | undefined;
}

export const TICKS: BarTimes = { interval: 0, shift: 0 };

/**
 * How the times of bars become their windows: days and longer ones have the length that the zone's
 * calendar gives them.
 *
 * @param zone whose days these are
 * @param times the first of them, in UTC
 */
export function barTimes(
  {
    length,
    evidence,
    isInferred = false,
  }: Pick<RecordedInterval, 'length' | 'isInferred'> & { readonly evidence?: string | undefined },
  { barTime = 'start' }: Pick<FileOptions, 'barTime'>,
  zone: string | undefined,
  times: readonly Micros[],
): BarTimes {
  if (length === 0) return TICKS;
  const { endOf, startOf } = recordedWindows(length, zone);
  const unit = calendarUnitOf(length);
  const known = { interval: length, evidence, isInferred, endOf };
  if (unit === 'month' && areMonthEnds(times, zone)) {
    const note = 'stamped with the last day of their months';
    return {
      ...known,
      evidence: evidence === undefined ? note : `${evidence}, ${note}`,
      shift: 0,
      startOf: (time) => firstOfMonths(time, unitsIn(length), zone),
    };
  }
  if (barTime === 'start') return { ...known, shift: 0 };
  return unit === undefined ? { ...known, shift: length } : { ...known, shift: 0, startOf };
}

/** Whether all bars bear the date of a month's last day, as monthly data often do. */
function areMonthEnds(times: readonly Micros[], zone = 'UTC'): boolean {
  const { toLocal } = localTime(zone);
  const known = times.filter(Number.isFinite);
  return (
    known.length > 0 &&
    known.every((time) => {
      const day = Math.floor(toLocal(time) / DAY);
      return new Date((day + 1) * 86_400_000).getUTCDate() === 1;
    })
  );
}

/** The first of the months that end with the month of a time. */
function firstOfMonths(time: Micros, count: number, zone = 'UTC'): Micros {
  if (Number.isNaN(time)) return NaN;
  const { toLocal, toUtc } = localTime(zone);
  const date = new Date(toLocal(time) / 1000);
  return toUtc(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - count + 1) * 1000);
}
