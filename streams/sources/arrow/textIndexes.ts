/**
 * Indexes of names that lie as bytes in a column: a name is made a string once, and then known by its
 * bytes, which costs a tenth.
 */
export interface TextIndexes {
  /** Names of rows `offsets[row]` to `offsets[row + 1]`. */
  read(bytes: Uint8Array, offsets: Int32Array, from: number, into: Uint32Array): void;
}

const FEWEST_SLOTS = 1024;

export function textIndexes(indexOf: (name: string) => number): TextIndexes {
  /** Numbers of known names, counted from 1, by the hash of their bytes. */
  let slots = new Int32Array(FEWEST_SLOTS);
  const names: Uint8Array[] = [];
  const hashes: number[] = [];
  const indexes: number[] = [];

  const place = (hash: number, number: number): void => {
    let slot = hash & (slots.length - 1);
    while (slots[slot] !== 0) slot = (slot + 1) & (slots.length - 1);
    slots[slot] = number;
  };
  const add = (name: Uint8Array, hash: number): number => {
    const index = indexOf(Buffer.from(name).toString('utf8'));
    names.push(name.slice());
    hashes.push(hash);
    indexes.push(index);
    if (names.length * 2 > slots.length) {
      slots = new Int32Array(slots.length * 2);
      hashes.forEach((known, at) => {
        place(known, at + 1);
      });
    } else place(hash, names.length);
    return index;
  };

  return {
    read: (bytes, offsets, from, into) => {
      for (let row = 0; row < into.length; row += 1) {
        const start = offsets[from + row] as number;
        const end = offsets[from + row + 1] as number;
        let hash = end - start;
        for (let at = start; at < end; at += 1)
          hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193);
        hash ^= hash >>> 15;
        let slot = hash & (slots.length - 1);
        for (;;) {
          const number = slots[slot] as number;
          if (number === 0) {
            into[row] = add(bytes.subarray(start, end), hash);
            break;
          }
          if (
            hashes[number - 1] === hash &&
            isSame(names[number - 1] as Uint8Array, bytes, start, end)
          ) {
            into[row] = indexes[number - 1] as number;
            break;
          }
          slot = (slot + 1) & (slots.length - 1);
        }
      }
    },
  };
}

function isSame(name: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  if (name.length !== end - start) return false;
  for (let at = 0; at < name.length; at += 1) if (name[at] !== bytes[start + at]) return false;
  return true;
}
