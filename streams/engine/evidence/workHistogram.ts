import { bucketOf, bucketValue } from '../../../operators/kernel/logLinearHistogram';

const CELLS = bucketOf(Infinity) + 1;

/** How many service times each bucket holds: all that a median needs. */
export class CellCounts {
  count = 0;
  protected readonly counts = new Float64Array(CELLS);
  protected readonly touched = new Uint16Array(CELLS);
  protected cells = 0;

  /** `cell` is the bucket of a service time. */
  add(cell: number): void {
    const before = this.counts[cell] as number;
    if (before === 0) {
      this.touched[this.cells] = cell;
      this.cells += 1;
    }
    this.counts[cell] = before + 1;
    this.count += 1;
  }

  /** The lower median: 0 while there is nothing. */
  median(): number {
    const cells = this.touched.subarray(0, this.cells).sort();
    const half = this.count / 2;
    let seen = 0;
    for (const cell of cells) {
      seen += this.counts[cell] as number;
      if (seen >= half) return bucketValue(cell);
    }
    return 0;
  }
}

/** Service times with their sums: how much of all work the long ones hold. Buckets are within 1 % of a value. */
export class WorkHistogram extends CellCounts {
  total = 0;
  private readonly sums = new Float64Array(CELLS);

  /** Adds one service. */
  addWork(cell: number, ms: number): void {
    this.add(cell);
    this.sums[cell] = (this.sums[cell] as number) + ms;
    this.total += ms;
  }

  /** Takes over everything that the other one holds, and empties it. */
  absorb(other: WorkHistogram): void {
    if (other.cells === 0) return;
    for (let i = 0; i < other.cells; i += 1) {
      const cell = other.touched[i] as number;
      if (this.counts[cell] === 0) {
        this.touched[this.cells] = cell;
        this.cells += 1;
      }
      this.counts[cell] = (this.counts[cell] as number) + (other.counts[cell] as number);
      this.sums[cell] = (this.sums[cell] as number) + (other.sums[cell] as number);
    }
    this.count += other.count;
    this.total += other.total;
    other.clear();
  }

  clear(): void {
    for (let i = 0; i < this.cells; i += 1) {
      const cell = this.touched[i] as number;
      this.counts[cell] = 0;
      this.sums[cell] = 0;
    }
    this.cells = 0;
    this.count = 0;
    this.total = 0;
  }

  /** The work of all services longer than `ms`. */
  workAbove(ms: number): number {
    let work = 0;
    for (let i = 0; i < this.cells; i += 1) {
      const cell = this.touched[i] as number;
      if (bucketValue(cell) > ms) work += this.sums[cell] as number;
    }
    return work;
  }
}
