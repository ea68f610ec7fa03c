import fc from 'fast-check';
import { DuckDBInstance } from '@duckdb/node-api';
import { OptionError } from '../../../operators';
import { parseInterval } from '../../../streams';
import type { CalendarOptions } from '../../../streams/bars/calendarOptions';
import { windowsOf } from '../../../streams/bars/calendar';
import { recordedWindows } from '../../../streams/bars/recordedWindow';

const micros = (iso: string): number => Date.parse(iso.replace(' ', 'T')) * 1000;
const iso = (at: number): string =>
  new Date(at / 1000).toISOString().slice(0, 16).replace('T', ' ') + 'Z';

const windowAt = (interval: string, calendar: CalendarOptions, time: string): string => {
  const { start, end, isOpen } = windowsOf({ ...parseInterval(interval), calendar })(micros(time));
  return `${iso(start)} ${iso(end)}${isOpen ? '' : ' closed'}`;
};

const zone = 'America/New_York';

test.each<[string, CalendarOptions, string, string]>([
  // Weeks begin on Monday, unless another day is said.
  ['1w', {}, '2022-03-13 12:00Z', '2022-03-07 00:00Z 2022-03-14 00:00Z'],
  ['1w', {}, '2022-03-14 00:00Z', '2022-03-14 00:00Z 2022-03-21 00:00Z'],
  ['1w', { weekStart: 'sun' }, '2022-03-13 12:00Z', '2022-03-13 00:00Z 2022-03-20 00:00Z'],
  ['1mo', {}, '2024-02-29 12:00Z', '2024-02-01 00:00Z 2024-03-01 00:00Z'],
  ['3mo', {}, '2024-02-29 12:00Z', '2024-01-01 00:00Z 2024-04-01 00:00Z'],
  // Days of 24, 23 and 25 hours.
  ['1d', { zone }, '2024-03-08 12:00Z', '2024-03-08 05:00Z 2024-03-09 05:00Z'],
  ['1d', { zone }, '2024-03-10 12:00Z', '2024-03-10 05:00Z 2024-03-11 04:00Z'],
  ['1d', { zone }, '2024-11-03 12:00Z', '2024-11-03 04:00Z 2024-11-04 05:00Z'],
  ['1d', { zone, dayStart: '17:00' }, '2024-03-08 12:00Z', '2024-03-07 22:00Z 2024-03-08 22:00Z'],
  ['1d', { zone, dayStart: '17:00' }, '2024-03-09 23:00Z', '2024-03-09 22:00Z 2024-03-10 21:00Z'],
  // A week of days that begin in the evening begins on the evening before.
  ['1w', { zone, dayStart: '17:00' }, '2024-01-09 12:00Z', '2024-01-07 22:00Z 2024-01-14 22:00Z'],
  ['1mo', { zone }, '2024-03-31 12:00Z', '2024-03-01 05:00Z 2024-04-01 04:00Z'],
  // Within a day, from its start, and cut at its end.
  ['4h', { zone }, '2024-01-09 12:00Z', '2024-01-09 09:00Z 2024-01-09 13:00Z'],
  ['4h', { zone }, '2024-03-10 04:30Z', '2024-03-10 01:00Z 2024-03-10 05:00Z'],
  ['4h', { zone }, '2024-03-11 03:30Z', '2024-03-11 01:00Z 2024-03-11 04:00Z'],
  ['4h', { zone }, '2024-11-04 04:30Z', '2024-11-04 04:00Z 2024-11-04 05:00Z'],
  ['1h', { zone: 'Asia/Kolkata' }, '2024-01-09 12:00Z', '2024-01-09 11:30Z 2024-01-09 12:30Z'],
  // From the start of a session, and cut at its end.
  [
    '1h',
    { zone, sessions: ['09:30-16:00'] },
    '2024-01-09 15:00Z',
    '2024-01-09 14:30Z 2024-01-09 15:30Z',
  ],
  [
    '1h',
    { zone, sessions: ['09:30-16:00'] },
    '2024-01-09 20:45Z',
    '2024-01-09 20:30Z 2024-01-09 21:00Z',
  ],
  [
    '1h',
    { zone, sessions: ['09:30-16:00'] },
    '2024-07-09 14:00Z',
    '2024-07-09 13:30Z 2024-07-09 14:30Z',
  ],
  [
    '1h',
    { zone, sessions: ['mon-fri 09:30-16:00'] },
    '2024-01-13 15:00Z',
    '2024-01-12 21:00Z 2024-01-16 14:30Z closed'.replace('16', '15'),
  ],
  [
    '1h',
    { zone, sessions: ['mon-thu 09:30-16:00', 'fri 09:30-13:00'] },
    '2024-01-12 17:45Z',
    '2024-01-12 17:30Z 2024-01-12 18:00Z',
  ],
  [
    '1h',
    { zone, sessions: ['18:00-17:00'] },
    '2024-01-09 22:30Z',
    '2024-01-09 22:00Z 2024-01-09 23:00Z closed',
  ],
])('%s in %j: %s is in %s', (interval, calendar, time, window) => {
  expect(windowAt(interval, calendar, time)).toBe(window);
});

