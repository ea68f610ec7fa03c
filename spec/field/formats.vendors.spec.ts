import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { openFiles } from '../../streams/sources';
import type { FileOptions } from '../../streams/sources';
import { intervalName } from '../../streams';
import { readRows } from '../streams/sources/readAll';
import { zipFile } from '../streams/sources/zipFile';
import { folder } from '../src/cli/barometer';

const { path } = folder();

interface Case {
  readonly name: string;
  readonly text: string;
  readonly format: string;
  readonly symbol: string;
  readonly interval: string;
  /** Time, close and volume of the rows. */
  readonly rows: readonly (readonly [string, number, number])[];
  readonly options?: FileOptions;
}

function written(name: string, content: string | Buffer): string {
  const place = path(name);
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(place, content);
  return place;
}

async function read(file: string, options: FileOptions = {}) {
  const [source] = await openFiles([file], options);
  const rows = await readRows(source?.batches() ?? []);
  return {
    format: source?.format,
    symbol: rows[0]?.symbol,
    interval: intervalName(source?.interval ?? NaN),
    rows: rows.map(({ time, close, volume }) => [
      new Date(time / 1000).toISOString(),
      close,
      volume,
    ]),
    counts: source?.counts(),
  };
}

test.each<Case>([
  {
    name: 'equity/usa/minute/spy/20131007_spy_minute_trade.csv',
    text: '34200000,1680000,1681000,1679000,1680500,100\n34260000,1680500,1681000,1680000,1680600,200\n',
    format: 'lean',
    symbol: 'SPY',
    interval: '1m',
    rows: [
      ['2013-10-07T13:30:00.000Z', 168.05, 100],
      ['2013-10-07T13:31:00.000Z', 168.06, 200],
    ],
  },
  {
    name: 'elsewhere/20131007_spy_minute_trade.csv',
    text: '34200000,1680000,1681000,1679000,1680500,100\n34260000,1680500,1681000,1680000,1680600,200\n',
    format: 'lean',
    symbol: 'SPY',
    interval: '1m',
    rows: [
      ['2013-10-07T13:30:00.000Z', 168.05, 100],
      ['2013-10-07T13:31:00.000Z', 168.06, 200],
    ],
  },
  {
    name: 'equity/usa/tick/bac/20131008_bac_Trade_Tick.csv',
    text: '14400009.367,137450,100,D,1,0\n14400010,990000,100,D,1,1\n',
    format: 'lean',
    symbol: 'BAC',
    interval: 'tick',
    rows: [['2013-10-08T08:00:00.009Z', 13.745, 100]],
  },
  {
    name: 'equity/usa/daily/aapl.csv',
    text: '20131001 00:00,6448000,6450000,6440000,6449000,90\n20131002 00:00,6448000,6450000,6440000,6441000,80\n',
    format: 'lean',
    symbol: 'AAPL',
    interval: '1d',
    rows: [
      ['2013-10-01T04:00:00.000Z', 644.9, 90],
      ['2013-10-02T04:00:00.000Z', 644.1, 80],
    ],
  },
  {
    name: 'crypto/gdax/minute/btcusd/20161008_btcusd_minute_trade.csv',
    text: '60000,132.01,132.05,131.95,132.03,4.5\n120000,132.01,132.05,131.95,132.04,5\n',
    format: 'lean',
    symbol: 'BTCUSD',
    interval: '1m',
    rows: [
      ['2016-10-08T00:01:00.000Z', 132.03, 4.5],
      ['2016-10-08T00:02:00.000Z', 132.04, 5],
    ],
  },
  {
    name: 'forex/oanda/minute/eurusd/20140502_eurusd_minute_quote.csv',
    text: '0,1.38,1.39,1.37,1.385,0,1.381,1.391,1.371,1.386,0\n60000,1.38,1.39,1.37,1.38,0,1.381,1.391,1.371,1.387,0\n',
    format: 'lean',
    symbol: 'EURUSD',
    interval: '1m',
    rows: [
      ['2014-05-02T00:00:00.000Z', 1.386, 0],
      ['2014-05-02T00:01:00.000Z', 1.387, 0],
    ],
    options: { price: 'ask' },
  },
  {
    name: 'forex/fxcm/tick/eurusd/20140502_eurusd_tick_quote.csv',
    text: '1000,1.5,2.5\n2000,1.5,3.5\n',
    format: 'lean',
    symbol: 'EURUSD',
    interval: 'tick',
    rows: [
      ['2014-05-02T05:00:01.000Z', 2, 0],
      ['2014-05-02T05:00:02.000Z', 2.5, 0],
    ],
  },
  {
    name: 'UNITTEST_BTC-5m.json',
    text: '[[1509836520000,0.1,0.3,0.1,0.2,7],[1509836820000,0.2,0.4,0.1,0.3,8]]',
    format: 'freqtrade-json',
    symbol: 'UNITTEST/BTC',
    interval: '5m',
    rows: [
      ['2017-11-04T23:02:00.000Z', 0.2, 7],
      ['2017-11-04T23:07:00.000Z', 0.3, 8],
    ],
  },
  {
    name: 'XRP_ETH-trades.json',
    text: '[[1570752011620,"13519807",null,"sell",0.00141342,23.0,0.03250866],\n[1570752011625,"13519808",null,"buy",0.0014,1,0.0014]]',
    format: 'freqtrade-json',
    symbol: 'XRP/ETH',
    interval: 'tick',
    rows: [
      ['2019-10-11T00:00:11.620Z', 0.00141342, 23],
      ['2019-10-11T00:00:11.625Z', 0.0014, 1],
    ],
  },
  {
    name: 'BTCUSDT2020-03-25.csv',
    text:
      'timestamp,symbol,side,size,price,tickDirection,trdMatchID,grossValue,homeNotional,foreignNotional\n' +
      '1585180700.5,BTCUSDT,Sell,0.1,6700.5,PlusTick,b,1,1,1\n1585180700.0647,BTCUSDT,Buy,0.042,6698.5,PlusTick,a,1,1,1\n',
    format: 'bybit-trades',
    symbol: 'BTCUSDT',
    interval: 'tick',
    rows: [
      ['2020-03-25T23:58:20.064Z', 6698.5, 0.042],
      ['2020-03-25T23:58:20.500Z', 6700.5, 0.1],
    ],
  },
  {
    name: 'BTCUSDT_2025-05-19.csv',
    text: 'id,timestamp,price,volume,side,rpi\n1,1747612800074,106453.8,0.003718,sell,0\n',
    format: 'bybit-trades',
    symbol: 'BTCUSDT',
    interval: 'tick',
    rows: [['2025-05-19T00:00:00.074Z', 106453.8, 0.003718]],
  },
  {
    name: 'BTCUSDT_60_2020-01-01_2020-01-31.csv',
    text: '2020.01.01 00:00,7189.0,7200.5,7180.0,7190.5,12\n',
    format: 'bybit-bars',
    symbol: 'BTCUSDT',
    interval: '1h',
    rows: [['2020-01-01T00:00:00.000Z', 7190.5, 12]],
  },
  {
    name: 'candles.json',
    text: JSON.stringify({
      instrument: 'EUR_USD',
      granularity: 'H4',
      candles: [
        {
          complete: true,
          volume: 7,
          time: '2024-01-08T22:00:00.000000000Z',
          mid: { o: '1.09', h: '1.1', l: '1.08', c: '1.095' },
        },
        {
          complete: false,
          volume: 1,
          time: '2024-01-09T02:00:00.000000000Z',
          mid: { o: '1', h: '1', l: '1', c: '1' },
        },
      ],
    }),
    format: 'oanda-json',
    symbol: 'EUR_USD',
    interval: '4h',
    rows: [['2024-01-08T22:00:00.000Z', 1.095, 7]],
  },
  {
    name: 'AAPL.csv',
    text:
      'date,minute,label,high,low,open,close,average,volume,notional,numberOfTrades\n' +
      '2022-06-21,09:30,09:30 AM,,,,,,,,\n' +
      '2022-06-21,09:31,09:31 AM,133.77,133.33,133.46,133.6,133.538,28800,3845886,170\n',
    format: 'iex',
    symbol: 'AAPL',
    interval: '1m',
    rows: [['2022-06-21T13:31:00.000Z', 133.6, 28_800]],
  },
  {
    name: 'quote_update.csv',
    text:
      'type,flags,timestamp,symbol,bid_size,bid_price,ask_size,ask_price\n' +
      'quote_update,0,2018-01-27T15:23:44.856983Z,ATLO,100,38,200,39\n',
    format: 'iex',
    symbol: 'ATLO',
    interval: 'tick',
    rows: [['2018-01-27T15:23:44.856Z', 38.5, 0]],
  },
  {
    name: 'eurusd-m1-bid-2021-02-01-2021-03-01.csv',
    text: 'timestamp,open,high,low,close,volume\n1612137600000,1.1,1.3,1.0,1.2,5\n',
    format: 'dukascopy-node',
    symbol: 'EURUSD',
    interval: '1m',
    rows: [['2021-02-01T00:00:00.000Z', 1.2, 5]],
  },
  {
    name: 'eurusd-tick-2021-02-01-2021-02-02.csv',
    text: 'timestamp,askPrice,bidPrice,askVolume,bidVolume\n1612137600123,1.25,1.75,1,1\n',
    format: 'dukascopy-node',
    symbol: 'EURUSD',
    interval: 'tick',
    rows: [['2021-02-01T00:00:00.123Z', 1.5, 0]],
  },
  {
    name: 'eurusd-d1-bid-2021-02-01-2021-02-03.json',
    text: '[[1612137600000,1.21225,1.21363,1.2056,1.20676,165569.8187],[1612224000000,1.20676,1.20877,1.20115,1.20365,147916.4607]]',
    format: 'freqtrade-json',
    symbol: 'EURUSD',
    interval: '1d',
    rows: [
      ['2021-02-01T00:00:00.000Z', 1.20676, 165569.8187],
      ['2021-02-02T00:00:00.000Z', 1.20365, 147916.4607],
    ],
  },
  {
    name: 'prices.csv',
    text:
      'Price,Close,High,Low,Open,Volume\nTicker,NVDA,NVDA,NVDA,NVDA,NVDA\nDate,,,,,\n' +
      '2024-03-01,82.25,82.27,79.4,80,479135000\n2024-03-04,85.2,86,83.6,84,615616000\n2024-03-05,86,86.2,83.4,85,1\n',
    format: 'yfinance',
    symbol: 'NVDA',
    interval: '1d',
    rows: [
      ['2024-03-01T00:00:00.000Z', 82.25, 479_135_000],
      ['2024-03-04T00:00:00.000Z', 85.2, 615_616_000],
      ['2024-03-05T00:00:00.000Z', 86, 1],
    ],
  },
  {
    name: 'intraday.csv',
    text:
      'Datetime,Open,High,Low,Close,Adj Close,Volume\n' +
      '2024-01-02 09:30:00-05:00,1,2,0.5,1.5,1.4,10\n2024-01-02 09:31:00-05:00,1,2,0.5,1.6,1.4,20\n',
    format: 'yfinance',
    symbol: 'AAPL',
    interval: '1m',
    rows: [
      ['2024-01-02T14:30:00.000Z', 1.5, 10],
      ['2024-01-02T14:31:00.000Z', 1.6, 20],
    ],
    options: { symbol: 'AAPL', recorded: '1m' },
  },
  {
    name: 'SBER_240102_240103.txt',
    text:
      '<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>\n' +
      'SBER,5,20240103,100000,270,271,269,270.5,100\nSBER,5,20240103,100500,270,271,269,270.6,90\n',
    format: 'finam',
    symbol: 'SBER',
    interval: '5m',
    rows: [
      ['2024-01-03T07:00:00.000Z', 270.5, 100],
      ['2024-01-03T07:05:00.000Z', 270.6, 90],
    ],
    options: { zone: 'Europe/Moscow' },
  },
  {
    name: 'aapl.us.txt',
    text:
      '<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>\n' +
      'AAPL.US,D,20240102,000000,187,188,183,185.6,82,0\nAAPL.US,D,20240103,000000,184,185,183,184.2,58,0\n',
    format: 'stooq',
    symbol: 'AAPL.US',
    interval: '1d',
    rows: [
      ['2024-01-02T00:00:00.000Z', 185.6, 82],
      ['2024-01-03T00:00:00.000Z', 184.2, 58],
    ],
  },
  {
    name: 'Coinbase_BTCUSD_1h.csv',
    text:
      'https://www.CryptoDataDownload.com\nDate,Symbol,Open,High,Low,Close,Volume BTC,Volume USD\n' +
      '2017-07-01 12-PM,BTCUSD,2,3,1,2.5,7,100\n2017-07-01 11-AM,BTCUSD,1,2,0.5,2,8,99\n',
    format: 'cryptodatadownload',
    symbol: 'BTCUSD',
    interval: '1h',
    rows: [
      ['2017-07-01T11:00:00.000Z', 2, 8],
      ['2017-07-01T12:00:00.000Z', 2.5, 7],
    ],
  },
  {
    name: 'Binance_BTCUSDT_d.csv',
    text:
      'https://www.CryptoDataDownload.com\nUnix,Date,Symbol,Open,High,Low,Close,Volume BTC,Volume USDT,tradecount\n' +
      '1704240000000,2024-01-03,BTCUSDT,2,3,1,2.5,7,100,1\n1704153600,2024-01-02,BTCUSDT,1,2,0.5,2,8,99,1\n',
    format: 'cryptodatadownload',
    symbol: 'BTCUSDT',
    interval: '1d',
    rows: [
      ['2024-01-02T00:00:00.000Z', 2, 8],
      ['2024-01-03T00:00:00.000Z', 2.5, 7],
    ],
  },
])('$format: $name', async ({ name, text, options, ...expected }) => {
  const { counts, ...found } = await read(written(name, text), options);
  expect(found).toEqual(expected);
  expect(counts?.badRows).toBe(0);
});

