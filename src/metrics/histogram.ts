import type { BucketCounts } from '../../streams/events';
import { entriesOf, NO_PAGES, withSums, type PagedCounts } from './pagedCounts';

/**
 * The folded cells of `operators/kernel/logLinearHistogram.ts`: occurrences per cell. Numbers and not bigints: the
 * exact counts stand beside it, and cells only carry percentiles.
 */
export type Histogram = PagedCounts;

export const NO_VALUES: Histogram = NO_PAGES;

const CELLS_PER_PAGE = 32;

export function withCells(histogram: Histogram, cells: BucketCounts): Histogram {
  return withSums(
    histogram,
    cells.map(([bucket, count]) => [Math.floor(bucket / CELLS_PER_PAGE), bucket, count] as const),
  );
}

/** The cells that are not empty, in order of value. */
export function cellsOf(histogram: Histogram): (readonly [bucket: number, count: number])[] {
  return entriesOf(histogram).sort(([a], [b]) => a - b);
}
