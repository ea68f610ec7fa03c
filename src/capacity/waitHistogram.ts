import { bucketOf, bucketValue } from '../../operators/kernel/logLinearHistogram';

const CELLS = bucketOf(Infinity) + 1;

/** How long items waited, in milliseconds: percentiles within half a percent, the longest exactly. */
export class WaitHistogram {
  readonly #cells = new Uint32Array(CELLS);
  max = 0;
  total = 0;

  record(wait: number): void {
    const cell = bucketOf(wait);
    this.#cells[cell] = (this.#cells[cell] as number) + 1;
    this.total += wait;
    if (wait > this.max) this.max = wait;
  }

  /** The wait that this share of `count` items did not exceed; whoever was not recorded did not wait. */
  percentile(rank: number, count: number): number {
    let above = count - Math.max(1, Math.ceil(rank * count));
    for (let cell = CELLS - 1; cell > 0; cell -= 1) {
      above -= this.#cells[cell] as number;
      if (above < 0) return Math.min(this.max, bucketValue(cell));
    }
    return 0;
  }
}
