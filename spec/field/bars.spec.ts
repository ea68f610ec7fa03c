import { copyFileSync, readFileSync } from 'node:fs';
import type { FileOptions } from '../../streams/sources';
import { openFiles } from '../../streams/sources';
import { intervalName } from '../../streams';
import { describeWithSharedData } from '../support/sharedData';
import { barometer, folder } from '../src/cli/barometer';
import { field, refusal } from './inspected';

const { path } = folder();

/** The length of a file's bars, and the first one's window. */
async function windows(file: string, options: FileOptions = {}) {
  const [source] = await openFiles([file], { symbol: 'X', ...options });
  if (source === undefined) throw new Error('no source');
  const starts: number[] = [];
  for await (const batch of source.batches()) starts.push(...batch.time.subarray(0, batch.length));
  const { endOf = (start: number) => start + source.interval } = source;
  const iso = (at: number): string => new Date(at / 1000).toISOString().slice(0, 16);
  return {
    length: intervalName(source.interval),
    evidence: source.intervalEvidence,
    windows: starts.map((start) => `${iso(start)} ${iso(endOf(start))}`),
  };
}

/** A copy of a file whose name says nothing. */
function unnamed(name: string): string {
  const copy = path(`data${name.slice(name.lastIndexOf('.'))}`);
  copyFileSync(field(name), copy);
  return copy;
}

describeWithSharedData('the length of recorded bars', () => {
  test.each([
    ['02-day-first-dashes.csv', '1d'],
    ['16-negative-power.csv', '1h'],
    ['25-shib.csv', '5m'],
    ['40-oanda-h4.csv', '4h'],
    ['41-fx-daily-ny-roll.csv', '1d'],
    ['43-monthly-named.csv', '1mo'],
    ['44-finnhub-daily-dst.csv', '1d'],
    ['51-bar-length/b02-one-odd-stamp.csv', '1m'],
    ['51-bar-length/b04-daily-local-dst.csv', '1d'],
    ['51-bar-length/b06-weekly-monday.csv', '1w'],
    ['51-bar-length/b07-quarterly.csv', '3mo'],
    ['51-bar-length/b08-nse-4h.csv', '4h'],
    ['51-bar-length/b10-two-symbols-1m.csv', '1m'],
    ['BTCUSDT-1mo-2024.csv', '1mo'],
    ['52-daily/p1-polygon-day-aggs.csv', '1d'],
    ['52-daily/p2-polygon-day-aggs-2days.csv', '1d'],
    ['52-daily/p5-alpaca-1hour.json', '1h'],
    ['real/BTCUSD.csv', '1mo'],
    ['real/GOOG.csv', '1d'],
    ['real/EURUSD.csv', '1h'],
    ['real/30min-bitstampUSD-2.csv', '30m'],
    ['real/WIKI-ORCL-2000-quandl.csv', '1d'],
    ['real/BTCUSDT_1h.csv', '1h'],
  ])('%s: %s, whatever the file is called', async (name, length) => {
    expect((await windows(unnamed(name))).length).toBe(length);
  });

  test.each([
    ['51-bar-length/b01-sparse-1m-every-3.csv', ['1m']],
    ['51-bar-length/b03-ibkr-hourly.csv', ['30m', '1h']],
    ['51-bar-length/b09-range-bars.csv', []],
    ['51-bar-length/b11-mixed-lengths.csv', ['1m']],
    ['51-bar-length/b05-single-row.csv', ['1m']],
    ['51-bar-length/b12-30s-first-5000-1m-later.csv', ['30s', '1m']],
  ])('%s: refused where it is in doubt, with what it may be', async (name, candidates) => {
    const error = await windows(unnamed(name)).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'SOURCE_NO_INTERVAL' });
    for (const length of candidates) expect(String(error)).toContain(`--recorded ${length}`);
    const recorded = candidates.at(-1) ?? '1m';
    expect((await windows(unnamed(name), { recorded })).length).toBe(recorded);
  });

  test('bars of a minute behind thirty thousand of an hour are no bars of an hour', async () => {
    const error = await refusal('51-bar-length/b13-late-1m-after-30000-1h.csv');
    expect(error.code).toBe('SOURCE_MIXED_INTERVALS');
    expect(error.message).toContain('taken for ones of 1h');
    expect(error.message).toContain('2023-06-04T00:00:00Z and 2023-06-04T00:01:00Z are closer');
  });

  test('a length that the bars contradict is refused, whoever states it', async () => {
    const error = await windows(field('real/BTCUSDT_1h.csv'), { recorded: '1d' }).catch(
      (reason: unknown) => reason,
    );
    expect(String(error)).toMatch(/its bars cannot be of 1d: most of them are closer, 1h apart/);
  });

  test('a name that says it settles what gaps leave open', async () => {
    expect(await windows(field('51-bar-length/b01-sparse-1m-every-3.csv'))).toMatchObject({
      length: '1m',
      evidence: 'the name says 1m',
    });
  });

  test('a file of the whole that is named by its ticker: Kibot, by the day of New York', async () => {
    expect((await windows(field('52-daily/IVE.txt'), { symbol: 'IVE' })).windows).toEqual([
      '2024-03-07T05:00 2024-03-08T05:00',
      '2024-03-08T05:00 2024-03-09T05:00',
      '2024-03-11T04:00 2024-03-12T04:00',
    ]);
  });
});

