/**
 * A histogram whose recording costs a few nanoseconds: a cell is the exponent and the seven leading
 * mantissa bits of the value as a double, so cells are at most 1/128 of their value wide. Written
 * on the hot path, read out as `[cell, count]` pairs and folded elsewhere.
 */
const LOWEST = 2 ** -20;
const HIGHEST = 2 ** 44;
const SHIFT = 20 - 7;

const double = new Float64Array(1);
const words = new Uint32Array(double.buffer);
const HIGH_WORD = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 1 : 0;

const cellOf = (value: number): number => {
  double[0] = value;
  return (words[HIGH_WORD] as number) >>> SHIFT;
};
const FIRST = cellOf(LOWEST);
const CELLS = cellOf(HIGHEST) - FIRST + 2;

/** Index of the cell that a value falls into: 0 for everything below 2^-20, the last one from 2^44 up. */
export function bucketOf(value: number): number {
  if (!(value >= LOWEST)) return 0;
  if (value >= HIGHEST) return CELLS - 1;
  return cellOf(value) - FIRST + 1;
}

/** The middle of a cell, at most 0.4 % off any value in it; 0 for cell 0. */
export function bucketValue(bucket: number): number {
  if (bucket === 0) return 0;
  double[0] = 0;
  words[HIGH_WORD] = (bucket - 1 + FIRST) << SHIFT;
  const from = double[0];
  words[HIGH_WORD] = (bucket + FIRST) << SHIFT;
  return (from + double[0]) / 2;
}

/** Values since the last `drain`. */
export class LogLinearHistogram {
  total = 0;
  max = 0;
  /** Zeros are the most frequent of all values, and need no cell. */
  #zeros = 0;
  #others = 0;
  #least = Infinity;
  readonly #cells = new Uint32Array(CELLS);
  #touched: number[] = [];

  get count(): number {
    return this.#zeros + this.#others;
  }

  get min(): number {
    return this.#zeros > 0 ? 0 : this.#least;
  }

  /** `times` occurrences of a value. */
  record(value: number, times = 1): void {
    if (value === 0) {
      this.#zeros += times;
      return;
    }
    this.recordIn(bucketOf(value), value, times);
  }

  /** The same where the value's cell is known. */
  recordIn(cell: number, value: number, times = 1): void {
    if (value === 0) {
      this.#zeros += times;
      return;
    }
    this.#others += times;
    this.total += value * times;
    if (value < this.#least) this.#least = value;
    if (value > this.max) this.max = value;
    this.#add(cell, times);
  }

  /** The cells that are not empty, in order; starts anew. */
  drain(): [bucket: number, count: number][] {
    if (this.#zeros > 0) this.#add(0, this.#zeros);
    const cells = this.#touched
      .sort((a, b) => a - b)
      .map((cell): [number, number] => [cell, this.#cells[cell] as number]);
    for (const [cell] of cells) this.#cells[cell] = 0;
    this.#touched = [];
    this.#zeros = 0;
    this.#others = 0;
    this.total = 0;
    this.#least = Infinity;
    this.max = 0;
    return cells;
  }

  #add(cell: number, times: number): void {
    const before = this.#cells[cell] as number;
    if (before === 0) this.#touched.push(cell);
    this.#cells[cell] = before + times;
  }
}
