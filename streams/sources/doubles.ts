import type { DuckDBDataChunk } from '@duckdb/node-api';

/** A column of doubles as it lies in the chunk. Nulls must have been replaced in SQL. */
export function doubles(chunk: DuckDBDataChunk, column: number): Float64Array {
  const vector = chunk.getColumnVector(column);
  if ('items' in vector && vector.items instanceof Float64Array) return vector.items;
  throw new TypeError(`column ${column} of the scan holds no doubles`);
}
