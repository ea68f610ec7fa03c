import { bucketValue } from '../../operators/kernel/logLinearHistogram';
import { cellsOf } from '../metrics';
import type { Histogram } from '../metrics';
import type { HistogramSample, Labels } from './metric';

/** 1, 2 and 5 microseconds, and so on up to 100 seconds. */
export const BOUNDS: readonly number[] = [
  ...[-6, -5, -4, -3, -2, -1, 0, 1].flatMap((power) =>
    [1, 2, 5].map((step) => Number(`${step}e${power}`)),
  ),
  100,
];

interface Durations {
  readonly cells: Histogram;
  readonly count: bigint;
  readonly totalMs: number;
}

/**
 * A histogram over `BOUNDS` of durations in milliseconds. Count and sum are exact. A cell of ours is at
 * most 1/128 of its value wide and belongs to the bucket that holds its middle, so bounds are exact to 0.8 %.
 */
export function durations(labels: Labels, { cells, count, totalMs }: Durations): HistogramSample {
  const buckets = BOUNDS.map(() => 0n);
  let bucket = 0;
  let below = 0n;
  for (const [cell, occurrences] of cellsOf(cells)) {
    const seconds = bucketValue(cell) / 1000;
    while (bucket < BOUNDS.length && seconds > (BOUNDS[bucket] ?? Infinity)) bucket += 1;
    if (bucket === BOUNDS.length) break;
    buckets[bucket] = (buckets[bucket] ?? 0n) + BigInt(occurrences);
    below += BigInt(occurrences);
  }
  const above = count > below ? count - below : 0n;
  return { labels, buckets: [...buckets, above], sum: totalMs / 1000, count };
}
