import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { tempFiles } from '../readAll';
import { failureOf, readOne } from './readOne';

const files = tempFiles();

/** Four ticks, big-endian (0, 250, 250 and 3,599,999 ms; the third without an ask), packed by xz. */
const TICKS = Buffer.from(
  'XQAAgAD//////////wAAaP67cG7fR87HcTeK56t/N/2x99VX21sbHSDXoQft93H5DZX1suWoMNb5UTBL8/8KSgAA',
  'base64',
);
/** One tick of the 3,600,000th millisecond. */
const LATE = Buffer.from('XQAAgAD//////////wAADo8RrgAIfpcwMiMSfg3ALEQfMBuvH//utCAA', 'base64');
/** Three candles (of 0, 60 and 86,340 s; the second of nothing), and one of 86,400 s. */
const CANDLES = Buffer.from(
  'XQAAgAD//////////wAAaP67cCFfTKs+HujCBwoaI+ugAyguHInbYVNEpfBPmzjVDm/n/4Oe//utEAA=',
  'base64',
);
const CANDLE = Buffer.from('XQAAgAD//////////wAAAF9EIqXmLn70KoEIlQAH1KgA4ETk3/+FfwAA', 'base64');

function write(name: string, content: Uint8Array): string {
  const path = join(files.folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

const HOUR = Date.UTC(2012, 11, 3, 14) * 1000;

test('synthetic: the month in the path counts from 0; a side of 0 is absent', async () => {
  const path = write('EURUSD/2012/11/03/14h_ticks.bi5', TICKS);
  const { source, rows, counts } = await readOne(path);
  expect(source).toMatchObject({ format: 'dukascopy-bi5', interval: 0 });
  expect(rows.map(({ symbol, time, close }) => [symbol, time, close])).toEqual([
    ['EURUSD', HOUR, (1.3 + 1.30005) / 2],
    ['EURUSD', HOUR + 250_000, (1.30001 + 1.30006) / 2],
    ['EURUSD', HOUR + 3_599_999_000, (1.30004 + 1.3001) / 2],
  ]);
  expect(counts).toMatchObject({ oneSided: 1, badRows: 0 });
});

test('synthetic: prices in yen have three decimals', async () => {
  const path = write('USDJPY/2012/11/03/14h_ticks.bi5', TICKS);
  expect((await readOne(path, { price: 'bid' })).rows[0]?.close).toBe(130);
});

test.each<[string, string, Uint8Array]>([
  ['SOURCE_NO_DATE', 'EURUSD.bi5', TICKS],
  ['SOURCE_NO_DATE', 'EURUSD/2012/12/03/14h_ticks.bi5', TICKS],
  ['SOURCE_NO_DATE', 'EURUSD/2012/01/30/14h_ticks.bi5', TICKS],
  ['SOURCE_UNSUPPORTED', 'USA500IDXUSD/2012/11/03/15h_ticks.bi5', TICKS],
  ['SOURCE_TRUNCATED', 'EURUSD/2012/11/03/15h_ticks.bi5', TICKS.subarray(0, 40)],
  ['SOURCE_DAMAGED', 'EURUSD/2012/11/03/16h_ticks.bi5', CANDLE],
  ['SOURCE_BAD_ROW', 'EURUSD/2012/11/03/17h_ticks.bi5', LATE],
  ['SOURCE_EMPTY', 'EURUSD/2012/11/03/18h_ticks.bi5', Buffer.alloc(0)],
])('synthetic: %s: %s', async (code, name, content) => {
  expect(await failureOf(write(name, content))).toMatchObject({ name: 'SourceError', code });
});

const DAY = Date.UTC(2012, 11, 3) * 1000;

test('synthetic: candles of minutes are bars; high and low stand behind the close', async () => {
  const { source, rows } = await readOne(write('EURUSD/2012/11/03/BID_candles_min_1.bi5', CANDLES));
  expect(source).toMatchObject({ format: 'dukascopy-candles', interval: 60e6 });
  const bar = { symbol: 'EURUSD', volume: 1_500_000 };
  expect(rows).toEqual([
    { ...bar, time: DAY, open: 1.3, high: 1.3002, low: 1.2999, close: 1.3001 },
    { ...bar, time: DAY + 60e6, open: 1.3001, high: 1.3001, low: 1.3001, close: 1.3001, volume: 0 },
    {
      ...bar,
      time: DAY + 86_340e6,
      open: 1.3001,
      high: 1.3005,
      low: 1.30005,
      close: 1.3004,
      volume: 250_000,
    },
  ]);
});

test.each([
  ['EURUSD/2012/11/ASK_candles_hour_1.bi5', Date.UTC(2012, 11, 2), 3600e6],
  ['EURUSD/2012/ASK_candles_day_1.bi5', Date.UTC(2012, 0, 2), 86_400e6],
])('synthetic: %s is of a month or a year', async (name, time, interval) => {
  const { source, rows } = await readOne(write(name, CANDLE));
  expect(source?.interval).toBe(interval);
  expect(rows.map((row) => row.time)).toEqual([time * 1000]);
});

test.each<[string, string, Uint8Array]>([
  ['SOURCE_NO_DATE', 'BID_candles_min_1.bi5', CANDLES],
  ['SOURCE_NO_DATE', 'EURUSD/2012/11/BID_candles_min_1.bi5', CANDLES],
  ['SOURCE_NO_DATE', 'EURUSD/2012/12/BID_candles_hour_1.bi5', CANDLES],
  ['SOURCE_NO_DATE', 'EURUSD/2012/01/30/BID_candles_min_1.bi5', CANDLES],
  ['SOURCE_UNSUPPORTED', 'USA500IDXUSD/2012/11/03/BID_candles_min_1.bi5', CANDLES],
  ['SOURCE_TRUNCATED', 'EURUSD/2012/11/04/BID_candles_min_1.bi5', CANDLES.subarray(0, 40)],
  ['SOURCE_DAMAGED', 'EURUSD/2012/11/05/BID_candles_min_1.bi5', TICKS],
  ['SOURCE_BAD_ROW', 'EURUSD/2012/11/06/BID_candles_min_1.bi5', CANDLE],
])('synthetic: candles, %s: %s', async (code, name, content) => {
  expect(await failureOf(write(name, content))).toMatchObject({ name: 'SourceError', code });
});
