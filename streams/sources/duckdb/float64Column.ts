import type { DuckDBDataChunk } from '@duckdb/node-api';

/**
 * A column of doubles as it lies in the chunk, `missing` being where there are nulls: to have SQL put
 * it there costs a tenth of the scan.
 */
export function float64Column(
  chunk: DuckDBDataChunk,
  column: number,
  missing: number,
): Float64Array {
  const vector = chunk.getColumnVector(column);
  if ('items' in vector && vector.items instanceof Float64Array) {
    const { items } = vector;
    const words = validityOf(vector);
    if (words !== undefined) replaceNulls(items, words, missing);
    return items;
  }
  throw new TypeError(`column ${column} of the scan holds no doubles`);
}

/** A bit for each value, which is 0 where there is none; nothing where all are there. */
export function validityOf(vector: object): Uint32Array | undefined {
  const validity: unknown = 'validity' in vector ? vector.validity : undefined;
  if (typeof validity !== 'object' || validity === null || !('data' in validity)) {
    throw new TypeError('a column of the scan does not say which of its values are there');
  }
  const { data } = validity;
  if (!(data instanceof BigUint64Array)) return undefined;
  return new Uint32Array(data.buffer, data.byteOffset, data.length * 2);
}

const ALL = 0xffffffff;

function replaceNulls(items: Float64Array, words: Uint32Array, missing: number): void {
  for (let word = 0; word * 32 < items.length; word += 1) {
    const bits = words[word] as number;
    if (bits === ALL) continue;
    const end = Math.min(word * 32 + 32, items.length);
    for (let row = word * 32; row < end; row += 1) {
      if ((bits & (1 << (row & 31))) === 0) items[row] = missing;
    }
  }
}
