import { FEED_COUNTERS } from '../../streams/feedEvents';
import { counterOf } from '../metrics';
import type { CounterId, MetricsState } from '../metrics';
import type { FeedSourceState } from '../metrics/state';
import { durations } from './durations';
import type { MetricRow } from './metricRow';

const sourcesOf = (state: MetricsState): readonly FeedSourceState[] => state.feed?.sources ?? [];

/** Every count of a feed. */
const COUNTS = FEED_COUNTERS.map((counter): MetricRow => {
  const id: CounterId = `feed.${counter}`;
  return {
    name: `barometer.feed.${counter}`,
    unit: `{${counterOf(id).unit.replace(/s$/, '')}}`,
    type: 'counter',
    counters: [id],
    samples: (state) =>
      sourcesOf(state).map(({ name, counts }) => ({
        labels: { feed: name },
        value: counts[counter],
      })),
  };
});

export const FEED_METRICS: readonly MetricRow[] = [
  ...COUNTS,
  {
    name: 'barometer.feed.connected',
    unit: '',
    type: 'gauge',
    counters: [],
    help: 'Whether the feed is connected: 1 or 0.',
    samples: (state) =>
      sourcesOf(state).map(({ name, isConnected }) => ({
        labels: { feed: name },
        value: isConnected ? 1 : 0,
      })),
  },
  {
    name: 'barometer.feed.connections',
    unit: '{connection}',
    type: 'counter',
    counters: ['feed.reconnects'],
    help: 'How often the feed was connected.',
    samples: (state) =>
      sourcesOf(state).map(({ name, connections }) => ({
        labels: { feed: name },
        value: connections,
      })),
  },
  {
    name: 'barometer.feed.skew',
    unit: 's',
    type: 'gauge',
    counters: ['feed.skewMs'],
    samples: (state) =>
      sourcesOf(state).flatMap(({ name, skewMs }) =>
        skewMs === undefined ? [] : [{ labels: { feed: name }, value: skewMs / 1000 }],
      ),
  },
  {
    name: 'barometer.feed.lag',
    unit: 's',
    type: 'histogram',
    counters: ['feed.lagP99Ms'],
    help: 'How much later than the fastest row of the last minutes rows came.',
    samples: ({ feed }) => (feed === undefined ? [] : [durations({}, feed.lag)]),
  },
];
