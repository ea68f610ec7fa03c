import { valueOf } from '../metrics/persistentMap';
import { edgesOf } from '../metrics';
import type { CounterId, EdgeState, MetricsState } from '../metrics';
import { durations } from './durations';
import type { Sample } from './metric';
import type { MetricRow, MetricsOptions } from './metricRow';

const byEdge =
  (read: (edge: EdgeState) => bigint | number) =>
  ({ edges }: MetricsState): Sample[] =>
    Object.entries(edges).map(([edge, state]) => ({ labels: { edge }, value: read(state) }));

const count = (
  counter: 'delivered' | 'clockDelivered' | 'overruns' | 'dropped' | 'discarded',
  name: string,
  unit: string,
): MetricRow => ({
  name: `barometer.edge.${name}`,
  unit,
  type: 'counter',
  counters: [`edge.${counter}` satisfies CounterId],
  samples: byEdge((edge) => edge[counter]),
});

/** The rest of an edge's events; a symbol never leaves it again once it has its own series. */
export const OTHER = '(other)';

/**
 * The symbols that began to have events first have a series each, so that no symbol moves between its
 * own and the rest: no series ever falls, and together they are the edge's events.
 */
function bySymbol({ edges }: MetricsState, { symbols = 0 }: MetricsOptions): Sample[] {
  if (symbols <= 0) return [];
  return Object.entries(edges).flatMap(([edge, state]) => {
    const named = state.firstPressed
      .slice(0, symbols)
      .filter((symbol) => symbol !== OTHER)
      .map((symbol): Sample & { value: bigint } => ({
        labels: { edge, symbol },
        value: valueOf(state.bySymbol, symbol)?.backpressure ?? 0n,
      }));
    const rest = named.reduce((left, { value }) => left - value, state.backpressure);
    return [...named, { labels: { edge, symbol: OTHER }, value: rest }];
  });
}

export const EDGE_METRICS: readonly MetricRow[] = [
  count('delivered', 'delivered', '{item}'),
  count('clockDelivered', 'clock_delivered', '{item}'),
  {
    name: 'barometer.edge.backpressure_events',
    unit: '{event}',
    type: 'counter',
    counters: ['edge.backpressure', 'edge.burst', 'edge.behind', 'edge.share', 'edge.behindShare'],
    samples: ({ edges }) =>
      Object.entries(edges).flatMap(([edge, { burst, behind }]) => [
        { labels: { edge, kind: 'burst' }, value: burst },
        { labels: { edge, kind: 'behind' }, value: behind },
      ]),
  },
  count('overruns', 'overruns', '{event}'),
  count('dropped', 'dropped', '{item}'),
  count('discarded', 'discarded', '{item}'),
  {
    name: 'barometer.edge.lateness',
    unit: 's',
    type: 'histogram',
    counters: ['edge.latenessP50Ms', 'edge.latenessP99Ms'],
    help: 'Time from the due time of an item to the start of its service.',
    samples: ({ edges }) =>
      Object.entries(edges).map(([edge, { lateness }]) => durations({ edge }, lateness)),
  },
  {
    name: 'barometer.edge.longest_lateness',
    unit: 's',
    type: 'gauge',
    counters: ['edge.latenessMaxMs'],
    samples: byEdge(({ lateness }) => lateness.maxMs / 1000),
  },
  {
    name: 'barometer.edge.threshold',
    unit: '1',
    type: 'gauge',
    counters: [],
    help: 'Share of behind events from which the edge grades medium, and above which it grades high.',
    samples: ({ topology }) =>
      edgesOf(topology).flatMap(({ name: edge, thresholds }) => [
        { labels: { edge, grade: 'medium' }, value: thresholds.medium },
        { labels: { edge, grade: 'high' }, value: thresholds.high },
      ]),
  },
  {
    name: 'barometer.symbol.backpressure_events',
    unit: '{event}',
    type: 'counter',
    counters: ['symbol.backpressure'],
    samples: bySymbol,
  },
];
