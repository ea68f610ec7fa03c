import { openFiles } from '../../streams/sources';
import { intervalName } from '../../streams';
import { readRows } from '../streams/sources/readAll';
import { describeWithSharedData } from '../support/sharedData';
import { folder } from '../src/cli/barometer';
import { field, rowsOf } from './inspected';

const { file } = folder();

interface Case {
  readonly name: string;
  readonly text: string;
  readonly format: string;
  readonly symbol: string;
  readonly interval: string;
  /** Of the first row. */
  readonly first: readonly [string, number, number];
}

test.each<Case>([
  {
    name: 'EURUSD60.csv',
    text: '2024.01.02,00:00,1.1,1.2,1.0,1.15,100\n2024.01.02,01:00,1.15,1.2,1.0,1.16,90\n',
    format: 'metatrader4',
    symbol: 'EURUSD',
    interval: '1h',
    first: ['2024-01-02T00:00:00.000Z', 1.15, 100],
  },
  {
    name: 'EURUSD_Candlestick_1_M_BID_01.02.2024.csv',
    text:
      'Gmt time,Open,High,Low,Close,Volume\n01.02.2024 00:00:00.000,1.1,1.2,1.0,1.15,100\n' +
      '01.02.2024 00:01:00.000,1.15,1.2,1.0,1.16,90\n',
    format: 'dukascopy-csv',
    symbol: 'EURUSD',
    interval: '1m',
    first: ['2024-02-01T00:00:00.000Z', 1.15, 100],
  },
  {
    name: 'EURUSD_Ticks_01.02.2024.csv',
    text: 'Local time,Ask,Bid,AskVolume,BidVolume\n01.02.2024 02:00:00.123 GMT+0200,1.1,1.09,1,1\n',
    format: 'dukascopy-csv',
    symbol: 'EURUSD',
    interval: 'tick',
    first: ['2024-02-01T00:00:00.123Z', 1.095, 0],
  },
  {
    name: 'XBTUSD_1.csv',
    text: '1688671200,30306.1,30306.2,30300.1,30305.7,3.39,23\n',
    format: 'kraken-bars',
    symbol: 'XBTUSD',
    interval: '1m',
    first: ['2023-07-06T19:20:00.000Z', 30305.7, 3.39],
  },
  {
    name: 'bitmex.csv',
    text: 'timestamp,symbol,side,size,price\n2024-01-02D00:00:00.123456789,XBTUSD,Sell,100,42000.5\n',
    format: 'named',
    symbol: 'XBTUSD',
    interval: 'tick',
    first: ['2024-01-02T00:00:00.123Z', 42000.5, 100],
  },
])('$format: $name', async ({ name, text, format, symbol, interval, first }) => {
  const [source] = await openFiles([file(name, text)]);
  const [row] = await readRows(source?.batches() ?? []);
  expect(source?.format).toBe(format);
  expect(intervalName(source?.interval ?? NaN)).toBe(interval);
  expect(row?.symbol).toBe(symbol);
  expect([new Date((row?.time ?? 0) / 1000).toISOString(), row?.close, row?.volume]).toEqual(first);
});

describeWithSharedData('exports in angle brackets', () => {
  test('MetaTrader 5 ticks: an empty side is the one before', async () => {
    expect(await rowsOf('38-mt5-ticks.csv')).toEqual([
      ['2024-01-02T00:05:00.123Z', 1.10436, 0],
      ['2024-01-02T00:05:01.500Z', 1.104365, 0],
      ['2024-01-02T00:06:01.500Z', 1.10437, 0],
    ]);
  });

  test('MetaTrader 5 bars: the volume of ticks where there is no other', async () => {
    expect(await rowsOf('38b-mt5-bars.csv')).toEqual([
      ['2024-01-02T00:00:00Z', 1.1045, 1234],
      ['2024-01-02T00:01:00Z', 1.10455, 1234],
    ]);
  });

  test('Finam and Stooq', async () => {
    expect((await rowsOf('37-finam.csv'))[0]).toEqual(['2017-07-21T09:59:35Z', 163.99, 10]);
    expect((await rowsOf('37b-stooq.csv'))[1]).toEqual(['2023-01-04T09:40:00Z', 91.5, 1200]);
    const [source] = await openFiles([field('37b-stooq.csv')]);
    expect(intervalName(source?.interval ?? NaN)).toBe('5m');
  });

  test('CryptoDataDownload: the address above the header, newest first, units that are mixed', async () => {
    expect((await rowsOf('19-cdd-mixed-units.csv')).map(([time]) => time)).toEqual([
      '2020-12-31T23:58:00Z',
      '2020-12-31T23:59:00Z',
      '2021-01-01T00:00:00Z',
      '2021-01-01T00:01:00Z',
    ]);
  });
});
