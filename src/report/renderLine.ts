import { named } from '../../streams/topology';
import { edgesOf, type MetricsState } from '../metrics';
import { grouped, isoTime, percent } from './format';

/** One line for a progress bar: market time, share of the input, both counters. */
export function renderLine(state: MetricsState): string {
  const { market, run, edges, topology } = state;
  const time = market.time === undefined ? 'before the first bar' : isoTime(market.time);
  const counters = edgesOf(topology).map(({ name, label }) => {
    const { backpressure } = named(edges, name);
    const isUncounted = run.mode === 'data' && backpressure === 0n;
    return `${label} ${isUncounted ? '-' : grouped(backpressure)}`;
  });
  const phase = run.phase === 'paused' ? ['paused'] : [];
  return [time, percent(market.progress), ...counters, ...phase].join(' | ');
}
