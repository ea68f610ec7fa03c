import type { DuckDBDataChunk } from '@duckdb/node-api';
import { doubles } from './doubles';

/**
 * Indexes of names, told by a number that DuckDB computes from each: reading a string out of a
 * vector costs more than all the rest of a row, so that is done once a name. The number has 53 bits:
 * among ten thousand names, two are alike once in a hundred million files.
 */
export function symbolKeys(names: string[]): {
  indexes(chunk: DuckDBDataChunk, keyColumn: number, into: Uint32Array): void;
} {
  const known = new Map<number, number>();
  return {
    indexes: (chunk, keyColumn, into) => {
      const keys = doubles(chunk, keyColumn);
      let last = NaN;
      let index = 0;
      for (let row = 0; row < keys.length; row += 1) {
        const key = keys[row] as number;
        if (key !== last) {
          last = key;
          if (key < 0) index = NO_SYMBOL;
          else {
            const found = known.get(key);
            if (found !== undefined) index = found;
            else {
              index = names.length;
              known.set(key, index);
              names.push(String(chunk.getColumnVector(keyColumn + 1).getItem(row)));
            }
          }
        }
        into[row] = index;
      }
    },
  };
}

export const NO_SYMBOL = 0xffffffff;
