/**
 * Unpacks LZMA-alone (the format of `.lzma` and of Dukascopy's `.bi5`), following the LZMA
 * specification by Igor Pavlov. All at once: such files are small.
 *
 * Throws an `Error` that says `unexpected end of file` where bytes are missing, or what else is wrong.
 */
export function unpackLzma(bytes: Uint8Array): Buffer {
  const { size, state, dictionary } = readLzmaHeader(bytes);
  return decode(new RangeDecoder(bytes, HEADER), state, dictionary, size);
}

const HEADER = 13;
/** Files of ticks are thousands of times smaller. */
const LARGEST = 2 ** 30;

interface LzmaHeader {
  readonly state: { readonly lc: number; readonly lp: number; readonly pb: number };
  readonly dictionary: number;
  /** Undefined where a marker stands at the end. */
  readonly size: number | undefined;
}

export function readLzmaHeader(bytes: Uint8Array): LzmaHeader {
  if (bytes.length < HEADER) throw new Error('unexpected end of file');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const properties = view.getUint8(0);
  if (properties >= 9 * 5 * 5) throw new Error('its properties are none');
  const low = view.getUint32(5, true);
  const high = view.getUint32(9, true);
  const unknown = low === 0xffffffff && high === 0xffffffff;
  if (!unknown && (high !== 0 || low > LARGEST)) throw new Error('it claims to be too large');
  return {
    state: {
      lc: properties % 9,
      lp: Math.floor(properties / 9) % 5,
      pb: Math.floor(properties / 45),
    },
    dictionary: Math.max(view.getUint32(1, true), 4096),
    size: unknown ? undefined : low,
  };
}

const PROBABILITY_BITS = 11;
const EVEN = 1 << (PROBABILITY_BITS - 1);
const MOVE_BITS = 5;
const TOP = 2 ** 24;

const probabilities = (count: number): Uint16Array => new Uint16Array(count).fill(EVEN);

class RangeDecoder {
  #range = 0xffffffff;
  #code = 0;

