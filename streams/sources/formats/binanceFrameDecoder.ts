import type { Micros } from '../../bars/bar';
import type { Decoder, RowSink } from '../bytes/decoder';
import { lineDecoder } from '../bytes/lines';
import { decimalOf, microsOfDigits } from '../bytes/numbers';
import type { RowClock } from '../fileOptions';
import { dataOf, exchangeTime, frameOf, kindOf, klineOf } from './binanceFrame';
import type { Data, Kind } from './binanceFrame';

const RECORDERS_REMARK = /^\d{10,19} #/;

/** Makes rows of the frames of one kind; of klines, those of one interval. */
export function frameDecoder(
  wanted: Kind,
  clock: RowClock,
  interval: string | undefined,
  rows: RowSink,
  besides: readonly Kind[] = [],
): Decoder {
  return lineDecoder((line, number) => {
    // A recording of Barometer says so of connections and of rows that were lost.
    if (RECORDERS_REMARK.test(line)) return;
    const { received, json } = frameOf(line);
    const kind = kindOf(json);
    if (kind === undefined || !json.endsWith('}')) {
      rows.bad(number, `is no frame of a stream: ${line.slice(0, 40)}`);
      return;
    }
    if (kind !== wanted && !besides.includes(kind as Kind)) {
      rows.pass(kind);
      return;
    }
    const data = dataOf(json);
    if (data === undefined) {
      rows.bad(number, 'is a damaged frame');
      return;
    }
    const symbol = data['s'];
    if (typeof symbol !== 'string' || symbol === '') {
      rows.bad(number, 'has no symbol');
      return;
    }
    const time =
      clock === 'exchange' || wanted === 'kline'
        ? exchangeTime(kind, data)
        : received === undefined
          ? NaN
          : microsOfDigits(received);
    const at = rows.symbol(symbol);
    if (kind === 'bookTicker') {
      const [bid, ask] = [decimalOf(data['b']), decimalOf(data['a'])];
      rows.quote(number, time, at, bid, ask, decimalOf(data['B']), decimalOf(data['A']));
    } else if (wanted === 'kline') addKline(number, time, at, klineOf(data), interval, rows);
    else {
      const { m: buyerIsMaker } = data;
      const side = buyerIsMaker === true ? -1 : buyerIsMaker === false ? 1 : 0;
      rows.trade(number, time, at, decimalOf(data['p']), decimalOf(data['q']), side);
    }
  });
}

function addKline(
  number: number,
  time: Micros,
  symbol: number,
  kline: Data,
  interval: string | undefined,
  rows: RowSink,
): void {
  if (kline['i'] !== interval) rows.pass(`kline of ${String(kline['i'])}`);
  else if (kline['x'] !== true) rows.pass('kline that is not closed');
  else {
    const [open, high, low, close] = ['o', 'h', 'l', 'c'].map((key) => decimalOf(kline[key]));
    rows.bar(
      number,
      time,
      symbol,
      [open as number, high as number, low as number, close as number],
      decimalOf(kline['v']),
    );
  }
}
