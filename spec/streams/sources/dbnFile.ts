/** A record of a DBN file for tests, from the documented layout: header, then whatever `write` puts. */
export interface DbnRecord {
  readonly rtype: number;
  readonly length: number;
  readonly instrument: number;
  readonly event: bigint;
  readonly write?: (view: DataView) => void;
}

export interface DbnFile {
  readonly version: 1 | 2 | 3;
  readonly schema: number;
  readonly mappings?: readonly {
    readonly raw: string;
    readonly intervals: readonly {
      readonly from: number;
      readonly to: number;
      readonly symbol: string;
    }[];
  }[];
  /** 0: instrument numbers, 1: raw symbols. */
  readonly stypeIn?: number;
  readonly stypeOut?: number;
  readonly records: readonly DbnRecord[];
}

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

/** The bytes of a DBN file, written independently of our reader. */
export function dbnFile(file: DbnFile): Buffer {
  const { version, schema, mappings = [], stypeIn = 1, stypeOut = 0, records } = file;
  const nameLength = version === 1 ? 22 : 71;
  const name = (text: string): Buffer => Buffer.from(text.padEnd(nameLength, '\0'), 'latin1');
  const fixed = Buffer.alloc(112);
  fixed.write('DBN', 'latin1');
  fixed.writeUInt8(version, 3);
  fixed.write('GLBX.MDP3', 8, 'latin1');
  fixed.writeUInt16LE(schema, 24);
  const stypes = version === 1 ? 58 : 50;
  fixed.writeUInt8(stypeIn, stypes);
  fixed.writeUInt8(stypeOut, stypes + 1);
  if (version > 1) fixed.writeUInt16LE(nameLength, 53);
  let metadata = Buffer.concat([
    fixed,
    u32(mappings.length),
    ...mappings.map(({ raw }) => name(raw)),
    u32(0),
    u32(1),
    name('NOT-FOUND'),
    u32(mappings.length),
    ...mappings.flatMap(({ raw, intervals }) => [
      name(raw),
      u32(intervals.length),
      ...intervals.flatMap(({ from, to, symbol }) => [u32(from), u32(to), name(symbol)]),
    ]),
  ]);
  if (version === 3) {
    metadata = Buffer.concat([metadata, Buffer.alloc((8 - (metadata.length % 8)) % 8)]);
  }
  metadata.writeUInt32LE(metadata.length - 8, 4);
  return Buffer.concat([metadata, ...records.map(bytesOf)]);
}

function bytesOf({ rtype, length, instrument, event, write }: DbnRecord): Buffer {
  const bytes = Buffer.alloc(length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, length);
  view.setUint8(0, length / 4);
  view.setUint8(1, rtype);
  view.setUint32(4, instrument, true);
  view.setBigUint64(8, event, true);
  write?.(view);
  return bytes;
}

export const UNDEFINED_PRICE = 2n ** 63n - 1n;

/** Prices are in thousand millionths. */
export const trade = (
  instrument: number,
  received: bigint,
  price: bigint,
  size: number,
  event = received - 1000n,
): DbnRecord => ({
  rtype: 0,
  length: 48,
  instrument,
  event,
  write: (view) => {
    view.setBigInt64(16, price, true);
    view.setUint32(24, size, true);
    view.setUint8(28, 'T'.charCodeAt(0));
    view.setBigUint64(32, received, true);
  },
});

export const topOfBook = (
  instrument: number,
  received: bigint,
  price: bigint,
  bid: bigint,
  ask: bigint,
): DbnRecord => ({
  ...trade(instrument, received, price, 5),
  rtype: 1,
  length: 80,
  write: (view) => {
    trade(instrument, received, price, 5).write?.(view);
    view.setBigInt64(48, bid, true);
    view.setBigInt64(56, ask, true);
  },
});

export const bar = (
  rtype: number,
  instrument: number,
  start: bigint,
  prices: readonly [bigint, bigint, bigint, bigint],
  volume: bigint,
): DbnRecord => ({
  rtype,
  length: 56,
  instrument,
  event: start,
  write: (view) => {
    prices.forEach((price, at) => {
      view.setBigInt64(16 + at * 8, price, true);
    });
    view.setBigUint64(48, volume, true);
  },
});
