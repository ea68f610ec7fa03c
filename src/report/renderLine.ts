import { EDGE_NAMES, EDGES, type MetricsState } from '../metrics';
import { grouped, isoTime, percent } from './format';

/** One line for a progress bar: market time, share of the input, both counters. */
export function renderLine(state: MetricsState): string {
  const { market, run, edges } = state;
  const time = market.time === undefined ? 'before the first bar' : isoTime(market.time);
  const counters = EDGE_NAMES.map((name) => {
    const counter = run.mode === 'data' && edges[name].backpressure === 0n ? '-' : undefined;
    return `${EDGES[name].label} ${counter ?? grouped(edges[name].backpressure)}`;
  });
  const phase = run.phase === 'paused' ? ['paused'] : [];
  return [time, percent(market.progress), ...counters, ...phase].join(' | ');
}
