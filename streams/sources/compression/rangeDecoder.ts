const PROBABILITY_BITS = 11;
const EVEN = 1 << (PROBABILITY_BITS - 1);
const MOVE_BITS = 5;
const TOP = 2 ** 24;

/** This many, each of them even at first. */
export const probabilities = (count: number): Uint16Array => new Uint16Array(count).fill(EVEN);

/**
 * LZMA's arithmetic coding: bits, each decoded with the probability that it had until then, which moves
 * with it. Throws an `Error` that says `unexpected end of file` where bytes are missing, or what else is wrong.
 */
export class RangeDecoder {
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
