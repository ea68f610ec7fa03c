import type { MetricsState, StageState, StrategyState } from '../metrics';
import { runTimeMs } from '../report/runTime';
import { durations } from './durations';
import type { Sample } from './metric';
import type { MetricRow } from './metricRow';

const byStage =
  (read: (stage: StageState) => number) =>
  ({ stages }: MetricsState): Sample[] =>
    Object.entries(stages).map(([stage, state]) => ({ labels: { stage }, value: read(state) }));

const byStrategy =
  (read: (strategy: StrategyState) => bigint | number) =>
  ({ strategies }: MetricsState): Sample[] =>
    Object.entries(strategies).map(([strategy, state]) => ({
      labels: { strategy },
      value: read(state),
    }));

export const STAGE_METRICS: readonly MetricRow[] = [
  {
    name: 'barometer.stage.service',
    unit: 's',
    type: 'histogram',
    counters: [
      'stage.items',
      'stage.minMs',
      'stage.meanMs',
      'stage.p50Ms',
      'stage.p99Ms',
      'stage.p999Ms',
    ],
    help: 'Service times of the items that the stage finished.',
    samples: ({ stages }) =>
      Object.entries(stages).map(([stage, { serviceTimes, items, totalMs }]) =>
        durations({ stage }, { cells: serviceTimes, count: items, totalMs }),
      ),
  },
  {
    name: 'barometer.stage.longest_service',
    unit: 's',
    type: 'gauge',
    counters: ['stage.maxMs'],
    samples: byStage(({ maxMs }) => maxMs / 1000),
  },
  {
    name: 'barometer.stage.busy',
    unit: 's',
    type: 'counter',
    counters: ['stage.busyShare'],
    help: 'Time in which the stage served items (the coordinator: read and built).',
    samples: byStage(({ spent }) => spent.busyMs / 1000),
  },
  {
    name: 'barometer.stage.blocked',
    unit: 's',
    type: 'counter',
    counters: ['stage.blockedShare', 'edge.blockedMs'],
    help: 'Time in which the stage waited for the next gate to take its outputs.',
    samples: byStage(({ spent }) => spent.blockedMs / 1000),
  },
  {
    name: 'barometer.stage.time',
    unit: 's',
    type: 'counter',
    counters: ['stage.idleShare', 'run.clockSeconds'],
    help: 'Time of the run without pauses; what is neither busy nor blocked is idle.',
    samples: (state) =>
      Object.keys(state.stages).map((stage) => ({
        labels: { stage },
        value: runTimeMs(state) / 1000,
      })),
  },
];

export const STRATEGY_METRICS: readonly MetricRow[] = [
  {
    name: 'barometer.strategy.calls',
    unit: '{call}',
    type: 'counter',
    counters: ['strategy.items'],
    samples: byStrategy(({ items }) => items),
  },
  {
    name: 'barometer.strategy.signals',
    unit: '{signal}',
    type: 'counter',
    counters: ['strategy.signals'],
    samples: byStrategy(({ signals }) => signals),
  },
  {
    name: 'barometer.strategy.errors',
    unit: '{error}',
    type: 'counter',
    counters: ['strategy.errors'],
    samples: byStrategy(({ errors }) => errors),
  },
  {
    name: 'barometer.strategy',
    unit: 's',
    type: 'counter',
    counters: ['strategy.totalMs'],
    samples: byStrategy(({ totalMs }) => totalMs / 1000),
  },
  {
    name: 'barometer.strategy.longest_call',
    unit: 's',
    type: 'gauge',
    counters: ['strategy.maxMs'],
    samples: byStrategy(({ maxMs }) => maxMs / 1000),
  },
];