test('Lean in its zip; ticks that are marked as suspicious are counted', async () => {
  const text = '14400009.367,137450,100,D,1,0\n14400010,990000,100,D,1,1\n';
  const zip = zipFile({ '20131008_bac_Trade_Tick.csv': text });
  const { rows, counts } = await read(written('equity/usa/tick/bac/20131008_trade.zip', zip));
  expect(rows).toEqual([['2013-10-08T08:00:00.009Z', 13.745, 100]]);
  expect(counts?.skipped).toEqual({ 'ticks that are marked as suspicious': 1 });
});

test('days of OANDA keep their windows over a change of clocks', async () => {
  const day = (time: string) => ({
    complete: true,
    volume: 1,
    time,
    mid: { o: '1', h: '1', l: '1', c: '1' },
  });
  const text = JSON.stringify({
    instrument: 'EUR_USD',
    granularity: 'D',
    candles: [day('2024-03-07T22:00:00.000000000Z'), day('2024-03-10T21:00:00.000000000Z')],
  });
  const [source] = await openFiles([written('days.json', text)]);
  const start = Date.UTC(2024, 2, 10, 21) * 1000;
  expect(source?.endOf?.(start)).toBe(start + 86_400e6);
});

test('data frames of several tickers side by side are not read as one', async () => {
  const text =
    'Price,Close,Close,High,High,Low,Low,Open,Open\nTicker,A,B,A,B,A,B,A,B\nDate,,,,,,,,\n2024-03-01,1,2,1,2,1,2,1,2\n';
  const error = await read(written('wide.csv', text), { symbol: 'X' }).catch(
    (reason: unknown) => reason,
  );
  expect(String(error)).toMatch(/SourceError/);
});
