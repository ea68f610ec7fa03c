import { bucketValue } from '../../operators/buckets';
import { cellsOf, type MetricsState } from '../metrics';

const UNIT_MS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/**
 * How long a base interval lasts on the run's clock. Ticks have no length of their own: there it
 * is the mean distance between two of them.
 */
export function baseIntervalMs({ run, market, bars }: MetricsState): number {
  const found = /^(\d+)(ms|s|m|h|d)$/.exec(run.configuration?.bars ?? '');
  if (found !== null) return (Number(found[1]) * (UNIT_MS[found[2] ?? ''] ?? 0)) / run.speed;
  if (market.start === undefined || market.time === undefined || bars.base === 0n) return 0;
  return (market.time - market.start) / 1000 / Number(bars.base) / run.speed;
}

/** Share of the coordinator's deliveries that left more than one base interval after they were due. */
export function trailingShare(state: MetricsState): number {
  const { count, cells } = state.trailing;
  if (count === 0n) return 0;
  const interval = baseIntervalMs(state);
  let trailed = 0;
  for (const [bucket, times] of cellsOf(cells)) {
    if (bucketValue(bucket) > interval) trailed += times;
  }
  return Math.min(1, trailed / Number(count));
}