test.each<[CalendarOptions, RegExp]>([
  [{ zone: 'Mars/Olympus' }, /zone is 'Mars/],
  [{ dayStart: '25:00' }, /dayStart is '25:00'/],
  [{ weekStart: 'someday' }, /weekStart is 'someday'/],
  [{ sessions: ['open'] }, /session is 'open'/],
])('%j is refused', (calendar, message) => {
  expect(() => windowsOf({ ...parseInterval('1h'), calendar })).toThrow(OptionError);
  expect(() => windowsOf({ ...parseInterval('1h'), calendar })).toThrow(message);
});

const calendars: fc.Arbitrary<CalendarOptions> = fc.record(
  {
    zone: fc.constantFrom('UTC', zone, 'Europe/Berlin', 'Asia/Kolkata', 'Australia/Lord_Howe'),
    dayStart: fc.constantFrom('00:00', '17:00', '09:15'),
    sessions: fc.constantFrom([], ['09:30-16:00'], ['mon-fri 18:00-17:00']),
    weekStart: fc.constantFrom('mon', 'sun'),
  },
  { requiredKeys: [] },
);
const times = fc
  .integer({ min: Date.UTC(2023, 0), max: Date.UTC(2025, 11) })
  .map((time) => time * 1000);
const intervals = fc.constantFrom('1m', '7m', '1h', '4h', '1d', '2d', '1w', '1mo');

test('windows hold the times that they are found by, and lie side by side', () => {
  fc.assert(
    fc.property(calendars, intervals, times, (calendar, name, time) => {
      const at = (when: number) => windowsOf({ ...parseInterval(name), calendar })(when);
      const { start, end } = at(time);
      expect(start <= time && time < end).toBe(true);
      // A day has hours outside of its sessions.
      if (calendar.sessions?.length && /[dwo]$/.test(name)) return;
      expect(at(start).start).toBe(start);
      expect(at(end - 1).end).toBe(end);
      expect(at(end).start).toBe(end);
    }),
    { numRuns: 300 },
  );
});

test('law 7: days, weeks and months are those of SQL', async () => {
  const connection = await (await DuckDBInstance.create()).connect();
  const sql = async (unit: string, hours: number, at: number): Promise<number> => {
    // A day that begins at 17:00 is the next date's: seven hours on, it is within that date.
    const local = `timezone('${zone}', make_timestamp(${at})::TIMESTAMPTZ) + INTERVAL ${hours} HOUR`;
    const start = `timezone('${zone}', date_trunc('${unit}', ${local}) - INTERVAL ${hours} HOUR)`;
    const [row] = await (await connection.run(`SELECT epoch_us(${start})::DOUBLE`)).getRows();
    return Number(row?.[0]);
  };
  await connection.run("SET TimeZone = 'UTC'");
  const units = fc.constantFrom(['day', '1d'], ['week', '1w'], ['month', '1mo'] as const);
  await fc.assert(
    fc.asyncProperty(units, fc.constantFrom(0, 7), times, async ([unit, name], hours, time) => {
      const calendar = { zone, dayStart: hours === 0 ? '00:00' : '17:00' };
      const { start } = windowsOf({ ...parseInterval(name), calendar })(time);
      expect(iso(start)).toBe(iso(await sql(unit as string, hours, time)));
    }),
    { numRuns: 60 },
  );
  connection.closeSync();
});

test.each([
  ['1d', zone, '2024-03-10 05:00Z', '2024-03-11 04:00Z'],
  ['1d', zone, '2024-11-03 04:00Z', '2024-11-04 05:00Z'],
  ['1d', 'UTC', '2024-03-10 22:00Z', '2024-03-11 22:00Z'],
  ['1w', 'UTC', '2024-01-01 00:00Z', '2024-01-08 00:00Z'],
  ['1mo', 'UTC', '2024-02-01 00:00Z', '2024-03-01 00:00Z'],
  ['1mo', 'UTC', '2024-01-31 00:00Z', '2024-02-29 00:00Z'],
  ['4h', zone, '2024-03-10 05:00Z', '2024-03-10 09:00Z'],
])('a recorded bar of %s in %s keeps its window: %s to %s', (name, zone, start, end) => {
  const { endOf, startOf } = recordedWindows(parseInterval(name).length, zone);
  expect(iso(endOf(micros(start)))).toBe(end);
  expect(iso(startOf(micros(end)))).toBe(start);
});
