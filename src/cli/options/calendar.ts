import type { Command } from 'commander';
import { z } from 'zod';
import type { CalendarOptions } from '../../../streams';
import { given } from './readOptions';

const append = (value: string, before: readonly string[] = []): string[] => [...before, value];

/** Options that say where the windows of bars begin, for commands that build some. */
export const withCalendar = (command: Command): Command =>
  command
    .option(
      '--day-start <time>',
      'when a day of bars begins, in --zone, e.g. 17:00 (default: 00:00)',
    )
    .option(
      '--session <hours>',
      "hours with bars, in --zone: 09:30-16:00, or 'fri 09:30-13:00'; repeatable (default: always)",
      append,
    )
    .option('--week-start <day>', 'first day of bars of a week, e.g. sun (default: mon)');

export const CALENDAR_OPTIONS = ['dayStart', 'session', 'weekStart'] as const;

export const calendarShape = {
  dayStart: z.string().optional(),
  session: z.array(z.string()).optional(),
  weekStart: z.string().optional(),
};

interface CalendarRequest {
  readonly zone?: string | undefined;
  readonly dayStart?: string | undefined;
  readonly session?: readonly string[] | undefined;
  readonly weekStart?: string | undefined;
}

/** The calendar of bars; nothing where none is stated. */
export function calendarOf(read: CalendarRequest): CalendarOptions | undefined {
  const { zone, dayStart, session: sessions, weekStart } = read;
  const calendar = given({ zone, dayStart, sessions, weekStart });
  return Object.keys(calendar).length === 0 ? undefined : calendar;
}
