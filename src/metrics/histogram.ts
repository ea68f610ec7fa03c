import type { BucketCounts } from '../../streams/events';
import { addCount, entriesOf, NO_COUNTS, type SortedCounts } from './sortedCounts';

/**
 * The folded cells of `operators/kernel/logLinearHistogram.ts`: occurrences per cell. Numbers and not bigints: the
 * exact counts stand beside it, and cells only carry percentiles.
 */
export type Histogram = SortedCounts;

export const NO_VALUES: Histogram = NO_COUNTS;

export function addCells(histogram: number[], cells: BucketCounts): void {
  for (const [bucket, count] of cells) addCount(histogram, bucket, count);
}

/** The cells that are not empty, in order of value. */
export function cellsOf(histogram: Histogram): (readonly [bucket: number, count: number])[] {
  return entriesOf(histogram);
}
