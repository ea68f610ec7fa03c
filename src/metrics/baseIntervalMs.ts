import { parseInterval } from '../../streams/bars/interval';
import { firstEdgeOf } from './edges';
import type { MetricsState } from './state';

/**
 * How long a base interval lasts on the run's clock, at its present speed. Ticks have no length of
 * their own: there it is the mean distance between those that were delivered so far.
 */
export function baseIntervalMs(state: MetricsState): number {
  const { run, market } = state;
  const { length } = parseInterval(run.configuration?.bars ?? 'tick');
  if (length > 0) return length / 1000 / run.speed;
  const { delivered } = firstEdgeOf(state);
  if (market.start === undefined || market.time === undefined || delivered === 0n) return 0;
  return (market.time - market.start) / 1000 / Number(delivered) / run.speed;
}
