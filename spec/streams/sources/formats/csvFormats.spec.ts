import { gzipSync } from 'node:zlib';
import { openFiles } from '../../../../streams/sources';
import type { FileOptions } from '../../../../streams/sources';
import { readRows, tempFiles } from '../readAll';
import { zipFile } from '../zipFile';

const files = tempFiles();

interface Case {
  readonly format: string;
  readonly title: string;
  /** Name of the file. */
  readonly name: string;
  readonly lines: readonly string[];
  /** Symbol, time, then close and size of ticks, or the four prices and the volume of bars. */
  readonly rows: readonly (readonly (string | number)[])[];
  readonly interval?: number;
  readonly options?: FileOptions;
  readonly outOfOrder?: number;
  readonly oneSided?: number;
}

async function read(path: string, options: FileOptions = {}) {
  const [source] = await openFiles([path], options);
  const bars = (source?.interval ?? 0) > 0;
  const rows = (await readRows(source?.batches() ?? [])).map((row) =>
    bars
      ? [row.symbol, row.time, row.open, row.high, row.low, row.close, row.volume]
      : [row.symbol, row.time, row.close, row.volume],
  );
  return { source, rows, counts: source?.counts() };
}

const MS = 1_723_161_255_342;
const US = MS * 1000;
const NS = `${US}999`;
/** 2 January 2024, 09:30 in New York, in microseconds of UTC. */
const NEW_YORK = Date.UTC(2024, 0, 2, 14, 30) * 1000;
const SUMMER = Date.UTC(2024, 6, 2, 13, 30) * 1000;

const TARDIS_TRADES = 'exchange,symbol,timestamp,local_timestamp,id,side,price,amount';
const TARDIS_QUOTES =
  'exchange,symbol,timestamp,local_timestamp,ask_amount,ask_price,bid_price,bid_amount';
const DATABENTO_TRADES =
  'ts_recv,ts_event,rtype,publisher_id,instrument_id,action,side,depth,price,size,flags,ts_in_delta,sequence';
const DATABENTO_MBP_1 = `${DATABENTO_TRADES},bid_px_00,ask_px_00,bid_sz_00,ask_sz_00,bid_ct_00,ask_ct_00`;
const DATABENTO_OHLCV =
  'ts_event,rtype,publisher_id,instrument_id,open,high,low,close,volume,symbol';
const POLYGON_TRADES =
  'ticker,conditions,correction,exchange,id,participant_timestamp,price,sequence_number,sip_timestamp,size,tape,trf_id,trf_timestamp';
const POLYGON_QUOTES =
  'ticker,ask_exchange,ask_price,ask_size,bid_exchange,bid_price,bid_size,conditions,indicators,participant_timestamp,sequence_number,sip_timestamp,tape,trf_timestamp';
const UNDEFINED = '9223372036854775807';

