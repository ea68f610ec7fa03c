import { closeSync, openSync, writeSync } from 'node:fs';
import {
  Field,
  Float64,
  RecordBatch,
  RecordBatchFileWriter,
  Schema,
  Struct,
  TimestampMicrosecond,
  Utf8,
  makeData,
  vectorFromArray,
} from 'apache-arrow';
import type { Data } from 'apache-arrow';
import type { Ticks } from './ticks';

/** Rows of a record batch, as pyarrow and polars write them. */
const BATCH_ROWS = 65_536;

const fields = [
  new Field('timestamp', new TimestampMicrosecond(), false),
  new Field('symbol', new Utf8(), false),
  new Field('price', new Float64(), false),
  new Field('size', new Float64(), false),
];

/** Writes ticks as Arrow IPC in the file format, uncompressed. */
export async function writeArrow(ticks: Ticks, path: string): Promise<void> {
  const file = openSync(path, 'w');
  const writer = new RecordBatchFileWriter();
  const bytes = writer[Symbol.asyncIterator]();
  const written = (async (): Promise<void> => {
    for (;;) {
      const piece = await bytes.next();
      if (piece.done === true) return;
      writeSync(file, piece.value);
    }
  })();
  for (let from = 0; from < ticks.length; from += BATCH_ROWS) {
    const to = Math.min(from + BATCH_ROWS, ticks.length);
    writer.write(batchOf(ticks, from, to));
  }
  writer.close();
  await written;
  closeSync(file);
}

function batchOf(ticks: Ticks, from: number, to: number): RecordBatch {
  const { symbols, symbol, time, price, size } = ticks;
  const length = to - from;
  const stamps = BigInt64Array.from({ length }, (_, row) => BigInt(time[from + row] as number));
  const names = Array.from(symbol.subarray(from, to), (index) => symbols[index] as string);
  const doubles = (column: Float64Array): Data =>
    makeData({ type: new Float64(), length, data: column.subarray(from, to) });
  const children = [
    makeData({ type: new TimestampMicrosecond(), length, data: stamps }),
    vectorFromArray(names, new Utf8()).data[0] as Data,
    doubles(price),
    doubles(size),
  ];
  const type = new Struct(fields);
  return new RecordBatch(new Schema(fields), makeData({ type, length, nullCount: 0, children }));
}
