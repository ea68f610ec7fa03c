import type { FileOptions } from '../../streams/sources';
import { describeWithSharedData } from '../support/sharedData';
import { whatIsImplausible } from '../../streams/sources/time/plausibleYears';
import { read, refusal, rowsOf, timesIn } from './inspected';

const DAY = '2026-06-15T';

describeWithSharedData('date and time in two columns', () => {
  test.each<[string, readonly string[]]>([
    ['v01-int-unpadded', ['09:30:00', '09:31:00', '10:00:00']],
    ['v02-int-padded', ['09:30:00', '09:31:00', '10:00:00']],
    ['v04-iso-hhmm-padded', ['09:30:00', '09:31:00', '10:00:00']],
    ['v05-iso-hmm', ['09:30:00', '09:31:00', '10:00:00']],
    ['v06-iso-nanos', ['09:30:00.123', '09:30:01']],
    ['v07-compact-colon', ['09:30:00', '09:31:00.500']],
    ['v08-time-first', ['09:30:00', '09:31:00', '10:00:00']],
    ['v09-sec-of-day', ['09:30:00', '09:31:00.500', '10:00:00']],
    ['v10-ms-of-day', ['09:30:00', '09:31:00', '10:00:00']],
    ['v11-full-datetime-in-time', ['09:30:00', '09:31:00']],
    ['v12-epoch-in-time', ['09:30:00', '09:31:00']],
    ['v13-int-ms', ['09:30:00.123', '09:31:00.456', '10:00:00']],
    ['v14-int-afternoon-only', ['13:30:00', '13:31:00', '14:00:00']],
    ['v15-hh-mm-only', ['09:30:00', '09:31:00']],
    ['v16-ampm', ['09:30:00', '13:31:00']],
  ])('%s', async (name, times) => {
    expect(await timesIn(`50-date-time/${name}.csv`)).toEqual(
      times.map((time) => `${DAY}${time}Z`),
    );
  });

  test('what may be hours or seconds is refused, with the commands that say which', async () => {
    const error = await refusal('50-date-time/v17-midnight-start.csv');
    expect(error.code).toBe('SOURCE_UNKNOWN_TIME');
    expect(error.message).toContain("--date-format '%Y%m%d %H%M'");
    expect(error.message).toContain("--date-format '%Y%m%d %H%M%S'");
    const said = { dateFormat: '%Y%m%d %H%M' };
    expect(await timesIn('50-date-time/v17-midnight-start.csv', said)).toEqual(
      ['00:00:00', '01:00:00', '02:00:00'].map((time) => `${DAY}${time}Z`),
    );
  });

  test('a whole number for the date, alone or with one for the time', async () => {
    expect(await timesIn('23-ibkr-date-int.csv')).toEqual([
      '2026-06-15T00:00:00Z',
      '2026-06-16T00:00:00Z',
      '2026-06-17T00:00:00Z',
    ]);
    expect(await timesIn('23c-ticks-date-int.csv', { columns: { date: 'date' } })).toEqual([
      '2026-06-15T00:00:00Z',
      '2026-06-16T00:00:00Z',
    ]);
    expect(await timesIn('23b-date-int-and-time-int.csv')).toEqual([
      '2026-06-15T09:30:00Z',
      '2026-06-15T09:31:00Z',
      '2026-06-15T10:00:00Z',
    ]);
  });
});

describeWithSharedData('day first or month first', () => {
  test.each([
    ['01-us-date-time-two-columns.csv', '%d/%m/%Y', '%m/%d/%Y', ''],
    ['02b-day-first-dashes-all-ambiguous.csv', '%d-%m-%Y', '%m-%d-%Y', ''],
    ['35-dotted-ambiguous.csv', '%d.%m.%Y', '%m.%d.%Y', ' %H:%M:%S.%f'],
    ['22-fxcm-utf16.csv', '%d/%m/%Y', '%m/%d/%Y', ' %H:%M:%S.%f'],
  ])('%s: refused, with both commands', async (name, day, month, time) => {
    const error = await refusal(name);
    expect(error.code).toBe('SOURCE_UNKNOWN_TIME');
    expect(error.message).toContain(`--date-format '${day}${time}' (day first)`);
    expect(error.message).toContain(`--date-format '${month}${time}' (month first)`);
    expect(await refusal(name).then(({ place }) => place)).toContain(name);
  });

  test.each<[string, FileOptions, string]>([
    ['01-us-date-time-two-columns.csv', { dateFormat: '%m/%d/%Y' }, '2016-09-12T08:00:00Z'],
    ['01-us-date-time-two-columns.csv', { dateFormat: 'DD/MM/YYYY' }, '2016-12-09T08:00:00Z'],
    ['35-dotted-ambiguous.csv', { dateFormat: '%m.%d.%Y %H:%M:%S.%f' }, '2020-08-06T17:51:21Z'],
    ['22-fxcm-utf16.csv', { dateFormat: 'MM/DD/YYYY HH:mm:ss.SSS' }, '2015-01-04T22:00:00.389Z'],
    ['22b-fxcm-utf16le-nobom.csv', { dateFormat: '%m/%d/%Y' }, '2015-01-04T22:00:00.389Z'],
    ['real/orcl-2010-googlefinance.csv', { dateFormat: '%d-%b-%y' }, '2010-01-04T00:00:00Z'],
    ['02-day-first-dashes.csv', {}, '2015-01-02T00:00:00Z'],
  ])('%s as stated or told by its rows', async (name, options, first) => {
    expect((await timesIn(name, options))[0]).toBe(first);
  });
});

