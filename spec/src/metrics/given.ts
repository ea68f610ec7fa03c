import { LogLinearHistogram } from '../../../operators/kernel/logLinearHistogram';
import { initialState, type MetricsState, reduce } from '../../../src/metrics';
import type {
  BucketCounts,
  PipelineEvent,
  RunConfiguration,
  StageName,
} from '../../../streams/events';
import type { StandardEdge } from '../../../streams/topology';

type EventOf<T extends PipelineEvent['type']> = Extract<PipelineEvent, { readonly type: T }>;

export const FIRST: StandardEdge = 'coordinator-processor';
export const SECOND: StandardEdge = 'processor-analysis';

export const fold = (events: readonly PipelineEvent[], from = initialState): MetricsState =>
  events.reduce(reduce, from);

export const configuration: RunConfiguration = {
  id: 'run-1',
  mode: 'clock',
  speed: 1,
  time: 'simulated',
  files: ['day.csv'],
  bars: '1m',
  derive: [],
  strategies: [],
  timings: true,
};

export const started = (changes: Partial<RunConfiguration> = {}): EventOf<'started'> => ({
  type: 'started',
  at: 0,
  wallTime: Date.UTC(2024, 7, 8),
  configuration: { ...configuration, ...changes },
});

export const finished = (
  outcome: EventOf<'finished'>['outcome'] = 'done',
  error?: string,
): EventOf<'finished'> => ({
  type: 'finished',
  at: 0,
  wallTime: Date.UTC(2024, 7, 8) + 4000,
  outcome,
  ...(error === undefined ? {} : { error }),
});

export const delivered = (edge: string, count: number, key?: string): PipelineEvent => ({
  type: 'delivered',
  edge,
  count,
  at: 0,
  ...(key === undefined ? {} : { key }),
});

export const backpressure = (
  edge: string,
  behind: number,
  burst = 0,
  key?: string,
): PipelineEvent => ({
  type: 'backpressure',
  edge,
  count: burst + behind,
  burst,
  behind,
  at: 0,
  ...(key === undefined ? {} : { key }),
});

/** The cells of some values. */
export function cellsOfValues(values: readonly number[]): BucketCounts {
  const buckets = new LogLinearHistogram();
  for (const value of values) buckets.record(value);
  return buckets.drain();
}

/** `count` items between `minMs` and `maxMs`, `meanMs` in the mean. */
export const served = (
  stage: StageName,
  count: number,
  [minMs, maxMs, meanMs]: readonly [min: number, max: number, mean: number],
): EventOf<'served'> => ({
  type: 'served',
  at: 0,
  stage,
  count,
  totalMs: count * meanMs,
  minMs,
  maxMs,
  buckets: cellsOfValues([minMs, meanMs, maxMs]),
});

export const windowOf = (
  spanMs: number,
  busyMs: Partial<Record<StageName, number>> = {},
  blockedMs: Partial<Record<StageName, number>> = {},
): EventOf<'window'> => ({
  type: 'window',
  from: 0,
  at: spanMs,
  busyMs: { coordinator: 0, processor: 0, analysis: 0, ...busyMs },
  blockedMs: { coordinator: 0, processor: 0, analysis: 0, ...blockedMs },
});

export const ingested = (changes: Partial<EventOf<'ingested'>> = {}): EventOf<'ingested'> => ({
  type: 'ingested',
  at: 0,
  ticks: 0,
  base: 0,
  derived: 0,
  late: 0,
  outOfOrder: 0,
  badRows: 0,
  symbols: [],
  progress: 0,
  ...changes,
});

export const strategyWorked = (
  strategy: string,
  changes: Partial<EventOf<'strategy'>> = {},
): EventOf<'strategy'> => ({
  type: 'strategy',
  at: 0,
  strategy,
  symbol: 'SPY',
  interval: '1m',
  items: 1,
  signals: 0,
  errors: 0,
  totalMs: 0,
  maxMs: 0,
  ...changes,
});