const cases: readonly Case[] = [
  {
    format: 'binance-trades',
    title: 'spot in microseconds, as since 2025',
    name: 'BTCUSDT-trades-2025-01-01.csv',
    lines: [`1,10.5,2,21,${US},True,True`],
    rows: [['BTCUSDT', US, 10.5, 2]],
  },
  {
    format: 'binance-trades',
    title: 'futures with a header',
    name: 'BTCUSDT-trades-2024-08-08.csv',
    lines: [
      'id,price,qty,quote_qty,time,is_buyer_maker',
      `2,11,1,11,${MS + 5},false`,
      `1,10.5,2,21,${MS},true`,
    ],
    rows: [
      ['BTCUSDT', US, 10.5, 2],
      ['BTCUSDT', US + 5000, 11, 1],
    ],
    outOfOrder: 1,
  },
  {
    format: 'binance-trades',
    title: 'futures without one',
    name: 'ETHUSD_PERP-trades-2021-01-01.csv',
    lines: [`1,10.5,2,0.2,${MS},true`],
    rows: [['ETHUSD_PERP', US, 10.5, 2]],
  },
  {
    format: 'binance-agg-trades',
    title: 'futures with a header',
    name: 'BTCUSDT-aggTrades-2024-08-08.csv',
    lines: [
      'agg_trade_id,price,quantity,first_trade_id,last_trade_id,transact_time,is_buyer_maker',
      `1,10.5,2,5,6,${MS},true`,
    ],
    rows: [['BTCUSDT', US, 10.5, 2]],
  },
  {
    format: 'binance-agg-trades',
    title: 'futures without one',
    name: 'BTCUSDT-aggTrades-2021-08-08.csv',
    lines: [`1,10.5,2,5,6,${MS},true`],
    rows: [['BTCUSDT', US, 10.5, 2]],
  },
  {
    format: 'binance-klines',
    title: 'futures with a header, a single row',
    name: 'BTCUSDT-5m-2024-08-08.csv',
    lines: [
      'open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore',
      '1723161000000,2,4,1,3,10,1723161299999,30,7,1,3,0',
    ],
    rows: [['BTCUSDT', 1_723_161_000_000_000, 2, 4, 1, 3, 10]],
    interval: 300e6,
  },
  {
    format: 'binance-klines',
    title: 'spot in microseconds',
    name: 'BTCUSDT-1s-2025-08-08.csv',
    lines: ['1723161000000000,2,4,1,3,10,1723161000999999,30,7,1,3,0'],
    rows: [['BTCUSDT', 1_723_161_000_000_000, 2, 4, 1, 3, 10]],
    interval: 1e6,
  },
  {
    format: 'binance-book-ticker',
    title: 'with a header',
    name: 'BTCUSDT-bookTicker-2024-03-01.csv',
    lines: [
      'update_id,best_bid_price,best_bid_qty,best_ask_price,best_ask_qty,transaction_time,event_time',
      `1,10,1,11,2,${MS},${MS + 4}`,
    ],
    rows: [['BTCUSDT', US, 10.5, 0]],
  },
  {
    format: 'binance-book-ticker',
    title: 'without one, the bid',
    name: 'BTCUSDT-bookTicker-2023-03-01.csv',
    lines: [`1,10,1,11,2,${MS},${MS + 4}`],
    rows: [['BTCUSDT', US, 10, 0]],
    options: { price: 'bid' },
  },
  {
    format: 'tardis-trades',
    title: 'by the time of receipt',
    name: 'trades.csv',
    lines: [TARDIS_TRADES, `bitmex,XBTUSD,${US},${US + 9},abc,sell,8531.5,2152`],
    rows: [['XBTUSD', US + 9, 8531.5, 2152]],
  },
  {
    format: 'tardis-trades',
    title: 'by the time of the exchange, which goes back',
    name: 'trades.csv',
    lines: [
      TARDIS_TRADES,
      `bitmex,XBTUSD,${US},${US + 9},a,sell,1,1`,
      `bitmex,XBTUSD,${US - 1},${US + 9},b,sell,2,1`,
    ],
    rows: [
      ['XBTUSD', US - 1, 2, 1],
      ['XBTUSD', US, 1, 1],
    ],
    options: { clock: 'exchange' },
    outOfOrder: 1,
  },
  {
    format: 'tardis-quotes',
    title: 'quotes or book_ticker, some empty',
    name: 'quotes.csv',
    lines: [
      TARDIS_QUOTES,
      `binance,BTCUSDT,${US},${US + 9},1,11,10,2`,
      `binance,BTCUSDT,${US},${US + 9},,,10,2`,
    ],
    rows: [['BTCUSDT', US + 9, 10.5, 0]],
    oneSided: 1,
  },
  {
    format: 'databento-csv',
    title: 'trades, raw, with a symbol',
    name: 'trades.csv',
    lines: [
      `${DATABENTO_TRADES},symbol`,
      `${NS},${US - 5}000,0,1,118,T,A,0,5528750000000,2,0,1,1,ESU4`,
    ],
    rows: [['ESU4', US, 5528.75, 2]],
  },
  {
    format: 'databento-csv',
    title: 'trades, raw, without a symbol, by the time of the event',
    name: 'trades.csv',
    lines: [DATABENTO_TRADES, `${NS},${US - 5}000,0,1,118,T,A,0,5528750000000,2,0,1,1`],
    rows: [['118', US - 5, 5528.75, 2]],
    options: { clock: 'exchange' },
  },
  {
    format: 'databento-csv',
    title: 'trades, pretty, the symbol said',
    name: 'trades.csv',
    lines: [
      DATABENTO_TRADES,
      '2024-08-08T23:54:15.342123999Z,2024-08-08T23:54:15.342000000Z,0,1,118,T,A,0,6505.250000000,2,0,1,1',
    ],
    rows: [['ESU4', US + 123, 6505.25, 2]],
    options: { symbol: 'ESU4' },
  },
  {
    format: 'databento-csv',
    title: 'mbp-1, raw, makes quotes; an undefined side is absent',
    name: 'mbp-1.csv',
    lines: [
      `${DATABENTO_MBP_1},symbol`,
      `${NS},${NS},1,1,118,A,B,0,1000000000,2,0,1,1,10000000000,11000000000,1,1,1,1,ESU4`,
      `${NS},${NS},1,1,118,A,B,0,1000000000,2,0,1,1,${UNDEFINED},11000000000,1,1,1,1,ESU4`,
    ],
    rows: [['ESU4', US, 10.5, 0]],
    oneSided: 1,
  },
  {
    format: 'databento-csv',
    title: 'mbp-1, pretty',
    name: 'mbp-1.csv',
    lines: [
      `${DATABENTO_MBP_1},symbol`,
      '2024-08-08T23:54:15.342000001Z,2024-08-08T23:54:15.342000000Z,1,1,118,A,B,0,1.0,2,0,1,1,10.000000000,11.000000000,1,1,1,1,ESU4',
      '2024-08-08T23:54:15.342000001Z,2024-08-08T23:54:15.342000000Z,1,1,118,A,B,0,1.0,2,0,1,1,,11.000000000,1,1,1,1,ESU4',
    ],
    rows: [['ESU4', US, 10.5, 0]],
    oneSided: 1,
  },
  {
    format: 'databento-csv',
    title: 'ohlcv, raw, a single bar',
    name: 'ohlcv.csv',
    lines: [
      DATABENTO_OHLCV,
      '1723161240000000000,33,1,118,2000000000,4000000000,1000000000,3000000000,10,ESU4',
    ],
    rows: [['ESU4', 1_723_161_240_000_000, 2, 4, 1, 3, 10]],
    interval: 60e6,
  },
  {
    format: 'polygon-trades',
    title: 'sorted by ticker, merged by time, conditions quoted',
    name: 'trades.csv',
    lines: [
      POLYGON_TRADES,
      `A,"12,37",0,11,1,${US - 7}000,10,1,${US}001,5,1,0,0`,
      `A,"12,37",0,11,2,${US - 7}000,11,2,${US + 9}999,5,1,0,0`,
      `B,,0,11,3,${US - 7}000,20,1,${US + 3}000,0.25,1,0,0`,
    ],
    rows: [
      ['A', US, 10, 5],
      ['B', US + 3, 20, 0.25],
      ['A', US + 9, 11, 5],
    ],
  },
  {
    format: 'polygon-trades',
    title: 'by the participant’s time, out of order within a ticker',
    name: 'trades.csv',
    lines: [
      POLYGON_TRADES,
      `A,,0,11,1,${US}000,10,1,${US}001,5,1,0,0`,
      `A,,0,11,2,${US - 7}000,11,2,${US + 9}999,5,1,0,0`,
    ],
    rows: [
      ['A', US - 7, 11, 5],
      ['A', US, 10, 5],
    ],
    options: { clock: 'exchange' },
    outOfOrder: 1,
  },
  {
    format: 'polygon-quotes',
    title: 'a side of 0 is absent, crossed quotes are real',
    name: 'quotes.csv',
    lines: [
      POLYGON_QUOTES,
      `A,11,9,1,12,10,2,1,,${NS},1,${NS},1,0`,
      `A,11,0,0,12,10,2,1,,${NS},2,${NS},1,0`,
    ],
    rows: [['A', US, 9.5, 0]],
    oneSided: 1,
  },
  {
    format: 'polygon-minutes',
    title: 'whose prices stand as open, close, high, low',
    name: 'minutes.csv',
    lines: [
      'ticker,volume,open,close,high,low,window_start,transactions',
      'B,10.5,2,3,4,1,1723161240000000000,7',
      'A,1,2,2,2,2,1723161240000000000,1',
    ],
    rows: [
      ['B', 1_723_161_240_000_000, 2, 4, 1, 3, 10.5],
      ['A', 1_723_161_240_000_000, 2, 2, 2, 2, 1],
    ],
    interval: 60e6,
  },
  {
    format: 'histdata',
    title: 'ticks, New York without daylight saving: in July too',
    name: 'DAT_ASCII_EURUSD_T_202407.csv',
    lines: ['20240702 083000065,1.10,1.12,0', '20240702 083000066,1.12,1.14,0'],
    rows: [
      ['EURUSD', SUMMER + 65_000, 1.11, 0],
      ['EURUSD', SUMMER + 66_000, 1.13, 0],
    ],
  },
  {
    format: 'histdata',
    title: 'minutes, cut by semicolons',
    name: 'DAT_ASCII_EURUSD_M1_202401.csv',
    lines: ['20240102 093000;2;4;1;3;0'],
    rows: [['EURUSD', NEW_YORK, 2, 4, 1, 3, 0]],
    interval: 60e6,
  },
  {
    format: 'histdata',
    title: 'of another zone',
    name: 'x.csv',
    lines: ['20240702 093000000,1.10,1.12,0'],
    rows: [['EURUSD', SUMMER, 1.11, 0]],
    options: { symbol: 'EURUSD', zone: 'America/New_York' },
  },
  {
    format: 'truefx',
    title: 'in UTC',
    name: 'EURUSD-2009-05.csv',
    lines: ['EUR/USD,20090501 00:00:00.342,1.25,1.75'],
    rows: [['EUR/USD', Date.UTC(2009, 4, 1, 0, 0, 0, 342) * 1000, 1.5, 0]],
  },
  {
    format: 'kibot-ticks',
    title: 'in New York, with daylight saving',
    name: 'IVE_tickbidask.txt',
    lines: ['01/02/2024,09:30:00,10,9,11,100', '07/02/2024,09:30:00,20,19,21,1'],
    rows: [
      ['IVE', NEW_YORK, 10, 100],
      ['IVE', SUMMER, 20, 1],
    ],
  },
  {
    format: 'kibot-ticks',
    title: 'their quotes',
    name: 'IVE.txt',
    lines: ['01/02/2024,09:30:00,10,9,10,100'],
    rows: [['IVE', NEW_YORK, 9.5, 100]],
    options: { price: 'mid' },
  },
  {
    format: 'kibot-bars',
    title: 'in New York',
    name: 'IVE.txt',
    lines: ['01/02/2024,09:30,2,4,1,3,10', '01/02/2024,09:35,3,3,3,3,1'],
    rows: [
      ['IVE', NEW_YORK, 2, 4, 1, 3, 10],
      ['IVE', NEW_YORK + 300e6, 3, 3, 3, 3, 1],
    ],
    interval: 300e6,
  },
  {
    format: 'barometer-bars',
    title: 'the shortest of several lengths',
    name: 'bars.csv',
    lines: [
      'symbol,interval,start,end,open,high,low,close,volume,count,complete',
      'A,1m,1723161240000000,1723161300000000,2,4,1,3,10,7,true',
      'A,5m,1723161000000000,1723161300000000,2,4,1,3,10,7,true',
    ],
    rows: [['A', 1_723_161_240_000_000, 2, 4, 1, 3, 10]],
    interval: 60e6,
  },
  {
    format: 'barometer-bars',
    title: 'those that are asked for',
    name: 'bars.csv',
    lines: [
      'symbol,interval,start,end,open,high,low,close,volume,count,complete',
      'A,1m,1723161240000000,1723161300000000,2,4,1,3,10,7,true',
      'A,5m,1723161000000000,1723161300000000,2,5,1,3,10,7,true',
    ],
    rows: [['A', 1_723_161_000_000_000, 2, 5, 1, 3, 10]],
    interval: 300e6,
    options: { bars: 300e6 },
  },
  {
    format: 'named',
    title: 'days before months, told by one of them',
    name: 'x.csv',
    lines: ['time,price', '01/02/2024 14:30:00.5,1', '13/02/2024 14:30:00,2'],
    rows: [
      ['X', Date.UTC(2024, 1, 1, 14, 30, 0, 500) * 1000, 1, 0],
      ['X', Date.UTC(2024, 1, 13, 14, 30) * 1000, 2, 0],
    ],
    options: { symbol: 'X' },
  },
  {
    format: 'named',
    title: 'months before days, told by one of them, in a zone',
    name: 'x.csv',
    lines: ['time,price', '01/02/2024 09:30,1', '07/22/2024 09:30,2'],
    rows: [
      ['X', NEW_YORK, 1, 0],
      ['X', SUMMER + 20 * 86_400e6, 2, 0],
    ],
    options: { symbol: 'X', zone: 'America/New_York' },
  },
  {
    format: 'named',
    title: 'ISO without a zone, of the one that is said',
    name: 'x.csv',
    lines: ['timestamp,open,high,low,close,volume', '2024-01-02 09:30:00,2,4,1,3,10'],
    rows: [['X', NEW_YORK, 2, 4, 1, 3, 10]],
    options: { symbol: 'X', zone: 'America/New_York', recorded: '1m' },
    interval: 60e6,
  },
  {
    format: 'named',
    title: 'a zone that the times say goes before',
    name: 'x.csv',
    lines: ['timestamp,price', '2024-01-02T14:30:00Z,1'],
    rows: [['X', NEW_YORK, 1, 0]],
    options: { symbol: 'X', zone: 'America/New_York' },
  },
];