describeWithSharedData('numbers that are no epoch of the years in which there are ticks', () => {
  test.each<[string, FileOptions, RegExp]>([
    ['53-dialect/d17-excel-serial.csv', {}, /--unit excel/],
    ['21b-year-2154.csv', { columns: { time: 't', bid: 'b', ask: 'a' } }, /2154-04-15/],
  ])('%s is refused', async (name, options, message) => {
    const error = await refusal(name, options);
    expect(error.message).toMatch(message);
  });

  test('with the unit stated they are what they are', async () => {
    expect(await timesIn('53-dialect/d17-excel-serial.csv', { unit: 'excel' })).toEqual([
      '2024-01-02T10:00:00Z',
      '2024-01-02T10:00:01Z',
    ]);
    const columns = { time: 't', bid: 'b', ask: 'a' };
    expect(await timesIn('21b-year-2154.csv', { columns, unit: 'ms' })).toEqual([
      '2154-04-15T05:51:00.978Z',
      '2154-04-15T06:07:40.978Z',
    ]);
  });
});

describeWithSharedData('zones, row by row', () => {
  const zone = 'America/New_York';

  test('a row with a zone keeps it, a row without is of --zone', async () => {
    expect(await timesIn('53-dialect/d15-mixed-zoneless-late-zone.csv', { zone })).toEqual([
      '2024-01-02T10:00:02Z',
      '2024-01-02T15:00:00Z',
    ]);
    expect(await timesIn('53-dialect/d14-mixed-zones.csv', { zone })).toEqual([
      '2024-01-02T10:00:00Z',
      '2024-01-02T10:00:01Z',
      '2024-01-02T15:00:02Z',
    ]);
    expect(await timesIn('53-dialect/d14-mixed-zones.csv')).toEqual([
      '2024-01-02T10:00:00Z',
      '2024-01-02T10:00:01Z',
      '2024-01-02T10:00:02Z',
    ]);
  });
});

describeWithSharedData('how texts are written', () => {
  test.each<[string, FileOptions, readonly (readonly [string, number, number])[]]>([
    [
      '04-thousands-in-quotes.csv',
      { thousands: ',' },
      [
        ['2024-01-02T10:00:00Z', 4801.25, 1000],
        ['2024-01-02T10:00:30Z', 4802.5, 5],
        ['2024-01-02T10:01:00Z', 4799.75, 7],
      ],
    ],
    [
      '22c-utf16-iso.csv',
      {},
      [
        ['2015-01-04T22:00:00.389Z', 1.20133, 0],
        ['2015-01-04T22:00:01.389Z', 1.20134, 0],
        ['2015-01-04T22:01:01.389Z', 1.20135, 0],
      ],
    ],
    [
      '53-dialect/d01-comments-top.csv',
      { comment: '#' },
      [
        ['2024-01-02T10:00:00Z', 1, 1],
        ['2024-01-02T10:00:01Z', 2, 1],
      ],
    ],
    [
      '53-dialect/d01-comments-top.csv',
      { skipLines: 2 },
      [
        ['2024-01-02T10:00:00Z', 1, 1],
        ['2024-01-02T10:00:01Z', 2, 1],
      ],
    ],
    [
      '53-dialect/d13-comma-fraction.csv',
      {},
      [
        ['2024-01-02T10:00:00.123Z', 1, 1],
        ['2024-01-02T10:00:01.500Z', 2, 1],
      ],
    ],
  ])('%s', async (name, options, rows) => {
    const found = await rowsOf(name, options);
    expect(found.map(([time]) => time)).toEqual(rows.map(([time]) => time));
    expect(found.map(([, , size]) => size)).toEqual(rows.map(([, , size]) => size));
    for (const [row, [, price]] of rows.entries()) expect(found[row]?.[1]).toBeCloseTo(price, 9);
  });

  test('a decimal comma', async () => {
    const rows = await rowsOf('05-decimal-comma.csv', { decimal: ',' });
    expect(rows).toHaveLength(3000);
    expect(rows.slice(0, 2)).toEqual([
      ['2024-01-02T10:00:00Z', 16_000, 1],
      ['2024-01-02T10:00:01Z', 16_000.25, 2],
    ]);
  });

  test('the same in gzip', async () => {
    expect(await read('22d-utf16-iso.csv.gz')).toEqual(await read('22c-utf16-iso.csv'));
  });
});

test.each<[string, number | undefined]>([
  ['BTCUSDT-trades-2024-08-08', 2024],
  ['DAT_ASCII_EURUSD_T_202001', 2020],
  ['btcusdt_20240808', 2024],
  ['WIKI-ORCL-2000-quandl', 2000],
  ['ticks-1-200000', undefined],
  ['run20245', undefined],
  ['BTCUSDT', undefined],
])('the year that the name %s states: %s', (name, year) => {
  const wrong = whatIsImplausible(Date.UTC(2030, 0) * 1000, [name]);
  expect(wrong).toBe(year === undefined ? undefined : `the name of the file says ${year}`);
});
