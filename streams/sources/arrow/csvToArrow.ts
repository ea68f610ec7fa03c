import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { Data, Vector } from 'apache-arrow';
import { database, quoteName } from '../duckdb/duckdb';
import { ownCsvSql } from '../csv/csvToParquet';
import { requireOptional } from '../../optionalPackage';

/**
 * Writes a CSV file of ours again as an Arrow IPC file, its columns having the DuckDB types that are
 * said: VARCHAR, BIGINT, DOUBLE and BOOLEAN. It streams: memory stays bounded.
 */
export async function csvToArrow(
  csv: string,
  arrow: string,
  columns: Readonly<Record<string, string>>,
): Promise<void> {
  const { RecordBatch, RecordBatchFileWriter, Struct, makeData, Field, Schema } = requireOptional(
    'apache-arrow',
    'Writing Arrow files',
    () => require('apache-arrow') as typeof import('apache-arrow'),
  );
  const vectors = vectorsOf(Object.values(columns));
  const duckdb = database({ tempDirectory: dirname(arrow), memoryLimit: '512MB' });
  const connection = await duckdb.connect();
  const file = await open(arrow, 'w');
  const writer = new RecordBatchFileWriter();
  const bytes = writer[Symbol.asyncIterator]();
  let written = false;
  const drain = async (): Promise<void> => {
    for (;;) {
      const result = await bytes.next();
      if (result.done === true) return;
      await file.write(result.value);
    }
  };
  const draining = drain();
  try {
    const names = Object.keys(columns);
    const rows = (
      await connection.run(`SELECT count(*) FROM ${ownCsvSql(csv, columns)}`)
    ).getRows();
    const expected = Number((await rows)[0]?.[0]);
    const selected = names.map(quoteName).join(', ');
    const result = await connection.stream(`SELECT ${selected} FROM ${ownCsvSql(csv, columns)}`);
    let seen = 0;
    let chunks: DuckDBDataChunk[] = [];
    const write = (): void => {
      const length = chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0);
      const children = vectors.map((read, at) => read(chunks, at).data[0] as Data);
      const fields = names.map((name, at) => new Field(name, (children[at] as Data).type, false));
      const type = new Struct(fields);
      const data = makeData({ type, length, nullCount: 0, children });
      writer.write(new RecordBatch(new Schema(fields), data));
      written = true;
      chunks = [];
    };
    for (;;) {
      const chunk = await result.fetchChunk();
      if (chunk === null || chunk.rowCount === 0) break;
      seen += chunk.rowCount;
      if (chunks.push(chunk) === BATCH_CHUNKS) write();
    }
    if (chunks.length > 0 || !written) write();
    // A stream of DuckDB's that fails half-way just ends.
    if (seen !== expected) throw new Error(`${seen} of ${expected} rows could be read back`);
    writer.close();
    await draining;
  } finally {
    if (!written) writer.abort();
    await file.close();
    duckdb.release(connection);
  }
}

/** Chunks of DuckDB's that make one batch: 65,536 rows. */
const BATCH_CHUNKS = 32;

type ReadVector = (chunks: readonly DuckDBDataChunk[], column: number) => Vector;

function vectorsOf(types: readonly string[]): readonly ReadVector[] {
  const { Bool, Int64, Utf8, makeData, makeVector, vectorFromArray } = requireOptional(
    'apache-arrow',
    'Writing Arrow files',
    () => require('apache-arrow') as typeof import('apache-arrow'),
  );
  const values = (chunks: readonly DuckDBDataChunk[], column: number): unknown[] =>
    chunks.flatMap((chunk) => {
      const vector = chunk.getColumnVector(column);
      return Array.from({ length: chunk.rowCount }, (_, row) => vector.getItem(row));
    });
  return types.map((type): ReadVector => {
    switch (type) {
      case 'DOUBLE':
        return (chunks, at) =>
          makeVector(
            Float64Array.from(values(chunks, at) as (number | null)[], (value) => value ?? NaN),
          );
      case 'BIGINT':
        return (chunks, at) => {
          const data = BigInt64Array.from(values(chunks, at) as bigint[]);
          return makeVector(makeData({ type: new Int64(), length: data.length, data }));
        };
      case 'BOOLEAN':
        return (chunks, at) => vectorFromArray(values(chunks, at) as boolean[], new Bool());
      default:
        return (chunks, at) =>
          vectorFromArray(
            (values(chunks, at) as (string | null)[]).map((value) => value ?? ''),
            new Utf8(),
          );
    }
  });
}
