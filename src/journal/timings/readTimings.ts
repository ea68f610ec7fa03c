import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { JournalError, reasonOf, systemCodeOf } from '../journalError';
import { checkRegularFile } from '../regularFile';
import {
  BLOCK_HEAD_BYTES,
  FILE_HEAD_BYTES,
  fill,
  KIND,
  MAGIC,
  TIMINGS_VERSION,
} from './timingFormat';
import type { Column, TimedSeries, TimingHead } from './timingFormat';

/** Service times of a run, item by item, in columns. Times are milliseconds unless said otherwise. */
export interface Timings extends TimingHead {
  readonly series: readonly TimedSeries[];
  /** What the processor served, in order. */
  readonly items: {
    readonly length: number;
    /** Market time of the release: epoch microseconds. */
    readonly time: Float64Array;
    /** When it was due, on the run's clock. */
    readonly due: Float64Array;
    readonly service: Float64Array;
    /** Index of the series, -1 for a watermark, which takes time but is not counted. */
    readonly series: Int32Array;
  };
  /** What analysis served, in order. */
  readonly updates: {
    readonly length: number;
    readonly service: Float64Array;
    /** Index of the item that caused it. */
    readonly cause: Uint32Array;
    readonly series: Int32Array;
    /** Of the service, the time in which a strategy was awaited; none where nothing was. */
    readonly awaited?: Float32Array;
    /** Where its parts begin; one more entry than there are updates. */
    readonly firstPart: Uint32Array;
  };
  /** What inboxes dropped, in no order; absent where nothing was. */
  readonly dropped?: {
    readonly length: number;
    /** Market time of the release: epoch microseconds. */
    readonly time: Float64Array;
    readonly due: Float64Array;
    readonly series: Int32Array;
    /** Of an update, the index of the item that caused it; `NO_CAUSE` of an item that was never processed. */
    readonly cause: Uint32Array;
  };
  /** What each strategy took of an update, as measured. */
  readonly parts: {
    readonly length: number;
    readonly took: Float32Array;
    /** Index of the strategy. */
    readonly strategy: Uint16Array;
  };
}

interface Block {
  readonly kind: number;
  readonly rows: number;
  readonly parts: number;
  readonly length: number;
  readonly crc: number;
  /** Where its payload begins. */
  readonly at: number;
}

/**
 * Reads a file of service times, finished or not. Throws a `JournalError` where there is none, where
 * it is damaged, or of a newer version.
 */
