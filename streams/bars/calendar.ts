import { appendAll, largestOf, smallestOf } from '../../operators/kernel/extremes';
import type { Micros } from './bar';
import type { Session } from './calendarOptions';
import { parseDayStart, parseSession, parseWeekStart } from './calendarOptions';
import { calendarUnitOf, DAY, unitsIn } from './interval';
import type { Interval } from './interval';
import { localTime } from './localTime';

const MINUTE = 60e6;

/** A window [start, end). */
export interface Window {
  readonly start: Micros;
  readonly end: Micros;
  /** False for the time between sessions, in which there are no bars. */
  readonly isOpen: boolean;
}

/** The windows of one interval. */
export type WindowAt = (time: Micros) => Window;

/** Monday, 5 January 1970: weeks are counted from it. */
const FIRST_MONDAY = 4;

/** The windows of an interval in its calendar; throws an `OptionError` for a calendar that makes no sense. */
export function windowsOf({ length, calendar }: Interval): WindowAt {
  const { zone = 'UTC', dayStart, sessions = [], weekStart } = calendar ?? {};
  const unit = calendarUnitOf(length);
  const dayMinutes = parseDayStart(dayStart);
  const firstDay = parseWeekStart(weekStart);
  const hours = sessions.map(parseSession);
  if (zone === 'UTC' && dayMinutes === 0 && hours.length === 0 && unit !== 'month') {
    return gridFrom(unit === 'week' ? (FIRST_MONDAY - 1 + firstDay) * DAY : 0, length);
  }
  const days = tradingDays(zone, dayMinutes);
  const between = hours.length === 0 ? undefined : sessionsOf(days, hours);
  return remembered((time) => {
    const session = between?.(time);
    if (session?.isOpen === false) return session;
    if (unit === undefined) {
      const stretch = session ?? days.of(days.at(time));
      return length === 0 ? stretch : cut(stretch, length, time);
    }
    const [first, count] = unitAt(days.at(time), unit, unitsIn(length), firstDay);
    return { start: days.of(first).start, end: days.of(first + count).start, isOpen: true };
  });
}

/** Windows of one length, side by side. */
function gridFrom(origin: Micros, length: Micros): WindowAt {
  return (time) => {
    const start = Math.floor((time - origin) / length) * length + origin;
    return { start, end: start + length, isOpen: true };
  };
}

/** Most rows are of the window of the row before. */
function remembered(find: WindowAt): WindowAt {
  let last: Window | undefined;
  return (time) => {
    if (last === undefined || time < last.start || time >= last.end) last = find(time);
    return last;
  };
}

/** The part of a day or session that a time lies in; the last part may be shorter. */
function cut({ start, end }: Window, length: Micros, time: Micros): Window {
  const from = start + Math.floor((time - start) / length) * length;
  return { start: from, end: Math.min(from + length, end), isOpen: true };
}

/** Days, numbered from 1970-01-01 by the date that most of their hours have. */
interface TradingDays {
  readonly toUtc: (local: Micros) => Micros;
  at(time: Micros): number;
  of(day: number): Window;
}

function tradingDays(zone: string, startMinutes: number): TradingDays {
  const { toLocal, toUtc } = localTime(zone);
  // A day that begins in the evening is the next date's.
  const start = (startMinutes > 720 ? startMinutes - 1440 : startMinutes) * MINUTE;
  const of = (day: number): Window => ({
    start: toUtc(day * DAY + start),
    end: toUtc((day + 1) * DAY + start),
    isOpen: true,
  });
  return {
    toUtc,
    at: (time) => {
      const day = Math.floor((toLocal(time) - start) / DAY);
      // Where clocks are set back at the day's start, local times of its end come twice.
      if (time < of(day).start) return day - 1;
      return time >= of(day).end ? day + 1 : day;
    },
    of,
  };
}

/** The first day and the number of days of the week, month or days that a day lies in. */
function unitAt(
  day: number,
  unit: 'day' | 'week' | 'month',
  count: number,
  weekStart: number,
): readonly [first: number, days: number] {
  if (unit === 'day') return [Math.floor(day / count) * count, count];
  if (unit === 'week') {
    const origin = FIRST_MONDAY - 1 + weekStart;
    const length = 7 * count;
    return [Math.floor((day - origin) / length) * length + origin, length];
  }
  const date = new Date(day * 86_400_000);
  const month = Math.floor((date.getUTCFullYear() * 12 + date.getUTCMonth()) / count) * count;
  const first = firstOfMonth(month);
  return [first, firstOfMonth(month + count) - first];
}

/** Day number of the first of a month, counted from the year 0. */
const firstOfMonth = (month: number): number =>
  Date.UTC(Math.floor(month / 12), month % 12, 1) / 86_400_000;

/** The session that a time lies in, or the time between two. */
function sessionsOf(days: TradingDays, hours: readonly Session[]): WindowAt {
  const of = (date: number): Window[] =>
    hours
      .filter((each) => each.days.includes((((date + 4) % 7) + 7) % 7))
      .map(({ from, to }) => ({
        start: days.toUtc(date * DAY + from * MINUTE),
        end: days.toUtc(date * DAY + to * MINUTE),
        isOpen: true,
      }));
  return remembered((time) => {
    const date = Math.floor(time / DAY);
    const around: Window[] = [];
    for (let near = date - 3; near <= date + 9; near += 1) appendAll(around, of(near));
    const open = around.find(({ start, end }) => start <= time && time < end);
    if (open !== undefined) return open;
    return {
      start: largestOf(around.map(({ end }) => end).filter((end) => end <= time)),
      end: smallestOf(around.map(({ start }) => start).filter((start) => start > time)),
      isOpen: false,
    };
  });
}
