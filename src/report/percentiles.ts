import { bucketValue } from '../../operators/kernel/logLinearHistogram';
import type { BucketCounts } from '../../streams/events';
import { cellsOf, type Histogram } from '../metrics';

interface Range {
  readonly minMs: number;
  readonly maxMs: number;
}

/** Rounding of `rank * count / 100` must not lift a whole number to the next one. */
const BELOW_ROUNDING = 1 - 2 ** -50;

/**
 * Nearest-rank percentiles, in milliseconds, of values counted in the cells of
 * `operators/kernel/logLinearHistogram.ts`: the middle of the cell that holds the value of that rank,
 * at most 0.4 % off it, and never outside the exact range. Without values they are 0.
 *
 * @param ranks from 0 to 100
 */
export function percentiles(
  histogram: Histogram,
  range: Range,
  ranks: readonly number[],
): number[] {
  return percentilesOf(cellsOf(histogram), range, ranks);
}

/** The same of cells as they leave a `LogLinearHistogram`, in order. */
export function percentilesOf(
  cells: BucketCounts,
  { minMs, maxMs }: Range,
  ranks: readonly number[],
): number[] {
  const total = cells.reduce((sum, [, count]) => sum + count, 0);
  return ranks.map((rank) => {
    let left = Math.max(1, Math.ceil(((rank * total) / 100) * BELOW_ROUNDING));
    for (const [bucket, count] of cells) {
      left -= count;
      if (left <= 0) return Math.min(maxMs, Math.max(minMs, bucketValue(bucket)));
    }
    return 0;
  });
}
