import type { DuckDBDataChunk } from '@duckdb/node-api';
import { validityOf } from './float64Column';
import type { SymbolKeys } from './symbolKeys';
import { nameIndexes, SHORT_NAME } from './symbolKeys';

const FEWEST_SLOTS = 256;

/** Words of a slot: those of a name, its index, and 1: whether it is taken. */
const SLOT = 8;

/**
 * Indexes of names that are short, detected by their bytes, so that DuckDB need not compute anything. A long
 * one is found as well, at many times the cost. Appends to `names` those that it meets.
 */
export function shortNames(names: string[]): SymbolKeys {
  const indexOf = nameIndexes(names);
  let slots = new Int32Array(SLOT * FEWEST_SLOTS);
  let taken = 0;

  const slotOf = (words: Int32Array, at: number): number => {
    const length = words[at] as number;
    const one = words[at + 1] as number;
    const two = words[at + 2] as number;
    const three = words[at + 3] as number;
    let hash = Math.imul(one, 0x85ebca6b) ^ Math.imul(two, 0xc2b2ae35) ^ three ^ length;
    // The last letters, in which names differ most, are the highest bits of their word.
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash ^= hash >>> 13;
    const last = slots.length - SLOT;
    let slot = (hash << 3) & last;
    while (
      slots[slot + 5] === 1 &&
      (slots[slot] !== length ||
        slots[slot + 1] !== one ||
        slots[slot + 2] !== two ||
        slots[slot + 3] !== three)
    ) {
      slot = (slot + SLOT) & last;
    }
    return slot;
  };
  const put = (words: Int32Array, at: number, index: number): void => {
    const slot = slotOf(words, at);
    slots.set(words.subarray(at, at + 4), slot);
    slots[slot + 4] = index;
    slots[slot + 5] = 1;
  };
  const add = (words: Int32Array, at: number, name: unknown): number => {
    const index = indexOf(name);
    taken += 1;
    if (taken * 2 * SLOT > slots.length) {
      const before = slots;
      slots = new Int32Array(before.length * 2);
      for (let slot = 0; slot < before.length; slot += SLOT) {
        if (before[slot + 5] === 1) put(before, slot, before[slot + 4] as number);
      }
    }
    put(words, at, index);
    return index;
  };

  return {
    indexes: (chunk, column, into) => {
      const vector = chunk.getColumnVector(column);
      const words = wordsOf(vector, column);
      for (let row = 0; row < words.length / 4; row += 1) {
        const at = 4 * row;
        if ((words[at] as number) > SHORT_NAME) into[row] = indexOf(vector.getItem(row));
        else {
          const slot = slotOf(words, at);
          into[row] =
            slots[slot + 5] === 1
              ? (slots[slot + 4] as number)
              : add(words, at, vector.getItem(row));
        }
      }
    },
  };
}

/** Four words for each name; of one that is not there, they are those of a name of nothing. */
function wordsOf(
  vector: ReturnType<DuckDBDataChunk['getColumnVector']>,
  column: number,
): Int32Array {
  if (!('dataView' in vector) || !(vector.dataView instanceof DataView)) {
    throw new TypeError(`column ${column} of the scan holds no names`);
  }
  const { buffer, byteOffset, byteLength } = vector.dataView;
  const words = new Int32Array(buffer, byteOffset, byteLength / 4);
  const valid = validityOf(vector);
  if (valid !== undefined) {
    for (let row = 0; row < words.length / 4; row += 1) {
      const isThere = ((valid[row >> 5] as number) & (1 << (row & 31))) !== 0;
      if (!isThere) words.fill(0, 4 * row, 4 * row + 4);
    }
  }
  return words;
}
