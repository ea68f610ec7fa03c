import { named } from '../../streams/topology';
import { edgesOf, marketProgress, type MetricsState } from '../metrics';
import { grouped, isoTime, percent } from './format';

/** One line for a progress bar: market time, the share of it that was replayed (of the input, where its end is not known), both counters. */
export function renderLine(state: MetricsState): string {
  const { market, run, edges, topology } = state;
  const time = market.time === undefined ? 'before the first bar' : isoTime(market.time);
  const counters = edgesOf(topology).map(({ name, label }) => {
    const { backpressure } = named(edges, name);
    const isUncounted = run.mode === 'data' && backpressure === 0n;
    return `${label} ${isUncounted ? '-' : grouped(backpressure)}`;
  });
  const phase = run.phase === 'paused' ? ['paused'] : [];
  return [time, percent(marketProgress(state) ?? market.progress), ...counters, ...phase].join(
    ' | ',
  );
}
