import { resolve } from 'node:path';
import type { Micros } from '../../bars/bar';
import type { RowSink } from '../bytes/decoder';
import { SourceError } from '../sourceError';
import { divisorOf, isBi5, recordsDecoder } from './bi5';
import type { ByteFormat, Head } from './format';

const RECORD = 24;
const NAME = /(?:BID|ASK)_candles_(?:min|hour|day)_1\.bi5$/i;
/** Length of the candles in seconds, by a path that ends in a day, a month or a year. */
const KINDS: readonly { readonly path: RegExp; readonly length: number }[] = [
  {
    path: /([a-z0-9]+)[\\/](\d{4})[\\/](\d{2})[\\/](\d{2})[\\/]..._candles_min_1\.bi5$/i,
    length: 60,
  },
  { path: /([a-z0-9]+)[\\/](\d{4})[\\/](\d{2})[\\/]..._candles_hour_1\.bi5$/i, length: 3600 },
  { path: /([a-z0-9]+)[\\/](\d{4})[\\/]..._candles_day_1\.bi5$/i, length: 86_400 },
];

export const dukascopyCandles: ByteFormat = {
  name: 'dukascopy-candles',
  title: 'Dukascopy candles of a minute, an hour or a day (.bi5)',
  clock:
    'UTC, seconds from the beginning of the day, month or year that the path says; of their start',
  traps: [
    'Time and symbol are in the path only: EURUSD/2012/11/03/BID_candles_min_1.bi5 (hours: without the day, days: without the month). Its month counts from 0.',
    'A record has its close before low and high: open, close, low, high.',
    'While nobody trades, candles go on at the last price, with a volume of 0. Volumes are in millions.',
  ],
  recognise: (head) =>
    isBi5(head) && NAME.test(head.path) ? 'LZMA in a file of candles, by its name' : undefined,
  open: (head, options) => {
    const { from, until, instrument, length } = placeOf(head);
    const symbol = options.symbol ?? instrument.toUpperCase();
    const divisor = divisorOf(head.path, instrument);
    return {
      kind: 'bars',
      price: 'mid',
      interval: length * 1e6,
      decoder: (rows) =>
        recordsDecoder(head.path, RECORD, (records) => {
          addCandles(records, { from, until, divisor }, rows.symbol(symbol), rows);
        }),
    };
  },
};

interface Place {
  readonly instrument: string;
  /** Length of the candles in seconds. */
  readonly length: number;
  /** The stretch that the file is of; half-open. */
  readonly from: Micros;
  readonly until: Micros;
}

function placeOf({ path }: Head): Place {
  for (const { path: pattern, length } of KINDS) {
    const match = pattern.exec(resolve(path));
    if (match === null) continue;
    const [, instrument = '', ...folders] = match;
    const [year = NaN, month = 0, day = 1] = folders.map(Number);
    const begins = new Date(Date.UTC(year, month, day));
    const next = (at: number): number => (folders.length === at ? 1 : 0);
    const ends = Date.UTC(year + next(1), month + next(2), day + next(3));
    if (begins.getUTCMonth() !== month || begins.getUTCDate() !== day) continue;
    return { instrument, length, from: begins.getTime() * 1000, until: ends * 1000 };
  }
  throw new SourceError(
    'SOURCE_NO_DATE',
    path,
    'its path does not say of which time its candles are',
    'Keep it where Dukascopy does: EURUSD/2012/11/03/BID_candles_min_1.bi5, EURUSD/2012/11/BID_candles_hour_1.bi5 ' +
      'or EURUSD/2012/BID_candles_day_1.bi5 (the month counted from 0).',
  );
}

/** Seconds, open, close, low, high, and the volume in millions; big-endian. */
function addCandles(
  bytes: Buffer,
  { from, until, divisor }: { from: Micros; until: Micros; divisor: number },
  of: number,
  rows: RowSink,
): void {
  for (let at = 0, number = 1; at < bytes.length; at += RECORD, number += 1) {
    const seconds = bytes.readUInt32BE(at);
    const time = from + seconds * 1e6;
    if (time >= until) {
      rows.bad(
        number,
        `is ${seconds} s from the beginning of its file, whose path is of less time`,
      );
      continue;
    }
    const price = (place: number): number => bytes.readUInt32BE(at + 4 * place) / divisor;
    const prices = [price(1), price(4), price(3), price(2)] as const;
    rows.bar(number, time, of, prices, bytes.readFloatBE(at + 20) * 1e6);
  }
}