  constructor(
    readonly bytes: Uint8Array,
    public at: number,
  ) {
    if (this.#next() !== 0) throw new Error('its first byte is not 0');
    for (let byte = 0; byte < 4; byte += 1) this.#code = ((this.#code << 8) | this.#next()) >>> 0;
    if (this.#code === this.#range) throw new Error('its beginning is damaged');
  }

  get isFinished(): boolean {
    return this.#code === 0;
  }

  #next(): number {
    const byte = this.bytes[this.at];
    if (byte === undefined) throw new Error('unexpected end of file');
    this.at += 1;
    return byte;
  }

  #normalize(): void {
    if (this.#range >= TOP) return;
    this.#range = (this.#range << 8) >>> 0;
    this.#code = ((this.#code << 8) | this.#next()) >>> 0;
  }

  bit(table: Uint16Array, index: number): number {
    const probability = table[index] as number;
    const bound = (this.#range >>> PROBABILITY_BITS) * probability;
    let bit = 0;
    if (this.#code < bound) {
      table[index] = probability + (((1 << PROBABILITY_BITS) - probability) >>> MOVE_BITS);
      this.#range = bound;
    } else {
      table[index] = probability - (probability >>> MOVE_BITS);
      this.#code = (this.#code - bound) >>> 0;
      this.#range = (this.#range - bound) >>> 0;
      bit = 1;
    }
    this.#normalize();
    return bit;
  }

  direct(bits: number): number {
    let value = 0;
    for (let left = bits; left > 0; left -= 1) {
      this.#range >>>= 1;
      const bit = this.#code >= this.#range ? 1 : 0;
      if (bit === 1) this.#code = (this.#code - this.#range) >>> 0;
      if (this.#code === this.#range) throw new Error('its contents are damaged');
      this.#normalize();
      value = value * 2 + bit;
    }
    return value;
  }

  tree(table: Uint16Array, bits: number, from = 0): number {
    let node = 1;
    for (let left = bits; left > 0; left -= 1) node = (node << 1) | this.bit(table, from + node);
    return node - (1 << bits);
  }

  reverseTree(table: Uint16Array, bits: number, from = 0): number {
    let node = 1;
    let value = 0;
    for (let bit = 0; bit < bits; bit += 1) {
      const next = this.bit(table, from + node);
      node = (node << 1) | next;
      value |= next << bit;
    }
    return value;
  }
}

/** Lengths of matches: 2 to 9, 10 to 17, or up to 273. */
class LengthDecoder {
  readonly #choice = probabilities(2);
  readonly #low = probabilities(16 << 3);
  readonly #middle = probabilities(16 << 3);
  readonly #high = probabilities(256);

  read(range: RangeDecoder, position: number): number {
    if (range.bit(this.#choice, 0) === 0) return range.tree(this.#low, 3, position << 3);
    if (range.bit(this.#choice, 1) === 0) return 8 + range.tree(this.#middle, 3, position << 3);
    return 16 + range.tree(this.#high, 8);
  }
}

const STATES = 12;
const SHORTEST_MATCH = 2;
const END_POSITION_MODEL = 14;
const ALIGN_BITS = 4;
const END_MARKER = 0xffffffff;

function decode(
  range: RangeDecoder,
  { lc, lp, pb }: LzmaHeader['state'],
  dictionary: number,
  size: number | undefined,
): Buffer {
  const literals = probabilities(0x300 << (lc + lp));
  const isMatch = probabilities(STATES << 4);
  const isRepeat = probabilities(STATES);
  const isFirst = probabilities(STATES);
  const isSecond = probabilities(STATES);
  const isThird = probabilities(STATES);
  const isLong = probabilities(STATES << 4);
  const slots = probabilities(4 << 6);
  const positions = probabilities(1 + 128 - END_POSITION_MODEL);
  const align = probabilities(1 << ALIGN_BITS);
  const lengths = new LengthDecoder();
  const repeatLengths = new LengthDecoder();
  let out = Buffer.alloc(size ?? 65_536);
  let length = 0;
  let [rep0, rep1, rep2, rep3] = [0, 0, 0, 0];
  let state = 0;

  const put = (byte: number): void => {
    if (length === out.length) {
      if (size !== undefined) throw new Error('it is longer than it says');
      if (length >= LARGEST) throw new Error('it is too large');
      out = Buffer.concat([out, Buffer.alloc(out.length)]);
    }
    out[length] = byte;
    length += 1;
  };
  const behind = (distance: number): number => out[length - distance - 1] as number;

  const literal = (): void => {
    const before = length > 0 ? behind(0) : 0;
    const context = ((length & ((1 << lp) - 1)) << lc) + (before >> (8 - lc));
    const from = 0x300 * context;
    let symbol = 1;
    if (state >= 7) {
      let match = behind(rep0);
      while (symbol < 0x100) {
        const matchBit = (match >> 7) & 1;
        match = (match << 1) & 0xff;
        const bit = range.bit(literals, from + ((1 + matchBit) << 8) + symbol);
        symbol = (symbol << 1) | bit;
        if (matchBit !== bit) break;
      }
    }
    while (symbol < 0x100) symbol = (symbol << 1) | range.bit(literals, from + symbol);
    put(symbol & 0xff);
    state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
  };
  const distanceOf = (matchLength: number): number => {
    const slot = range.tree(slots, 6, Math.min(matchLength, 3) << 6);
    if (slot < 4) return slot;
    const direct = (slot >> 1) - 1;
    const base = (2 | (slot & 1)) * 2 ** direct;
    if (slot < END_POSITION_MODEL) {
      return base + range.reverseTree(positions, direct, base - slot);
    }
    return base + range.direct(direct - ALIGN_BITS) * 16 + range.reverseTree(align, ALIGN_BITS);
  };
  const copy = (matchLength: number): void => {
    if (rep0 >= length || rep0 >= dictionary) throw new Error('it refers to what is not there');
    for (let left = matchLength + SHORTEST_MATCH; left > 0; left -= 1) put(behind(rep0));
  };

  while (size === undefined || length < size) {
    const position = length & ((1 << pb) - 1);
    if (range.bit(isMatch, (state << 4) + position) === 0) {
      literal();
      continue;
    }
    if (range.bit(isRepeat, state) === 1) {
      if (length === 0) throw new Error('it refers to what is not there');
      if (range.bit(isFirst, state) === 0) {
        if (range.bit(isLong, (state << 4) + position) === 0) {
          state = state < 7 ? 9 : 11;
          if (rep0 >= length) throw new Error('it refers to what is not there');
          put(behind(rep0));
          continue;
        }
      } else {
        let distance = rep1;
        if (range.bit(isSecond, state) === 1) {
          distance = rep2;
          if (range.bit(isThird, state) === 1) {
            distance = rep3;
            rep3 = rep2;
          }
          rep2 = rep1;
        }
        rep1 = rep0;
        rep0 = distance;
      }
      state = state < 7 ? 8 : 11;
      copy(repeatLengths.read(range, position));
      continue;
    }
    rep3 = rep2;
    rep2 = rep1;
    rep1 = rep0;
    const matchLength = lengths.read(range, position);
    state = state < 7 ? 7 : 10;
    rep0 = distanceOf(matchLength);
    if (rep0 === END_MARKER) break;
    copy(matchLength);
  }
  if (size !== undefined && length < size) throw new Error('it is shorter than it says');
  if (size === undefined && !range.isFinished) throw new Error('its end is damaged');
  return out.subarray(0, length);
}
