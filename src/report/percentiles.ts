import { build } from 'hdr-histogram-js';
import { bucketValue } from '../../operators/kernel/logLinearHistogram';
import { cellsOf, type Histogram } from '../metrics';

const NS_PER_MS = 1e6;

export interface Range {
  readonly minMs: number;
  readonly maxMs: number;
}

/**
 * Percentiles in milliseconds of values that were counted in the cells of `operators/kernel/logLinearHistogram.ts`.
 * A cell is at most 1/128 of its value wide and stands for its middle, and the histogram that is
 * asked keeps three digits of it in nanoseconds: so a percentile is within 1 % of the exact one,
 * and it never leaves the exact range. Without values they are 0.
 */
export function percentiles(
  histogram: Histogram,
  { minMs, maxMs }: Range,
  ranks: readonly number[],
): number[] {
  const cells = cellsOf(histogram);
  if (cells.length === 0) return ranks.map(() => 0);
  const inNs = (ms: number): number =>
    Math.min(Math.round(ms * NS_PER_MS), Number.MAX_SAFE_INTEGER / 2);
  const highest = inNs(bucketValue((cells.at(-1) ?? [0])[0]));
  const recorder = build({
    lowestDiscernibleValue: 1,
    highestTrackableValue: Math.max(2, highest * 2),
    numberOfSignificantValueDigits: 3,
  });
  for (const [bucket, count] of cells) {
    recorder.recordValueWithCount(inNs(bucketValue(bucket)), count);
  }
  return ranks.map((rank) => {
    const value = recorder.getValueAtPercentile(rank) / NS_PER_MS;
    return Math.min(maxMs, Math.max(minMs, value));
  });
}
