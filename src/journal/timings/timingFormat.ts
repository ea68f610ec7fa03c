import { endianness } from 'node:os';

/**
 * A file of service times beside a journal: `RUN.timings`.
 *
 * ```
 * file    = "BAROTIME" version:u32 length:u32 head:JSON[length] block*
 * block   = kind:u32 rows:u32 parts:u32 length:u32 crc32:u32 0:u32 payload[length]
 * series  = JSON                                              (kind 1)
 * items   = time:f64[rows] due:f64[rows] service:f64[rows] series:i32[rows]      (kind 2)
 * updates = service:f64[rows] cause:u32[rows] series:i32[rows] count:u32[rows]
 *           took:f32[parts] strategy:u16[parts]                                  (kind 3)
 * awaited = update:u32[rows] ms:f32[rows]                                        (kind 4)
 * dropped = time:f64[rows] due:f64[rows] series:i32[rows] cause:u32[rows]        (kind 5)
 * ```
 *
 * Little endian; head and payloads are padded to a multiple of 8, so that columns can be read in
 * place. Blocks of other kinds are passed over; a block that is not whole is a torn end. Series are
 * numbered in the order in which they stand in their blocks, each before its first row.
 */
export const MAGIC = 'BAROTIME';
export const TIMINGS_VERSION = 1;
export const FILE_HEAD_BYTES = 16;
export const BLOCK_HEAD_BYTES = 24;
export const KIND = { series: 1, items: 2, updates: 3, awaited: 4, dropped: 5 } as const;

/** The series of a watermark. */
export const NO_SERIES = -1;

/** The cause of an item that was dropped before the processor. */
export const NO_CAUSE = 0xffff_ffff;

/** What the whole file is about. */
export interface TimingHead {
  readonly run: string;
  /** Parts of an update name them by their index. */
  readonly strategies: readonly string[];
  /** Base first. */
  readonly intervals: readonly string[];
}

export interface TimedSeries {
  readonly symbol: string;
  readonly interval: string;
}

export type Column = Float64Array | Float32Array | Uint32Array | Int32Array | Uint16Array;

const SWAPS = endianness() === 'BE';

export const padded = (bytes: number): number => Math.ceil(bytes / 8) * 8;

/** A column's bytes in little endian; on nearly every machine the column's own memory. */
export function bytesOf(column: Column): Buffer {
  const bytes = Buffer.from(column.buffer, column.byteOffset, column.byteLength);
  return SWAPS ? swapped(Buffer.from(bytes), column.BYTES_PER_ELEMENT) : bytes;
}

/** Puts little-endian bytes into a part of a column. */
export function fill(column: Column, from: number, bytes: Uint8Array): void {
  const size = column.BYTES_PER_ELEMENT;
  const own = new Uint8Array(column.buffer, column.byteOffset + from * size, bytes.length);
  own.set(bytes);
  if (SWAPS) swapped(Buffer.from(own.buffer, own.byteOffset, own.length), size);
}

function swapped(bytes: Buffer, size: number): Buffer {
  if (size === 2) return bytes.swap16();
  return size === 8 ? bytes.swap64() : bytes.swap32();
}
