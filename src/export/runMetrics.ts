import type { CounterId, MetricsState } from '../metrics';
import { packageVersion } from '../version';
import type { Sample } from './metric';
import type { MetricRow, MetricsOptions } from './metricRow';

const one = (value: bigint | number | undefined): Sample[] =>
  value === undefined ? [] : [{ labels: {}, value }];

const barCount = (
  counter: 'ticks' | 'late' | 'outOfOrder' | 'badRows',
  name: string,
  unit: string,
): MetricRow => ({
  name: `barometer.${name}`,
  unit,
  type: 'counter',
  counters: [`bars.${counter}` satisfies CounterId],
  samples: ({ bars }) => one(bars[counter]),
});

const STATES = ['running', 'paused', 'done', 'stopped', 'failed', 'interrupted'] as const;

function presentState({ run }: MetricsState, { isInterrupted = false }: MetricsOptions): string {
  if (run.outcome !== undefined) return run.outcome;
  if (isInterrupted) return 'interrupted';
  return run.phase === 'paused' ? 'paused' : 'running';
}

function info({ run }: MetricsState): Sample[] {
  const { configuration } = run;
  if (configuration === undefined) return [];
  const { id, time } = configuration;
  return [{ labels: { run: id, mode: run.mode, time, version: packageVersion() }, value: 1 }];
}

export const RUN_METRICS: readonly MetricRow[] = [
  barCount('ticks', 'ticks', '{tick}'),
  {
    name: 'barometer.bars',
    unit: '{bar}',
    type: 'counter',
    counters: ['bars.base', 'bars.derived'],
    help: 'Bars that the coordinator built or read (base) and that the processor closed (derived).',
    samples: ({ bars }) => [
      { labels: { kind: 'base' }, value: bars.base },
      { labels: { kind: 'derived' }, value: bars.derived },
    ],
  },
  barCount('late', 'late_ticks', '{tick}'),
  barCount('outOfOrder', 'out_of_order_rows', '{row}'),
  barCount('badRows', 'bad_rows', '{row}'),
  {
    name: 'barometer.signals',
    unit: '{signal}',
    type: 'counter',
    counters: ['signals'],
    samples: ({ signals }) => one(signals),
  },
  {
    name: 'barometer.run.info',
    unit: '',
    type: 'gauge',
    counters: [],
    help: 'The run, as labels; the value is 1.',
    samples: info,
  },
  {
    name: 'barometer.run.state',
    unit: '',
    type: 'gauge',
    counters: [],
    help: 'The state of the run: 1 for the present one, 0 for the others.',
    samples: (state, options) => {
      const present = presentState(state, options);
      return STATES.map((name) => ({ labels: { state: name }, value: name === present ? 1 : 0 }));
    },
  },
  {
    name: 'barometer.run.speed',
    unit: '1',
    type: 'gauge',
    counters: ['run.speed'],
    samples: ({ run }) => one(run.speed),
  },
  {
    name: 'barometer.run.threads',
    unit: '{thread}',
    type: 'gauge',
    counters: ['run.threads'],
    samples: ({ run }) => one(run.configuration && (run.configuration.threads ?? 1)),
  },
  {
    name: 'barometer.run.startup',
    unit: 's',
    type: 'gauge',
    counters: ['run.startupMs'],
    samples: ({ run }) => one(run.startupMs === undefined ? undefined : run.startupMs / 1000),
  },
  {
    name: 'barometer.run.opening',
    unit: 's',
    type: 'gauge',
    counters: ['run.openingMs'],
    samples: ({ threadMs }) =>
      one(threadMs.opening === undefined ? undefined : threadMs.opening / 1000),
  },
  {
    name: 'barometer.run.held',
    unit: 's',
    type: 'counter',
    counters: ['run.heldMs'],
    samples: ({ run }) => one(run.heldMs / 1000),
  },
  {
    name: 'barometer.run.market_time',
    unit: 's',
    type: 'gauge',
    counters: ['run.marketSeconds'],
    help: 'Market time of the latest release, in seconds since 1970-01-01 UTC.',
    samples: ({ market }) => one(market.time === undefined ? undefined : market.time / 1e6),
  },
  {
    name: 'barometer.run.progress',
    unit: '1',
    type: 'gauge',
    counters: [],
    help: 'Share of the input that has been read, 0 to 1.',
    samples: ({ market }) => one(market.progress),
  },
  {
    name: 'barometer.counter.saturated',
    unit: '',
    type: 'gauge',
    counters: [],
    help: 'Counters that have reached 2^63-1 and count no further.',
    samples: ({ saturated }) =>
      saturated.map(({ counter, of }) => ({
        labels: { counter, ...(of === undefined ? {} : { of }) },
        value: 1,
      })),
  },
];
