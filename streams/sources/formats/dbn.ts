import { basename } from 'node:path';
import type { Micros } from '../../bar';
import type { DbnMetadata } from '../bytes/dbnMetadata';
import {
  DamagedDbn,
  dbnMetadataLength,
  dbnSchema,
  dbnVersion,
  readDbnMetadata,
} from '../bytes/dbnMetadata';
import type { Decoder, RowSink } from '../bytes/decoder';
import type { RowClock, RowKind } from '../fileOptions';
import { quotesAsked } from '../quotesAsked';
import { SourceError } from '../sourceError';
import { OHLCV_LENGTHS, PRICE_DIVISOR } from './databentoCsv';
import type { ByteFormat, Head } from './format';

const SCHEMAS: Readonly<Record<number, string>> = {
  0: 'mbo',
  1: 'mbp-1',
  2: 'mbp-10',
  3: 'tbbo',
  4: 'trades',
  5: 'ohlcv-1s',
  6: 'ohlcv-1m',
  7: 'ohlcv-1h',
  8: 'ohlcv-1d',
  9: 'definition',
  10: 'statistics',
  11: 'status',
  12: 'imbalance',
  0xffff: 'mixed',
};

/** Record types of the schemas that rows are made of. */
const TRADE = 0x00;
const MBP_1 = 0x01;
const TYPES: Readonly<Record<string, number>> = {
  trades: TRADE,
  tbbo: MBP_1,
  'mbp-1': MBP_1,
  'ohlcv-1s': 0x20,
  'ohlcv-1m': 0x21,
  'ohlcv-1h': 0x22,
  'ohlcv-1d': 0x23,
};

/** The shortest that records of a type are. */
const LENGTHS: Readonly<Record<number, number>> = {
  [TRADE]: 48,
  [MBP_1]: 80,
  0x20: 56,
  0x21: 56,
  0x22: 56,
  0x23: 56,
};

/** Names of record types that are passed over. */
const OTHERS: Readonly<Record<number, string>> = {
  [TRADE]: 'trades',
  [MBP_1]: 'mbp-1',
  0x0a: 'mbp-10',
  0x12: 'status',
  0x13: 'definition',
  0x14: 'imbalance',
  0x15: 'error',
  0x16: 'symbol mapping',
  0x17: 'system',
  0x18: 'statistics',
  0x20: 'ohlcv-1s',
  0x21: 'ohlcv-1m',
  0x22: 'ohlcv-1h',
  0x23: 'ohlcv-1d',
  0xa0: 'mbo',
};

const LARGEST_VERSION = 3;
const RECORD_HEADER = 16;

export const dbn: ByteFormat = {
  name: 'dbn',
  title: 'Databento Binary Encoding, versions 1 to 3: trades, tbbo, mbp-1, ohlcv',
  clock:
    'ts_recv, when Databento received it; with --clock exchange, ts_event; bars: ts_event, their start',
  traps: [
    'Symbols are the metadata’s mappings of instrument numbers, which hold for days.',
    'tbbo makes trades, and quotes if --price asks for them; mbp-1 makes quotes: the price in it is that of the order that changed them.',
    'Prices are integers, a thousand millionth each; an undefined one is a side that is absent.',
    'Records of other types are counted and passed over.',
    'There are no bars of empty intervals.',
  ],
  recognise: ({ bytes }) => {
    if (bytes.length < 8 || bytes.toString('latin1', 0, 3) !== 'DBN') return undefined;
    const schema = bytes.length < 26 ? undefined : SCHEMAS[dbnSchema(bytes)];
    return `the bytes DBN, version ${dbnVersion(bytes)}, schema ${schema ?? 'unknown'}`;
  },
  open: (head, options) => {
    const type = typeOf(head);
    const isQuotes =
      type.schema === 'mbp-1' || (type.schema === 'tbbo' && options.price !== undefined);
    const price = quotesAsked(head.path, options, isQuotes, type.schema);
    const interval = OHLCV_LENGTHS[type.rtype] ?? 0;
    const kind = interval > 0 ? 'bars' : isQuotes ? 'quotes' : 'trades';
    const { clock = 'receive' } = options;
    return {
      kind,
      price,
      interval,
      decoder: (rows) => dbnDecoder(head.path, type.rtype, kind, clock, rows),
    };
  },
};

function typeOf({ path, bytes, ended }: Head): { schema: string; rtype: number } {
  if (bytes.length < 112 && ended) throw truncated(path, 'its metadata');
  const version = dbnVersion(bytes);
  if (version < 1 || version > LARGEST_VERSION) {
    throw unsupported(path, `is DBN of version ${version}`, 'Versions 1 to 3 are read.');
  }
  const number = dbnSchema(bytes);
  const schema = SCHEMAS[number];
  const rtype = TYPES[schema ?? ''];
  if (schema !== undefined && rtype !== undefined) return { schema, rtype };
  if (schema === 'mixed') return firstType(path, bytes);
  const found = `holds records of schema ${schema ?? number}`;
  throw unsupported(path, found, `Read are ${Object.keys(TYPES).join(', ')}.`);
}

/** A mixed file's rows are trades if there are any at its beginning, else quotes, else bars. */
function firstType(path: string, bytes: Buffer): { schema: string; rtype: number } {
  const found = new Set<number>();
  const start = 8 + bytes.readUInt32LE(4);
  for (let at = start; at + 2 <= bytes.length;) {
    const length = bytes.readUInt8(at) * 4;
    if (length === 0) break;
    found.add(bytes.readUInt8(at + 1));
    at += length;
  }
  const rtype = [TRADE, MBP_1, 0x20, 0x21, 0x22, 0x23].find((type) => found.has(type));
  if (rtype !== undefined) return { schema: OTHERS[rtype] ?? '', rtype };
  const names = [...found].map((type) => OTHERS[type] ?? `type ${type}`).join(', ');
  throw unsupported(
    path,
    `holds mixed records, at its beginning ${names === '' ? 'none' : names}`,
    `Read are ${Object.keys(TYPES).join(', ')}.`,
  );
}

