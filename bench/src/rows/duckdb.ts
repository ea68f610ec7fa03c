import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { Row } from '../frame/table';
import { tickFile } from '../work/tickFile';
import type { FileKind } from '../work/tickFile';

const TYPES = `{timestamp: 'BIGINT', symbol: 'VARCHAR', price: 'DOUBLE', size: 'DOUBLE'}`;

type TableKind = Exclude<FileKind, 'arrow'>;

const tableOf = (kind: TableKind, path: string): string =>
  kind === 'parquet'
    ? `read_parquet('${path}')`
    : `read_csv('${path}', auto_detect = false, header = true, columns = ${TYPES})`;

/** The floor of the files: DuckDB streams the same columns into JavaScript, where each number is looked at once. */
export const duckdb = (kind: TableKind): Row => ({
  name: `duckdb-${kind}`,
  title: `DuckDB streaming alone, ${kind} (floor)`,
  compared: false,
  prepare: async ({ size }) => {
    const path = await tickFile(kind, size);
    return async () => {
      const { DuckDBInstance } = await import('@duckdb/node-api');
      const instance = await DuckDBInstance.create(':memory:', {
        memory_limit: '1GB',
        preserve_insertion_order: 'true',
      });
      const connection = await instance.connect();
      await connection.run("SET streaming_buffer_size = '16MB'");
      const result = await connection.stream(
        `SELECT timestamp::DOUBLE, price, size::DOUBLE, symbol FROM ${tableOf(kind, path)}`,
      );
      let rows = 0;
      let sum = 0;
      for (;;) {
        const chunk = await result.fetchChunk();
        if (chunk === null || chunk.rowCount === 0) break;
        for (let column = 0; column < 3; column += 1) sum += sumOf(doublesOf(chunk, column));
        rows += chunk.rowCount;
      }
      connection.closeSync();
      instance.closeSync();
      if (rows !== size || !(sum > 0)) throw new Error(`DuckDB read ${rows} of ${size} rows`);
      return { items: size };
    };
  },
});

function doublesOf(chunk: DuckDBDataChunk, column: number): Float64Array {
  const vector = chunk.getColumnVector(column);
  if ('items' in vector && vector.items instanceof Float64Array) return vector.items;
  throw new TypeError(`column ${column} holds no doubles`);
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i] as number;
  return sum;
}
