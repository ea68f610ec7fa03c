import { layoutDecoder } from '../../../streams/live/decoders/frameLayout';
import { FRAME_LAYOUTS } from '../../../streams/live/decoders/layouts';
import type { FrameFormat } from '../../../streams/live/decoders/layouts';
import type { PriceOfQuotes } from '../../../streams/live/decoders/frameDecoder';

/** What one frame gives: rows as [symbol, time, price, size, id], or what else it is. */
function read(format: FrameFormat, frames: readonly string[], price?: PriceOfQuotes) {
  const decode = layoutDecoder(FRAME_LAYOUTS[format], price);
  const found: unknown[] = [];
  for (const frame of frames) {
    decode(frame, {
      row: (...row) => found.push(row),
      other: () => found.push('other'),
      bad: () => found.push('bad'),
    });
  }
  return found;
}

const trade =
  '{"e":"trade","E":5,"s":"BTCUSDT","t":77,"p":"61837.63","q":"0.02","T":1723161255342}';
const book = '{"u":9,"s":"BTCUSDT","b":"10.1","B":"1","a":"10.3","A":"2"}';
const match =
  '{"type":"match","trade_id":10,"sequence":50,"time":"2014-11-07T08:19:27.028459Z","product_id":"BTC-USD","size":"5.23512","price":"400.23","side":"sell"}';
const ticker =
  '{"type":"ticker","sequence":29,"product_id":"ETH-USD","price":"1285.22","best_bid":"1285.04","best_ask":"1285.27","time":"2022-10-19T23:28:22.061769Z","trade_id":370843401}';
const krakenTrades =
  '{"channel":"trade","type":"update","data":[{"symbol":"MATIC/USD","side":"sell","price":0.5117,"qty":40.0,"ord_type":"market","trade_id":4665906,"timestamp":"2023-09-25T07:49:37.708706Z"},{"symbol":"MATIC/USD","side":"buy","price":0.5118,"qty":1,"ord_type":"market","trade_id":4665907,"timestamp":"2023-09-25T07:49:37.708706Z"}]}';
const krakenTicker =
  '{"channel":"ticker","type":"update","data":[{"symbol":"ALGO/USD","bid":0.10025,"bid_qty":740.0,"ask":0.10035,"ask_qty":740.0}]}';

describe('frame decoders', () => {
  test.each<[string, FrameFormat, string, PriceOfQuotes | undefined, unknown[]]>([
    [
      'a Binance trade',
      'binance-frames',
      trade,
      undefined,
      [['BTCUSDT', 1723161255342000, 61837.63, 0.02, 77]],
    ],
    [
      'a combined stream',
      'binance-frames',
      `{"stream":"btcusdt@trade","data":${trade}}`,
      undefined,
      [['BTCUSDT', 1723161255342000, 61837.63, 0.02, 77]],
    ],
    [
      'a tick without a size',
      'ticks',
      '{"symbol":"A","time":1723161255342,"price":1.5,"id":3}',
      undefined,
      [['A', 1723161255342000, 1.5, 0, 3]],
    ],
    [
      'a tick with a damaged size',
      'ticks',
      '{"symbol":"A","time":1723161255342,"price":1.5,"size":"x"}',
      undefined,
      ['bad'],
    ],
    ['a trade without a size', 'binance-frames', trade.replace('"q"', '"x"'), undefined, ['bad']],
    ['a Binance quote', 'binance-frames', book, 'mid', [['BTCUSDT', NaN, 10.2, 0, 9]]],
    ['its ask', 'binance-frames', book, 'ask', [['BTCUSDT', NaN, 10.3, 0, 9]]],
    ['a Binance quote among trades', 'binance-frames', book, undefined, ['other']],
    ['an acknowledgement', 'binance-frames', '{"result":null,"id":1}', undefined, ['other']],
    [
      'a Coinbase match',
      'coinbase-frames',
      match,
      undefined,
      [['BTC-USD', 1415348367028459, 400.23, 5.23512, 10]],
    ],
    [
      'a Coinbase ticker',
      'coinbase-frames',
      ticker,
      'bid',
      [['ETH-USD', 1666222102061769, 1285.04, 0, 29]],
    ],
    [
      'the match before a subscription',
      'coinbase-frames',
      match.replace('"match"', '"last_match"'),
      undefined,
      ['other'],
    ],
    [
      'Kraken trades',
      'kraken-frames',
      krakenTrades,
      undefined,
      [
        ['MATIC/USD', 1695628177708706, 0.5117, 40, 4665906],
        ['MATIC/USD', 1695628177708706, 0.5118, 1, 4665907],
      ],
    ],
    ['a Kraken ticker', 'kraken-frames', krakenTicker, 'mid', [['ALGO/USD', NaN, 0.1003, 0, NaN]]],
    ['a Kraken heartbeat', 'kraken-frames', '{"channel":"heartbeat"}', undefined, ['other']],
    [
      'a tick',
      'ticks',
      '{"symbol":"A","time":1723161255,"price":1.5,"size":2}',
      undefined,
      [['A', 1723161255e6, 1.5, 2, NaN]],
    ],
  ])('%s', (_, format, frame, price, expected) => {
    expect(read(format, [frame], price)).toEqual(expected);
  });

  test.each([
    ['half a frame', trade.slice(0, 60)],
    ['text', 'hello'],
    ['an array', '[1]'],
    ['a number', '7'],
    ['nothing', ''],
    ['a price that is none', trade.replace('61837.63', 'x')],
    ['a negative size', trade.replace('0.02', '-1')],
    ['no symbol', trade.replace('BTCUSDT', '')],
    ['an id that is none', trade.replace('77', '"x"')],
    ['a time beyond all dates', trade.replace('1723161255342', '9e18')],
    ['a prototype', '{"e":"trade","__proto__":{"s":"A"}}'],
  ])('%s is bad', (_, frame) => {
    expect(read('binance-frames', [frame])).toEqual(['bad']);
  });

  test('a symbol’s trades are of the kind that came first', () => {
    const aggregate = trade.replace('"e":"trade"', '"e":"aggTrade"').replace('"t":77', '"a":5');
    const kinds = (frames: string[]) =>
      read('binance-frames', frames).map((found) => (Array.isArray(found) ? 'row' : found));
    expect(kinds([trade, aggregate])).toEqual(['row', 'other']);
    expect(kinds([aggregate, trade, aggregate])).toEqual(['row', 'other', 'row']);
  });

  test('a side of 0 makes no row', () => {
    expect(read('binance-frames', [book.replace('10.1', '0')], 'mid')).toEqual(['other']);
    expect(read('binance-frames', [book.replace('10.1', '0')], 'ask')).toHaveLength(1);
  });
});
