/**
 * Indexes of names that lie as bytes in a column: a name is made a string once, and then known by its
 * bytes, which costs a twentieth.
 */
interface TextIndexes {
  /** Names of rows `offsets[row]` to `offsets[row + 1]`. */
  read(bytes: Uint8Array, offsets: Int32Array, from: number, into: Uint32Array): void;
}

const FEWEST_SLOTS = 1024;

/** Words of a slot: a name's length, first and last four bytes, and its number, counted from 1. */
const SLOT = 4;
/** Names up to this length are detected by their slot, longer ones by all their bytes. */
const SHORT = 8;

export function textIndexes(indexOf: (name: string) => number): TextIndexes {
  let slots = new Int32Array(SLOT * FEWEST_SLOTS);
  const names: Uint8Array[] = [];
  const indexes: number[] = [];

  /** Where a name's slot is, or the free one that it would have. */
  const slotOf = (
    first: number,
    last: number,
    bytes: Uint8Array,
    start: number,
    end: number,
  ): number => {
    const length = end - start;
    let hash = Math.imul(first, 0x85ebca6b) ^ Math.imul(last, 0xc2b2ae35) ^ length;
    if (length > SHORT) hash = middleOf(bytes, start + 4, end - 4, hash);
    // The last letters, in which names differ most, are the highest bits of their word.
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash ^= hash >>> 13;
    const mask = slots.length - SLOT;
    let slot = (hash << 2) & mask;
    for (;;) {
      const number = slots[slot + 3] as number;
      if (number === 0) return slot;
      if (
        slots[slot] === length &&
        slots[slot + 1] === first &&
        slots[slot + 2] === last &&
        (length <= SHORT || isSame(names[number - 1] as Uint8Array, bytes, start))
      ) {
        return slot;
      }
      slot = (slot + SLOT) & mask;
    }
  };
  const put = (name: Uint8Array, number: number): void => {
    const view = new DataView(name.buffer);
    const first = firstOf(view, 0, name.length);
    const last = lastOf(view, 0, name.length);
    const slot = slotOf(first, last, name, 0, name.length);
    slots.set([name.length, first, last, number], slot);
  };
  const add = (bytes: Uint8Array): number => {
    const name = Uint8Array.from(bytes);
    const index = indexOf(Buffer.from(name).toString('utf8'));
    names.push(name);
    indexes.push(index);
    if (names.length * 2 * SLOT > slots.length) {
      slots = new Int32Array(slots.length * 2);
      names.forEach((known, at) => {
        put(known, at + 1);
      });
    } else put(name, names.length);
    return index;
  };

  return {
    read: (bytes, offsets, from, into) => {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      for (let row = 0; row < into.length; row += 1) {
        const start = offsets[from + row] as number;
        const end = offsets[from + row + 1] as number;
        const first = firstOf(view, start, end);
        const slot = slotOf(first, lastOf(view, start, end), bytes, start, end);
        const number = slots[slot + 3] as number;
        into[row] =
          number === 0 ? add(bytes.subarray(start, end)) : (indexes[number - 1] as number);
      }
    },
  };
}

/** The first four bytes, or all there are. */
function firstOf(view: DataView, start: number, end: number): number {
  if (end - start >= 4) return view.getInt32(start, true);
  let word = 0;
  for (let at = start; at < end; at += 1) word = (word << 8) | view.getUint8(at);
  return word;
}

/** The last four bytes, nothing where these are not that many. */
const lastOf = (view: DataView, start: number, end: number): number =>
  end - start >= 4 ? view.getInt32(end - 4, true) : 0;

function middleOf(bytes: Uint8Array, from: number, to: number, hash: number): number {
  let middle = hash;
  for (let at = from; at < to; at += 1) {
    middle = Math.imul(middle ^ (bytes[at] as number), 0x01000193);
  }
  return middle;
}

function isSame(name: Uint8Array, bytes: Uint8Array, start: number): boolean {
  for (let at = 0; at < name.length; at += 1) if (name[at] !== bytes[start + at]) return false;
  return true;
}