describe.each(cases)('$format, synthetic, from the documented layout: $title', (given) => {
  const {
    format,
    name,
    lines,
    rows,
    interval = 0,
    options = {},
    outOfOrder = 0,
    oneSided = 0,
  } = given;
  const text = `${lines.join('\n')}\n`;

  test.each<[string, () => string | Uint8Array]>([
    ['as it is', () => text],
    ['with CRLF', () => lines.join('\r\n')],
    ['behind a byte-order mark', () => `\ufeff${text}`],
    ['in gzip', () => gzipSync(text)],
    ['in a zip', () => zipFile({ [name]: text })],
  ])('%s', async (_, content) => {
    const { source, rows: found, counts } = await read(files.write(name, content()), options);
    expect(source).toMatchObject({ format, interval });
    expect(found).toEqual(rows);
    expect(counts).toMatchObject({ rows: rows.length, badRows: 0, outOfOrder, oneSided });
  });

  test(`--format ${format} says so too`, async () => {
    const path = files.write(name, text);
    expect((await read(path, { ...options, format })).rows).toEqual(rows);
    const other = openFiles([path], {
      ...options,
      format: format === 'truefx' ? 'histdata' : 'truefx',
    });
    await expect(other).rejects.toMatchObject({ code: 'SOURCE_OTHER_FORMAT' });
  });

  test('a damaged row is named by its line', async () => {
    const [damaged = '', ...others] = lines.toReversed();
    const cut = /[,;]/.exec(damaged)?.[0] ?? ',';
    const bad = damaged.split(cut).slice(0, -1).join(cut);
    const content = [...others.toReversed(), damaged, damaged, damaged, bad, damaged].join('\n');
    const path = files.write(name, content);
    const line = lines.length + 3;
    await expect(read(path, options)).rejects.toMatchObject({
      code: 'SOURCE_BAD_ROW',
      place: `${path}:${line}`,
    });
    const { source, counts } = await read(path, { ...options, badRows: 'skip' });
    expect(counts?.badRows).toBe(1);
    expect(await source?.badRows()).toMatchObject([{ place: line }]);
  });
});

