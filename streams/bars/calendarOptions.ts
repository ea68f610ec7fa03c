import { OptionError } from '../../operators';
import type { OptionNames } from '../../operators/kernel/optionNames';

/** Where the windows of bars begin. */
export interface CalendarOptions {
  /** Whose days these are: an IANA name; UTC unless given. */
  readonly zone?: string;
  /** When a day begins, `17:00`; midnight unless given. A day that begins after noon is the next date's. */
  readonly dayStart?: string;
  /**
   * When there are bars: `09:30-16:00`, or `fri 09:30-13:00` and `mon-thu 18:00-17:00` for some days of
   * the week (of their beginning); always, unless given. Rows outside make no bars.
   */
  readonly sessions?: readonly string[];
  /** The first day of a week: `mon` unless given. */
  readonly weekStart?: string;
}

/** Every option of a calendar. */
export const CALENDAR_OPTIONS: OptionNames<CalendarOptions> = {
  zone: true,
  dayStart: true,
  sessions: true,
  weekStart: true,
};

/** Trading hours: minutes since midnight; the end may lie in the next day. */
export interface Session {
  /** Days of the week, 0 for Sunday, on which it begins. */
  readonly days: readonly number[];
  readonly from: number;
  readonly to: number;
}

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;

/** Minutes since midnight; throws an `OptionError`. */
export function parseDayStart(text = '00:00'): number {
  const minutes = minutesOf(text);
  if (minutes !== undefined && minutes < 1440) return minutes;
  throw new OptionError('dayStart', text, 'a time of day, such as 17:00');
}

/** A day of the week, 0 for Sunday; throws an `OptionError`. */
export function parseWeekStart(text = 'mon'): number {
  const day = dayOf(text);
  if (day !== undefined) return day;
  throw new OptionError('weekStart', text, `a day: ${DAYS.join(', ')}`);
}

/** Throws an `OptionError` for what is no session. */
export function parseSession(text: string): Session {
  const [, list = '', open = '', close = ''] =
    /^(?:([a-z,\s-]+?)[\s:@]+)?(\d{1,2}:\d{2})\s*-\s*(\d{1,2}:\d{2})$/i.exec(text.trim()) ?? [];
  const days = daysOf(list);
  const from = minutesOf(open);
  const until = minutesOf(close);
  if (days !== undefined && from !== undefined && until !== undefined && from < 1440) {
    return { days, from, to: until > from ? until : until + 1440 };
  }
  throw new OptionError('session', text, "hours such as 09:30-16:00 or 'mon-thu 18:00-17:00'");
}

function minutesOf(text: string): number | undefined {
  const [, hour, minute] = /^(\d{1,2}):(\d{2})$/.exec(text.trim()) ?? [];
  const [h, m] = [Number(hour), Number(minute)];
  return h <= 24 && m < 60 && h * 60 + m <= 1440 ? h * 60 + m : undefined;
}

function dayOf(text: string): number | undefined {
  const name = text.trim().slice(0, 3).toLowerCase();
  const day = DAYS.findIndex((each) => each === name);
  return day < 0 || !/^[a-z]{3,9}$/i.test(text.trim()) ? undefined : day;
}

/** `mon-fri` or `mon,wed`; all days where nothing is said. */
function daysOf(text: string): readonly number[] | undefined {
  if (text.trim() === '') return [0, 1, 2, 3, 4, 5, 6];
  const found = text.split(',').map((part) => {
    const [first = '', last = first] = part.split('-');
    const [from, to] = [dayOf(first), dayOf(last)];
    if (from === undefined || to === undefined) return undefined;
    return Array.from({ length: ((to - from + 7) % 7) + 1 }, (_, at) => (from + at) % 7);
  });
  return found.every((days) => days !== undefined) ? [...new Set(found.flat())] : undefined;
}
