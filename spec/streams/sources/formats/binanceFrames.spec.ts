import fc from 'fast-check';
import type { FileOptions } from '../../../../streams/sources';
import { binanceFrames } from '../../../../streams/sources/formats/binanceFrames';
import { repetitions } from '../../../support/properties';
import { collect } from '../collect';
import { tempFiles } from '../readAll';
import { failureOf, readOne } from './readOne';

const files = tempFiles();
const AT = 1_723_161_254_087_896_768n;
const trade = (price: string, time = 1_723_161_255_342, symbol = 'BTCUSDT'): string =>
  `{"stream":"btcusdt@trade","data":{"e":"trade","E":${time + 1},"s":"${symbol}","t":3735683259,"p":"${price}","q":"0.02000000","T":${time},"m":true,"M":true}}`;
const ticker = (bid: string, ask: string): string =>
  `{"stream":"btcusdt@bookTicker","data":{"u":1,"s":"BTCUSDT","b":"${bid}","B":"3.7","a":"${ask}","A":"1.5"}}`;
const kline = (start: number, interval: string, closed: boolean): string =>
  `{"e":"kline","E":1,"s":"BTCUSDT","k":{"t":${start},"T":${start + 59_999},"s":"BTCUSDT","i":"${interval}","o":"2","c":"3","h":"4","l":"1","v":"10.5","n":7,"x":${closed}}}`;
const depth =
  '{"stream":"btcusdt@depth@100ms","data":{"e":"depthUpdate","E":1723161255208,"s":"BTCUSDT","U":1,"u":2,"b":[],"a":[]}}';
const snapshot = '{"lastUpdateId":35346513512,"bids":[["1","2"]],"asks":[]}';

const received = (lines: readonly string[]): string =>
  lines.map((line, at) => `${AT + BigInt(at) * 1_000_000n} ${line}\n`).join('');

const read = (content: string, options?: FileOptions) =>
  readOne(files.write('frames.txt', content), options);
const failure = (content: string, options?: FileOptions) =>
  failureOf(files.write('frames.txt', content), options);

const MICROS = 1_723_161_254_087_896;

test('synthetic: trades by the time of receipt, to the microsecond below; others are counted', async () => {
  const content = received([depth, trade('61837.63'), ticker('1', '2'), snapshot, trade('61838')]);
  const { source, rows, counts } = await read(content);
  expect(source).toMatchObject({ format: 'binance-frames', interval: 0 });
  expect(rows.map(({ symbol, time, close, volume }) => [symbol, time, close, volume])).toEqual([
    ['BTCUSDT', MICROS + 1000, 61837.63, 0.02],
    ['BTCUSDT', MICROS + 4000, 61838, 0.02],
  ]);
  expect(counts).toEqual({
    rows: 2,
    outOfOrder: 0,
    badRows: 0,
    oneSided: 0,
    skipped: { depthUpdate: 1, bookTicker: 1, snapshot: 1 },
  });
});

test('synthetic: by the time of the exchange, put in order', async () => {
  const content = received([trade('1', 1_723_161_255_342), trade('2', 1_723_161_255_341)]);
  const { rows, counts } = await read(content, { clock: 'exchange' });
  expect(rows.map(({ time, close }) => [time, close])).toEqual([
    [1_723_161_255_341_000, 2],
    [1_723_161_255_342_000, 1],
  ]);
  expect(counts?.outOfOrder).toBe(1);
});

test.each<[string, string]>([
  ['seconds', '1723161254'],
  ['milliseconds', '1723161254000'],
  ['microseconds', '1723161254000000'],
  ['nanoseconds', '1723161254000000999'],
])('synthetic: the time of receipt in %s', async (_, digits) => {
  const { rows } = await read(`${digits} ${trade('1')}\n`);
  expect(rows[0]?.time).toBe(1_723_161_254_000_000);
});

test('synthetic: without times of receipt, in or out of a wrapper', async () => {
  const raw = trade('7').replace('{"stream":"btcusdt@trade","data":', '').slice(0, -1);
  const { rows } = await read(`${trade('6')}\r\n\r\n${raw}`);
  expect(rows.map(({ time, close }) => [time, close])).toEqual([
    [1_723_161_255_342_000, 6],
    [1_723_161_255_342_000, 7],
  ]);
});

