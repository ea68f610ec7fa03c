import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { SymbolKeys } from './symbolKeys';
import { nameIndexes } from './symbolKeys';

const FEWEST_SLOTS = 1024;

/**
 * Indexes of names, detected by the 64-bit hash that DuckDB computes of each, which is in the column before
 * them: reading a long string out of a vector costs more than all the rest of a row, so that is done
 * once a name. Among a million names, two have the same hash once in thirty million files.
 */
export function hashedNames(names: string[]): SymbolKeys {
  /** A slot is a hash in two words, an index, and 1: whether it is taken. */
  let slots = new Int32Array(4 * FEWEST_SLOTS);
  let taken = 0;
  const indexOf = nameIndexes(names);

  const slotOf = (low: number, high: number): number => {
    const last = slots.length - 4;
    let slot = (low << 2) & last;
    while (slots[slot + 3] === 1 && (slots[slot] !== low || slots[slot + 1] !== high)) {
      slot = (slot + 4) & last;
    }
    return slot;
  };
  const put = (low: number, high: number, index: number): void => {
    slots.set([low, high, index, 1], slotOf(low, high));
  };
  const add = (low: number, high: number, name: unknown): number => {
    const index = indexOf(name);
    taken += 1;
    if (taken * 8 > slots.length) {
      const before = slots;
      slots = new Int32Array(before.length * 2);
      for (let at = 0; at < before.length; at += 4) {
        const [one, two, three, four] = before.subarray(at, at + 4) as unknown as number[];
        if (four === 1) put(one as number, two as number, three as number);
      }
    }
    put(low, high, index);
    return index;
  };

  return {
    indexes: (chunk, at, into) => {
      const words = hashes(chunk, at - 1);
      for (let row = 0; row < words.length / 2; row += 1) {
        const low = words[2 * row] as number;
        const high = words[2 * row + 1] as number;
        const slot = slotOf(low, high);
        into[row] =
          slots[slot + 3] === 1
            ? (slots[slot + 2] as number)
            : add(low, high, chunk.getColumnVector(at).getItem(row));
      }
    },
  };
}

function hashes(chunk: DuckDBDataChunk, column: number): Int32Array {
  const vector = chunk.getColumnVector(column);
  if ('items' in vector && vector.items instanceof BigUint64Array) {
    const { buffer, byteOffset, length } = vector.items;
    return new Int32Array(buffer, byteOffset, length * 2);
  }
  throw new TypeError(`column ${column} of the scan holds no hashes`);
}
