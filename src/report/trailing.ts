import { bucketValue } from '../../operators/buckets';
import { parseInterval } from '../../streams/interval';
import { cellsOf, type MetricsState } from '../metrics';

/**
 * How long a base interval lasts on the run's clock. Ticks have no length of their own: there it
 * is the mean distance between two of them.
 */
function baseIntervalMs({ run, market, bars }: MetricsState): number {
  const { length } = parseInterval(run.configuration?.bars ?? 'tick');
  if (length > 0) return length / 1000 / run.speed;
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