test('synthetic: bookTickers make quotes where there are no trades, or where these are asked for', async () => {
  const alone = received([ticker('10', '11'), depth, ticker('0', '12')]);
  const { rows, counts } = await read(alone);
  expect(rows.map(({ close }) => close)).toEqual([10.5]);
  expect(counts).toMatchObject({ oneSided: 1, skipped: { depthUpdate: 1 } });
  const both = await read(received([trade('1'), ticker('10', '11')]), { price: 'bid' });
  expect(both.rows.map(({ close }) => close)).toEqual([10]);
  expect(both.counts?.skipped).toEqual({ trade: 1 });
});

test('synthetic: klines that are closed, of the shortest interval', async () => {
  const content = [
    kline(1_723_161_240_000, '1m', false),
    kline(1_723_161_240_000, '1m', true),
    kline(1_723_161_000_000, '5m', true),
  ].join('\n');
  const { source, rows, counts } = await read(content);
  expect(source?.interval).toBe(60e6);
  expect(rows).toEqual([
    {
      symbol: 'BTCUSDT',
      time: 1_723_161_240_000_000,
      open: 2,
      high: 4,
      low: 1,
      close: 3,
      volume: 10.5,
    },
  ]);
  expect(counts?.skipped).toEqual({ 'kline that is not closed': 1, 'kline of 5m': 1 });
});

test.each<[string, string, string, FileOptions]>([
  ['SOURCE_NO_CLOCK', 'no times of receipt', `${trade('1')}\n`, { clock: 'receive' }],
  [
    'SOURCE_NO_CLOCK',
    'no times of the exchange',
    received([ticker('1', '2')]),
    { clock: 'exchange' },
  ],
  ['SOURCE_NO_QUOTES', 'no bookTickers', received([trade('1')]), { price: 'mid' }],
  ['SOURCE_UNSUPPORTED', 'nothing to make rows of', received([depth, depth]), {}],
])('synthetic: %s: %s', async (code, _, content, options) => {
  expect(await failure(content, options)).toMatchObject({ name: 'SourceError', code });
});

test.each<[string, string, RegExp]>([
  ['no frame', 'what is this', /is no frame of a stream: \d+ what is this/],
  ['a frame that was cut off', trade('1').slice(0, -5), /is no frame/],
  ['a frame with a hole', trade('1').replace('"t":', '"t"'), /is a damaged frame/],
  ['a price that is none', trade('0x10'), /price that is no number/],
  ['a price that is not there', trade('1').replace('"p":"1",', ''), /price that is no number/],
  ['no symbol', trade('1', 1, ''), /has no symbol/],
])('synthetic: a bad line is named: %s', async (_, line, wrong) => {
  const content = received([trade('1'), depth, line, trade('2')]);
  const error = await failure(content);
  expect(error).toMatchObject({ code: 'SOURCE_BAD_ROW' });
  expect(String(error)).toMatch(wrong);
  expect(String(error)).toMatch(/frames\.txt:3: /);
  const { rows, counts } = await read(content, { badRows: 'skip' });
  expect(rows).toHaveLength(2);
  expect(counts).toMatchObject({ badRows: 1, skipped: { depthUpdate: 1 } });
});

test('synthetic: a line of ten megabytes is a line', async () => {
  const long = depth.replace('"b":[]', `"b":["${'9'.repeat(10_000_000)}"]`);
  const { rows, counts } = await read(received([trade('1'), long, trade('2')]));
  expect(rows).toHaveLength(2);
  expect(counts?.skipped).toEqual({ depthUpdate: 1 });
});

test('synthetic: in pieces of any size, the rows are the same', () => {
  const lines = Array.from({ length: 60 }, (_, at) => (at % 3 === 0 ? depth : trade(`${at}`)));
  const content = Buffer.from(received([...lines, trade('5', 1_723_161_255_342, 'ÄÖ')]));
  const whole = collect(binanceFrames, content, [content.length]);
  expect(whole.rows).toHaveLength(41);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1 }), (sizes) => {
      expect(collect(binanceFrames, content, sizes)).toEqual(whole);
    }),
    repetitions(30),
  );
});