function dbnDecoder(
  path: string,
  wanted: number,
  kind: RowKind,
  clock: RowClock,
  rows: RowSink,
): Decoder {
  let held: Buffer = Buffer.alloc(0);
  let metadata: DbnMetadata | undefined;
  let number = 0;
  const symbolAt = symbols((instrument, day) =>
    rows.symbol(metadata?.symbolOf(instrument, day) ?? ''),
  );

  const record = (bytes: Buffer, at: number, length: number): void => {
    number += 1;
    const type = bytes.readUInt8(at + 1);
    if (type !== wanted) {
      rows.pass(OTHERS[type] ?? `record of type ${type}`);
      return;
    }
    if (length < (LENGTHS[type] ?? RECORD_HEADER)) {
      throw damaged(path, `its record ${number} is ${length} bytes long`);
    }
    const event = microsAt(bytes, at + 8);
    const received = kind === 'bars' || clock === 'exchange' ? event : microsAt(bytes, at + 32);
    const symbol = symbolAt(bytes.readUInt32LE(at + 4), Number.isNaN(event) ? received : event);
    const price = (offset: number): number => priceAt(bytes, at + offset);
    if (kind === 'trades') {
      rows.trade(number, received, symbol, price(16), bytes.readUInt32LE(at + 24));
    } else if (kind === 'quotes') {
      rows.quote(number, received, symbol, side(price(48)), side(price(56)));
    } else {
      const volume = bytes.readUInt32LE(at + 52) * 2 ** 32 + bytes.readUInt32LE(at + 48);
      rows.bar(number, received, symbol, [price(16), price(24), price(32), price(40)], volume);
    }
  };

  return {
    push: (piece) => {
      let bytes = held.length === 0 ? piece : Buffer.concat([held, piece]);
      let at = 0;
      if (metadata === undefined) {
        try {
          const length = dbnMetadataLength(bytes);
          if (length === undefined || bytes.length < length) {
            held = bytes;
            return;
          }
          metadata = readDbnMetadata(bytes.subarray(0, length));
          bytes = bytes.subarray(length);
        } catch (error) {
          if (error instanceof DamagedDbn) throw damaged(path, error.message);
          throw error;
        }
      }
      while (at < bytes.length) {
        const length = bytes.readUInt8(at) * 4;
        if (length < RECORD_HEADER) {
          throw damaged(path, `its record ${number + 1} claims to be ${length} bytes long`);
        }
        if (at + length > bytes.length) break;
        record(bytes, at, length);
        at += length;
      }
      held = bytes.subarray(at);
    },
    end: () => {
      if (metadata === undefined) throw truncated(path, 'its metadata');
      if (held.length > 0) throw truncated(path, `its record ${number + 1}`);
      if (number > 0) return;
      throw new SourceError(
        'no-rows',
        path,
        'has metadata and no records',
        'There is nothing to replay.',
      );
    },
  };
}

/** The row's symbol is looked up once an instrument and day. */
function symbols(find: (instrument: number, day: number) => number) {
  const known = new Map<number, number>();
  let day = NaN;
  let date = 0;
  return (instrument: number, time: Micros): number => {
    const now = Math.floor(time / 86_400e6);
    if (now !== day) {
      known.clear();
      day = now;
      date = Number.isNaN(now) ? 0 : dateOf(now);
    }
    let index = known.get(instrument);
    if (index === undefined) {
      index = find(instrument, date);
      known.set(instrument, index);
    }
    return index;
  };
}

const dateOf = (day: number): number =>
  Number(new Date(day * 86_400_000).toISOString().slice(0, 10).replaceAll('-', ''));

/** Nanoseconds in 64 bits as microseconds, floored, without BigInt; NaN for an undefined time. */
function microsAt(bytes: Buffer, at: number): Micros {
  const low = bytes.readUInt32LE(at);
  const high = bytes.readUInt32LE(at + 4);
  if (high >= LATEST_HIGH) return NaN;
  const thousands = Math.floor(high / 1000);
  return thousands * 2 ** 32 + Math.floor(((high % 1000) * 2 ** 32 + low) / 1000);
}

/** Beyond it, microseconds exceed what a double holds; undefined times are all ones. */
const LATEST_HIGH = 0x7fffffff;

/** NaN for an undefined price. */
function priceAt(bytes: Buffer, at: number): number {
  const low = bytes.readUInt32LE(at);
  const high = bytes.readInt32LE(at + 4);
  if (high === 0x7fffffff && low === 0xffffffff) return NaN;
  return (high * 2 ** 32 + low) / PRICE_DIVISOR;
}

const side = (price: number): number => (Number.isNaN(price) ? 0 : price);

const unsupported = (path: string, found: string, advice: string): SourceError =>
  new SourceError('unsupported', path, found, advice);

const damaged = (path: string, found: string): SourceError =>
  new SourceError('damaged', path, `is damaged DBN: ${found}`, 'Fetch or copy the file again.');

const truncated = (path: string, where: string): SourceError =>
  new SourceError(
    'truncated',
    path,
    `ends too early, in ${where}`,
    `Fetch or copy ${basename(path)} again.`,
  );
