import { crc32 } from 'node:zlib';
import { BLOCK_HEAD_BYTES, bytesOf, FILE_HEAD_BYTES, KIND, MAGIC } from './timingFormat';
import { padded, TIMINGS_VERSION } from './timingFormat';
import type { Column, TimedSeries, TimingHead } from './timingFormat';

export function fileHeadOf(head: TimingHead): Buffer {
  const json = Buffer.from(JSON.stringify(head));
  const length = padded(json.length);
  const bytes = Buffer.alloc(FILE_HEAD_BYTES + length, ' ');
  bytes.write(MAGIC, 'latin1');
  bytes.writeUInt32LE(TIMINGS_VERSION, 8);
  bytes.writeUInt32LE(length, 12);
  json.copy(bytes, FILE_HEAD_BYTES);
  return bytes;
}

export function seriesBlockOf(series: readonly TimedSeries[]): Buffer {
  const json = Buffer.from(JSON.stringify(series));
  return blockOf(KIND.series, series.length, 0, [json], ' ');
}

export function columnsBlockOf(
  kind: number,
  rows: number,
  parts: number,
  columns: readonly Column[],
): Buffer {
  return blockOf(kind, rows, parts, columns.map(bytesOf));
}

function blockOf(
  kind: number,
  rows: number,
  parts: number,
  pieces: readonly Buffer[],
  padding: string | number = 0,
): Buffer {
  const length = padded(pieces.reduce((sum, piece) => sum + piece.length, 0));
  const bytes = Buffer.alloc(BLOCK_HEAD_BYTES + length, padding);
  let at = BLOCK_HEAD_BYTES;
  for (const piece of pieces) at += piece.copy(bytes, at);
  const numbers = [kind, rows, parts, length, crc32(bytes.subarray(BLOCK_HEAD_BYTES)), 0];
  for (const [index, number] of numbers.entries()) bytes.writeUInt32LE(number, index * 4);
  return bytes;
}
