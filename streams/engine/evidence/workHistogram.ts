import { bucketOf, bucketValue } from '../../../operators/kernel/logLinearHistogram';

const CELLS = bucketOf(Infinity) + 1;

/** Service times with their sums: how much of all work the long ones hold. Cells are within 1 % of a value. */
export class WorkHistogram {
  count = 0;
  total = 0;
  readonly #counts = new Float64Array(CELLS);
  readonly #sums = new Float64Array(CELLS);
  readonly #touched = new Uint16Array(CELLS);
  #cells = 0;

  add(ms: number): void {
    const cell = bucketOf(ms);
    this.#put(cell, 1, ms);
  }

  /** Takes over everything that the other one holds, and empties it. */
  absorb(other: WorkHistogram): void {
    if (other.#cells === 0) return;
    for (let i = 0; i < other.#cells; i += 1) {
      const cell = other.#touched[i] as number;
      this.#put(cell, other.#counts[cell] as number, other.#sums[cell] as number);
    }
    other.clear();
  }

  clear(): void {
    for (let i = 0; i < this.#cells; i += 1) {
      const cell = this.#touched[i] as number;
      this.#counts[cell] = 0;
      this.#sums[cell] = 0;
    }
    this.#cells = 0;
    this.count = 0;
    this.total = 0;
  }

  /** The lower median: 0 while there is nothing. */
  median(): number {
    const cells = this.#touched.subarray(0, this.#cells).sort();
    const half = this.count / 2;
    let seen = 0;
    for (const cell of cells) {
      seen += this.#counts[cell] as number;
      if (seen >= half) return bucketValue(cell);
    }
    return 0;
  }

  /** The work of all services longer than `ms`. */
  workAbove(ms: number): number {
    let work = 0;
    for (let i = 0; i < this.#cells; i += 1) {
      const cell = this.#touched[i] as number;
      if (bucketValue(cell) > ms) work += this.#sums[cell] as number;
    }
    return work;
  }

  #put(cell: number, count: number, sum: number): void {
    if (this.#counts[cell] === 0) {
      this.#touched[this.#cells] = cell;
      this.#cells += 1;
    }
    this.#counts[cell] = (this.#counts[cell] as number) + count;
    this.#sums[cell] = (this.#sums[cell] as number) + sum;
    this.count += count;
    this.total += sum;
  }
}