/** The bars that `convert` writes: symbol, interval, start, end, close. */
async function converted(name: string, ...options: string[]): Promise<readonly string[]> {
  const out = path('out.csv');
  const argv = ['convert', field(name), '--symbol', 'X', ...options, '--out', out];
  const { code, stderr } = await barometer(argv);
  expect([code, stderr]).toEqual([0, '']);
  const iso = (micros: string | undefined): string =>
    new Date(Number(micros) / 1000).toISOString().slice(0, 16);
  return readFileSync(out, 'utf8')
    .split('\n')
    .slice(1, -1)
    .map((line) => {
      const [, , start, end, , , , close, , , complete] = line.split(',');
      return `${iso(start)} ${iso(end)} ${close ?? ''}${complete === 'true' ? '' : ' open'}`;
    });
}

describeWithSharedData('recorded bars keep their windows', () => {
  test('four hours from 22:00', async () => {
    expect(await converted('40-oanda-h4.csv', '--bars', '4h')).toEqual([
      '2024-01-08T22:00 2024-01-09T02:00 1.0955',
      '2024-01-09T02:00 2024-01-09T06:00 1.095',
      '2024-01-09T06:00 2024-01-09T10:00 1.0932',
      '2024-01-09T10:00 2024-01-09T14:00 1.0935',
    ]);
  });

  test('days of 22:00 UTC, days of New York, weeks, months', async () => {
    expect((await converted('41-fx-daily-ny-roll.csv', '--bars', '1d'))[0]).toBe(
      '2024-01-07T22:00 2024-01-08T22:00 1.095',
    );
    const local = ['--bars', '1d', '--zone', 'America/New_York'];
    expect(await converted('51-bar-length/b04-daily-local-dst.csv', ...local)).toEqual([
      '2024-03-07T05:00 2024-03-08T05:00 11',
      '2024-03-08T05:00 2024-03-09T05:00 12',
      '2024-03-11T04:00 2024-03-12T04:00 13',
      '2024-03-12T04:00 2024-03-13T04:00 14',
    ]);
    expect(await converted('51-bar-length/b06-weekly-monday.csv', '--bars', '1w')).toEqual([
      '2024-01-01T00:00 2024-01-08T00:00 11',
      '2024-01-08T00:00 2024-01-15T00:00 12',
      '2024-01-15T00:00 2024-01-22T00:00 13',
    ]);
    expect(await converted('BTCUSDT-1mo-2024.csv', '--bars', '1mo')).toEqual([
      '2024-01-01T00:00 2024-02-01T00:00 42580',
      '2024-02-01T00:00 2024-03-01T00:00 61130.98',
      '2024-03-01T00:00 2024-04-01T00:00 71280.01',
    ]);
  });

  test('months that are stamped with their last day', async () => {
    expect((await windows(field('real/BTCUSD.csv'))).windows.slice(0, 2)).toEqual([
      '2012-01-01T00:00 2012-02-01T00:00',
      '2012-02-01T00:00 2012-03-01T00:00',
    ]);
  });

  test('no bar of a day is heard before its close', async () => {
    const error = await refusalOfMinutes('52-daily/p1-polygon-day-aggs.csv');
    expect(error).toMatch(/must be a multiple of 1d/);
  });

  test('a week of ticks begins on Monday', async () => {
    expect(await converted('12-weekly.csv', '--bars', '1w')).toEqual([
      '2022-03-07T00:00 2022-03-14T00:00 10',
      '2022-03-14T00:00 2022-03-21T00:00 14',
      '2022-03-21T00:00 2022-03-28T00:00 15 open',
    ]);
  });
});

async function refusalOfMinutes(name: string): Promise<string> {
  const { code, stderr } = await barometer(['replay', field(name), '--journal', 'none']);
  expect(code).toBe(2);
  return stderr;
}

describeWithSharedData('units that are mixed in one file', () => {
  test('are named, and read row by row when asked for', async () => {
    const error = await refusal('18/BTCUSDT-1m-merged.csv');
    expect(error.message).toMatch(/in milliseconds, 1735689540000, where other rows have micro/);
    expect(error.message).toContain('--unit per-row');
    const merged = await windows(field('18/BTCUSDT-1m-merged.csv'), { unit: 'per-row' });
    expect(merged.windows).toEqual([
      '2024-12-31T23:59 2025-01-01T00:00',
      '2025-01-01T00:00 2025-01-01T00:01',
      '2025-01-01T00:01 2025-01-01T00:02',
    ]);
  });
});
