import { dbnSchema, dbnVersion } from '../bytes/dbnMetadata';
import { SourceError } from '../sourceError';
import { truncatedDbn } from './dbnErrors';
import type { Head } from './format';

/** By the number that the metadata have. */
export const SCHEMAS: Readonly<Record<number, string>> = {
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

/** How long records of a type are. */
export const LENGTHS: Readonly<Record<number, number>> = {
  [TRADE]: 48,
  [MBP_1]: 80,
  0x20: 56,
  0x21: 56,
  0x22: 56,
  0x23: 56,
};

/** Names of record types that are passed over. */
export const OTHERS: Readonly<Record<number, string>> = {
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

/**
 * The records that a file's rows are made of. Throws a `SourceError` where the metadata are cut, of a
 * version that is not known, or of a schema without such records.
 */
export function typeOf({ path, bytes, ended }: Head): { schema: string; rtype: number } {
  if (bytes.length < 112 && ended) throw truncatedDbn(path, 'its metadata');
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

const unsupported = (path: string, found: string, advice: string): SourceError =>
  new SourceError('SOURCE_UNSUPPORTED', path, found, advice);
