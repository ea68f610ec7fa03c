import { COUNTERS, entriesOf } from '../metrics';
import type { MetricsState, PersistentMap } from '../metrics';
import type { Sample } from './metric';
import type { MetricRow } from './metricRow';

/** The part of the state that live runs have. */
interface Feed {
  readonly bySource: PersistentMap<{
    readonly counts: Readonly<Record<string, bigint>>;
    readonly isConnected: boolean;
    readonly connections: number;
  }>;
}

const sourcesOf = (state: MetricsState & { readonly feed?: Feed }) =>
  state.feed === undefined ? [] : entriesOf(state.feed.bySource);

/** Every counter of the table that belongs to a feed. */
const COUNTS = COUNTERS.filter(({ id }) => id.startsWith('feed.')).map(
  ({ id, unit }): MetricRow => {
    const name = id.slice('feed.'.length);
    return {
      name: `barometer.feed.${name}`,
      unit: `{${unit.replace(/s$/, '')}}`,
      type: 'counter',
      counters: [id],
      samples: (state): Sample[] =>
        sourcesOf(state).map(([feed, { counts }]) => ({
          labels: { feed },
          value: counts[name] ?? 0n,
        })),
    };
  },
);

export const FEED_METRICS: readonly MetricRow[] = [
  ...COUNTS,
  {
    name: 'barometer.feed.connected',
    unit: '',
    type: 'gauge',
    counters: [],
    help: 'Whether the feed is connected: 1 or 0.',
    samples: (state) =>
      sourcesOf(state).map(([feed, { isConnected }]) => ({
        labels: { feed },
        value: isConnected ? 1 : 0,
      })),
  },
  {
    name: 'barometer.feed.connections',
    unit: '{connection}',
    type: 'counter',
    counters: [],
    help: 'How often the feed was connected.',
    samples: (state) =>
      sourcesOf(state).map(([feed, { connections }]) => ({ labels: { feed }, value: connections })),
  },
];
