import { LARGEST, LZMA_HEADER, readLzmaHeader } from './lzmaHeader';
import type { LzmaHeader } from './lzmaHeader';
import { probabilities, RangeDecoder } from './rangeDecoder';

/**
 * Unpacks LZMA-alone (the format of `.lzma` and of Dukascopy's `.bi5`), following the LZMA
 * specification by Igor Pavlov. All at once: such files are small.
 *
 * Throws an `Error` that says `unexpected end of file` where bytes are missing, or what else is wrong.
 */
export function unpackLzma(bytes: Uint8Array): Buffer {
  const { size, state, dictionary } = readLzmaHeader(bytes);
  return decode(new RangeDecoder(bytes, LZMA_HEADER), state, dictionary, size);
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
