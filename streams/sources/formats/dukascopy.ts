import { resolve } from 'node:path';
import type { Micros } from '../../bar';
import { readLzmaHeader, unpackLzma } from '../bytes/lzma';
import type { RowSink } from '../bytes/decoder';
import type { FileOptions } from '../fileOptions';
import { messageOf } from '../messageOf';
import { SourceError } from '../sourceError';
import type { ByteFormat, Head } from './format';

const RECORD = 20;
const HOUR = 3_600_000;
const PATH = /([a-z0-9]+)[\\/](\d{4})[\\/](\d{2})[\\/](\d{2})[\\/](\d{2})h_ticks\.bi5$/i;

/** What pairs are made of; their prices have five decimals, those in yen three. */
const CURRENCIES =
  'AUD CAD CHF CNH CZK DKK EUR GBP HKD HUF ILS JPY MXN NOK NZD PLN RON SEK SGD THB TRY USD ZAR'.split(
    ' ',
  );

export const dukascopy: ByteFormat = {
  name: 'dukascopy-bi5',
  title: 'Dukascopy ticks of an hour (.bi5)',
  clock: 'UTC, milliseconds from the beginning of the hour that the path says',
  traps: [
    'Hour and symbol are in the path only: EURUSD/2012/11/03/14h_ticks.bi5. Its month counts from 0: that is 3 December.',
    'Prices are integers of five decimals, in yen of three; of what is no pair of currencies nobody knows, so that is refused.',
    'There are no lines: bad rows are named by their number.',
  ],
  recognise: ({ bytes, path }) => {
    if (!/\.bi5$/i.test(path)) return undefined;
    try {
      readLzmaHeader(bytes);
    } catch {
      return undefined;
    }
    return 'LZMA in a file that is called .bi5';
  },
  open: (head, options) => {
    const hour = hourOf(head);
    const symbol = symbolOf(head, options);
    const divisor = divisorOf(head, symbol);
    return {
      kind: 'quotes',
      price: options.price ?? 'mid',
      interval: 0,
      decoder: (rows) => {
        const pieces: Buffer[] = [];
        return {
          push: (bytes) => {
            pieces.push(bytes);
          },
          end: () => {
            addTicks(unpack(head.path, Buffer.concat(pieces)), hour, symbol, divisor, rows);
          },
        };
      },
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
    'no-date',
    path,
    'its path does not say of which hour its ticks are',
    'Keep it where Dukascopy does, for instance EURUSD/2012/11/03/14h_ticks.bi5 (the month counted from 0).',
  );
}

const symbolOf = ({ path }: Head, { symbol }: FileOptions): string =>
  symbol ?? (PATH.exec(resolve(path))?.[1] ?? '').toUpperCase();

function divisorOf({ path }: Head, symbol: string): number {
  const own = (PATH.exec(resolve(path))?.[1] ?? symbol).toUpperCase();
  const pair = [own.slice(0, 3), own.slice(3)];
  if (pair.every((currency) => CURRENCIES.includes(currency))) {
    return pair.includes('JPY') ? 1e3 : 1e5;
  }
  throw new SourceError(
    'unsupported',
    path,
    `${own} is no pair of currencies, so that nobody knows how many decimals its prices have`,
    'Convert it to CSV first.',
  );
}

function unpack(path: string, bytes: Buffer): Buffer {
  let unpacked: Buffer;
  try {
    unpacked = unpackLzma(bytes);
  } catch (error) {
    const message = messageOf(error);
    const isCut = message === 'unexpected end of file';
    throw new SourceError(
      isCut ? 'truncated' : 'damaged',
      path,
      isCut ? 'ends too early' : `cannot be unpacked (${message})`,
      'Fetch the file again.',
      { cause: error },
    );
  }
  if (unpacked.length > 0 && unpacked.length % RECORD === 0) return unpacked;
  throw new SourceError(
    unpacked.length === 0 ? 'no-rows' : 'damaged',
    path,
    `holds ${unpacked.length} bytes, and a tick has ${RECORD}`,
    'Candles of Dukascopy are not read: give ticks.',
  );
}

/** Milliseconds, ask, bid, and the two volumes, which quotes have no use for; big-endian. */
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
      rows.quote(number, hour + time * 1000, of, bytes.readUInt32BE(at + 8) / divisor, ask);
    }
  }
}
