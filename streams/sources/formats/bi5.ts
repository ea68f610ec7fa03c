import type { Decoder } from '../bytes/decoder';
import { unpackLzma } from '../compression/lzma';
import { readLzmaHeader } from '../compression/lzmaHeader';
import { messageOf } from '../messageOf';
import { SourceError } from '../sourceError';
import type { Head } from './format';

/** What pairs are made of; their prices have five decimals, those in yen three. */
const CURRENCIES =
  'AUD CAD CHF CNH CZK DKK EUR GBP HKD HUF ILS JPY MXN NOK NZD PLN RON SEK SGD THB TRY USD ZAR'.split(
    ' ',
  );

/** Dukascopy's packed files bear no mark but that of LZMA and their name. */
export function isBi5({ bytes, path }: Head): boolean {
  if (!/\.bi5$/i.test(path)) return false;
  try {
    readLzmaHeader(bytes);
    return true;
  } catch {
    return false;
  }
}

/** What prices, which are integers, are to be divided by. */
export function divisorOf(path: string, instrument: string): number {
  const own = instrument.toUpperCase();
  const pair = [own.slice(0, 3), own.slice(3)];
  if (pair.every((currency) => CURRENCIES.includes(currency))) {
    return pair.includes('JPY') ? 1e3 : 1e5;
  }
  throw new SourceError(
    'SOURCE_UNSUPPORTED',
    path,
    `${own} is no pair of currencies, so that nobody knows how many decimals its prices have`,
    'Convert it to CSV first.',
  );
}

/**
 * A file is unpacked when it is whole.
 *
 * @param record how many bytes a record has
 * @param add takes all of them
 */
export function recordsDecoder(
  path: string,
  record: number,
  add: (records: Buffer) => void,
): Decoder {
  const pieces: Buffer[] = [];
  return {
    push: (bytes) => {
      pieces.push(bytes);
    },
    end: () => {
      add(unpackRecords(path, Buffer.concat(pieces), record));
    },
  };
}

function unpackRecords(path: string, bytes: Buffer, record: number): Buffer {
  let unpacked: Buffer;
  try {
    unpacked = unpackLzma(bytes);
  } catch (error) {
    const message = messageOf(error);
    const isCut = message === 'unexpected end of file';
    throw new SourceError(
      isCut ? 'SOURCE_TRUNCATED' : 'SOURCE_DAMAGED',
      path,
      isCut ? 'ends too early' : `cannot be unpacked (${message})`,
      'Fetch the file again.',
      { cause: error },
    );
  }
  if (unpacked.length > 0 && unpacked.length % record === 0) return unpacked;
  throw new SourceError(
    unpacked.length === 0 ? 'SOURCE_NO_ROWS' : 'SOURCE_DAMAGED',
    path,
    `holds ${unpacked.length} bytes, and a row has ${record}`,
    'Its name says whether it holds ticks or candles: keep the name that Dukascopy gave it.',
  );
}