test('--format with a name that there is not lists those that there are', async () => {
  const opened = openFiles([files.write('x.csv', 'ts,price\n1,1\n')], { format: 'binance' });
  await expect(opened).rejects.toMatchObject({ code: 'SOURCE_BAD_OPTION' });
  await expect(opened).rejects.toThrow(/binance-trades, binance-agg-trades/);
});

test('orders of Databento are no trades, whatever their columns are called', async () => {
  const header =
    'ts_recv,ts_event,rtype,publisher_id,instrument_id,action,side,price,size,channel_id,order_id,flags,ts_in_delta,sequence,symbol';
  const row = `${NS},${NS},160,1,118,A,B,5528750000000,2,0,647,0,1,1,ESU4`;
  const opened = openFiles([files.write('mbo.csv', `${header}\n${row}\n`)]);
  await expect(opened).rejects.toMatchObject({ name: 'SourceError' });
});

test('days and months that nobody can tell apart are refused', async () => {
  const path = files.write('x.csv', 'time,price\n01/02/2024 09:30:00,1\n02/03/2024 09:30:00,1\n');
  await expect(openFiles([path], { symbol: 'X' })).rejects.toMatchObject({
    code: 'SOURCE_UNKNOWN_TIME',
  });
});

describe('daylight saving', () => {
  const options = { symbol: 'X', zone: 'America/New_York' };
  const times = (stamps: readonly string[]): string =>
    `time,price\n${stamps.map((stamp, at) => `2024-${stamp},${at + 1}`).join('\n')}\n`;

  test('a time that the clocks jumped over is a bad row', async () => {
    const path = files.write(
      'x.csv',
      times(['03-10 01:59:59', '03-10 02:30:00', '03-10 03:00:00']),
    );
    await expect(read(path, options)).rejects.toThrow(/x\.csv:3: .* jumped over: is it --zone/);
    const { rows } = await read(path, { ...options, badRows: 'skip' });
    expect(rows.map(([, time]) => time)).toEqual([
      Date.UTC(2024, 2, 10, 6, 59, 59) * 1000,
      Date.UTC(2024, 2, 10, 7) * 1000,
    ]);
  });

  test('the hour that comes twice is told apart by the file going back', async () => {
    const path = files.write(
      'x.csv',
      times(['11-03 01:10:00', '11-03 01:50:00', '11-03 01:00:00', '11-03 02:00:00']),
    );
    const { rows, counts } = await read(path, options);
    expect(rows.map(([, time]) => time)).toEqual([
      Date.UTC(2024, 10, 3, 5, 10) * 1000,
      Date.UTC(2024, 10, 3, 5, 50) * 1000,
      Date.UTC(2024, 10, 3, 6) * 1000,
      Date.UTC(2024, 10, 3, 7) * 1000,
    ]);
    expect(counts?.outOfOrder).toBe(0);
  });

  test('the session is of universal time', async () => {
    const path = files.write('x.csv', times(['01-02 09:30:00', '07-02 09:30:00']));
    const { rows } = await read(path, { ...options, from: SUMMER, to: SUMMER + 1 });
    expect(rows.map(([, , price]) => price)).toEqual([2]);
  });

  test('bars stamped with their end begin before the clocks change', async () => {
    const lines = [
      'time,open,high,low,close',
      '2024-03-10 03:00:00,1,1,1,1',
      '2024-03-10 03:01:00,2,2,2,2',
    ];
    const path = files.write('x.csv', lines.join('\n'));
    const { rows } = await read(path, { ...options, barTime: 'end' });
    expect(rows[0]?.[1]).toBe(Date.UTC(2024, 2, 10, 6, 59) * 1000);
  });

  test('a zone that there is not', async () => {
    const path = files.write('x.csv', times(['01-02 09:30:00']));
    await expect(openFiles([path], { symbol: 'X', zone: 'Mars/Olympus' })).rejects.toMatchObject({
      code: 'SOURCE_BAD_OPTION',
    });
  });
});
