import type { Micros } from './bar';
import { calendarUnitOf, DAY, unitsIn } from './interval';
import { localTime } from './localTime';

/** Ends of recorded bars by their starts, and the other way round. */
interface RecordedWindows {
  readonly endOf: (start: Micros) => Micros;
  readonly startOf: (end: Micros) => Micros;
}

/**
 * Windows of recorded bars, which keep theirs: a day has as many hours as the zone's calendar gives it,
 * a month as many days.
 */
export function recordedWindows(length: Micros, zone = 'UTC'): RecordedWindows {
  const unit = calendarUnitOf(length);
  if (unit === undefined || (unit !== 'month' && zone === 'UTC')) {
    return { endOf: (start) => start + length, startOf: (end) => end - length };
  }
  const { toLocal, toUtc } = localTime(zone);
  const count = unitsIn(length);
  const moved = (time: Micros, by: number): Micros => {
    if (Number.isNaN(time)) return NaN;
    const local = toLocal(time);
    return toUtc(
      unit === 'month' ? inMonths(local, by) : local + by * (unit === 'week' ? 7 : 1) * DAY,
    );
  };
  return { endOf: (start) => moved(start, count), startOf: (end) => moved(end, -count) };
}

/** The same day and time of day in another month; its last day where it has no such day. */
function inMonths(local: Micros, months: number): Micros {
  const day = Math.floor(local / DAY);
  const date = new Date(day * 86_400_000);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const days = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const isLast = new Date((day + 1) * 86_400_000).getUTCDate() === 1;
  const target = isLast ? days : Math.min(date.getUTCDate(), days);
  return Date.UTC(year, month, target) * 1000 + (local - day * DAY);
}
