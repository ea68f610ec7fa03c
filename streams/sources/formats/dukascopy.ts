import { resolve } from 'node:path';
import type { Micros } from '../../bars/bar';
import type { RowSink } from '../bytes/decoder';
import type { FileOptions } from '../fileOptions';
import { SourceError } from '../sourceError';
import { divisorOf, isBi5, recordsDecoder } from './bi5';
import type { ByteFormat, Head } from './format';

const RECORD = 20;
const HOUR = 3_600_000;
const PATH = /([a-z0-9]+)[\\/](\d{4})[\\/](\d{2})[\\/](\d{2})[\\/](\d{2})h_ticks\.bi5$/i;

export const dukascopy: ByteFormat = {
  name: 'dukascopy-bi5',
  title: 'Dukascopy ticks of an hour (.bi5)',
  clock: 'UTC, milliseconds from the beginning of the hour that the path says',
  traps: [
    'Hour and symbol are in the path only: EURUSD/2012/11/03/14h_ticks.bi5. Its month counts from 0: that is 3 December.',
    'Prices are integers of five decimals, in yen of three; of what is no pair of currencies nobody knows, so that is refused.',
    'There are no lines: bad rows are named by their number.',
  ],
  recognise: (head) => (isBi5(head) ? 'LZMA in a file that is called .bi5' : undefined),
  open: (head, options) => {
    const hour = hourOf(head);
    const symbol = symbolOf(head, options);
    const divisor = divisorOf(head.path, PATH.exec(resolve(head.path))?.[1] ?? symbol);
    return {
      kind: 'quotes',
      price: options.price ?? 'mid',
      interval: 0,
      fields: ['bid', 'ask', 'bidSize', 'askSize'],
      decoder: (rows) =>
        recordsDecoder(head.path, RECORD, (records) => {
          addTicks(records, hour, symbol, divisor, rows);
        }),
    };
  },
};

/** Microseconds of the hour's beginning. */
function hourOf({ path }: Head): Micros {
  const [, , year, month, day, hour] = PATH.exec(resolve(path)) ?? [];
  const date = new Date(Date.UTC(Number(year), Number(month), Number(day), Number(hour)));
  const exists =
    date.getUTCMonth() === Number(month) &&
    date.getUTCDate() === Number(day) &&
    date.getUTCHours() === Number(hour);
  if (exists) return date.getTime() * 1000;
  throw new SourceError(
    'SOURCE_NO_DATE',
    path,
    'its path does not say of which hour its ticks are',
    'Keep it where Dukascopy does, for instance EURUSD/2012/11/03/14h_ticks.bi5 (the month counted from 0).',
  );
}

const symbolOf = ({ path }: Head, { symbol }: FileOptions): string =>
  symbol ?? (PATH.exec(resolve(path))?.[1] ?? '').toUpperCase();

/** Milliseconds, ask, bid, and the two volumes in millions; big-endian. */
function addTicks(
  bytes: Buffer,
  hour: Micros,
  symbol: string,
  divisor: number,
  rows: RowSink,
): void {
  const of = rows.symbol(symbol);
  for (let at = 0, number = 1; at < bytes.length; at += RECORD, number += 1) {
    const time = bytes.readUInt32BE(at);
    if (time >= HOUR) rows.bad(number, `is ${time} ms from the beginning of its hour`);
    else {
      const ask = bytes.readUInt32BE(at + 4) / divisor;
      const bid = bytes.readUInt32BE(at + 8) / divisor;
      const [askSize, bidSize] = [bytes.readFloatBE(at + 12), bytes.readFloatBE(at + 16)];
      rows.quote(number, hour + time * 1000, of, bid, ask, bidSize * 1e6, askSize * 1e6);
    }
  }
}