export function readTimings(path: string): Timings {
  let fd: number | undefined;
  try {
    checkRegularFile(path);
    fd = openSync(path, 'r');
    return readAll(bytesOfFile(fd), path);
  } catch (error) {
    if (error instanceof JournalError) throw error;
    const code = systemCodeOf(error) === 'ENOENT' ? 'JOURNAL_MISSING' : 'JOURNAL_UNREADABLE';
    throw new JournalError(code, path, reasonOf(error), undefined, error);
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}

/** The same of blocks that were never written. */
export function timingsIn(blocks: readonly Buffer[]): Timings {
  const all = Buffer.concat(blocks);
  const read = (position: number, length: number): Buffer =>
    all.subarray(position, position + length);
  return readAll({ size: all.length, read }, 'memory');
}

/** What service times are read from. */
interface Bytes {
  readonly size: number;
  /** Fewer bytes where there are no more. */
  readonly read: (position: number, length: number) => Buffer;
}

const bytesOfFile = (fd: number): Bytes => ({
  size: fstatSync(fd).size,
  read: (position, length) => {
    const buffer = Buffer.alloc(length);
    return buffer.subarray(0, readSync(fd, buffer, 0, length, position));
  },
});

function readAll(bytes: Bytes, path: string): Timings {
  const { head, end } = readHead(bytes, path);
  const blocks = blocksOf(bytes, end);
  const total = (kind: number, of: 'rows' | 'parts'): number =>
    blocks.filter((block) => block.kind === kind).reduce((sum, block) => sum + block[of], 0);
  const items = total(KIND.items, 'rows');
  const updates = total(KIND.updates, 'rows');
  const parts = total(KIND.updates, 'parts');
  const itemColumns = {
    time: new Float64Array(items),
    due: new Float64Array(items),
    service: new Float64Array(items),
    series: new Int32Array(items),
  };
  const updateColumns = {
    service: new Float64Array(updates),
    cause: new Uint32Array(updates),
    series: new Int32Array(updates),
    count: new Uint32Array(updates),
  };
  const partColumns = { took: new Float32Array(parts), strategy: new Uint16Array(parts) };
  const series: TimedSeries[] = [];
  const lost = total(KIND.dropped, 'rows');
  const droppedColumns = {
    time: new Float64Array(lost),
    due: new Float64Array(lost),
    series: new Int32Array(lost),
    cause: new Uint32Array(lost),
  };
  const filled = { items: 0, updates: 0, parts: 0, dropped: 0 };
  let awaited: Float32Array | undefined;
  for (const block of blocks) {
    const payload = payloadOf(bytes, block, path);
    if (block.kind === KIND.series) {
      // One by one: a spread of a hundred thousand arguments overflows the stack.
      for (const one of JSON.parse(payload.toString('utf8')) as TimedSeries[]) series.push(one);
    } else if (block.kind === KIND.items) {
      pour(payload, Object.values(itemColumns), filled.items, block.rows);
      filled.items += block.rows;
    } else if (block.kind === KIND.updates) {
      const rest = pour(payload, Object.values(updateColumns), filled.updates, block.rows);
      pour(rest, Object.values(partColumns), filled.parts, block.parts);
      filled.updates += block.rows;
      filled.parts += block.parts;
    } else if (block.kind === KIND.awaited) {
      awaited ??= new Float32Array(updates);
      const which = new Uint32Array(block.rows);
      const ms = new Float32Array(block.rows);
      pour(payload, [which, ms], 0, block.rows);
      for (const [row, update] of which.entries()) awaited[update] = ms[row] as number;
    } else if (block.kind === KIND.dropped) {
      pour(payload, Object.values(droppedColumns), filled.dropped, block.rows);
      filled.dropped += block.rows;
    }
  }
  const { count, ...columns } = updateColumns;
  const known = knownCauses(columns.cause, items);
  return {
    ...head,
    series,
    items: { length: items, ...itemColumns },
    updates: {
      length: known,
      service: columns.service.subarray(0, known),
      cause: columns.cause.subarray(0, known),
      series: columns.series.subarray(0, known),
      ...(awaited === undefined ? {} : { awaited: awaited.subarray(0, known) }),
      firstPart: sumsOf(count.subarray(0, known)),
    },
    ...(lost === 0 ? {} : { dropped: { length: lost, ...droppedColumns } }),
    parts: { length: parts, ...partColumns },
  };
}

/** How many updates have their cause among the items: a thread that broke may not have reported its last ones. */
function knownCauses(cause: Uint32Array, items: number): number {
  let known = cause.length;
  while (known > 0 && (cause[known - 1] as number) >= items) known -= 1;
  return known;
}

function readHead(bytes: Bytes, path: string): { head: TimingHead; end: number } {
  const start = bytes.read(0, FILE_HEAD_BYTES);
  if (start.length < FILE_HEAD_BYTES || start.toString('latin1', 0, 8) !== MAGIC) {
    const text = 'no service times: it does not begin like a file of service times.';
    throw new JournalError('JOURNAL_INVALID', path, text);
  }
  const version = start.readUInt32LE(8);
  if (version > TIMINGS_VERSION) {
    const text = `service times of version ${version}; this one reads up to ${TIMINGS_VERSION}. Read them with the version of barometer that wrote them.`;
    throw new JournalError('JOURNAL_NEWER', path, text);
  }
  const length = start.readUInt32LE(12);
  const json = bytes.read(FILE_HEAD_BYTES, length).toString('utf8');
  return { head: JSON.parse(json) as TimingHead, end: FILE_HEAD_BYTES + length };
}

/** The whole ones; the last one may still be being written. */
function blocksOf(bytes: Bytes, from: number): Block[] {
  const { size } = bytes;
  const blocks: Block[] = [];
  for (let at = from; at + BLOCK_HEAD_BYTES <= size;) {
    const head = bytes.read(at, BLOCK_HEAD_BYTES);
    const [kind = 0, rows = 0, parts = 0, length = 0, crc = 0] = [0, 4, 8, 12, 16].map((offset) =>
      head.readUInt32LE(offset),
    );
    at += BLOCK_HEAD_BYTES;
    if (at + length > size) break;
    blocks.push({ kind, rows, parts, length, crc, at });
    at += length;
  }
  return blocks;
}

function payloadOf(bytes: Bytes, { at, length, crc }: Block, path: string): Buffer {
  const payload = bytes.read(at, length);
  if (payload.length === length && crc32(payload) === crc) return payload;
  const text = `the block at byte ${at - BLOCK_HEAD_BYTES} is damaged. Record the run anew.`;
  throw new JournalError('JOURNAL_DAMAGED', path, text);
}

/** Puts columns that follow one another into theirs; returns what is left of the bytes. */
function pour(bytes: Buffer, columns: readonly Column[], from: number, rows: number): Buffer {
  let at = 0;
  for (const column of columns) {
    const length = rows * column.BYTES_PER_ELEMENT;
    fill(column, from, bytes.subarray(at, at + length));
    at += length;
  }
  return bytes.subarray(at);
}

function sumsOf(counts: Uint32Array): Uint32Array {
  const sums = new Uint32Array(counts.length + 1);
  for (let i = 0; i < counts.length; i += 1) {
    sums[i + 1] = (sums[i] as number) + (counts[i] as number);
  }
  return sums;
}
