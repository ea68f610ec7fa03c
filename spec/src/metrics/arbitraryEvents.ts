import fc from 'fast-check';
import type { EdgeEvent } from '../../../operators/events';
import type { PipelineEvent } from '../../../streams/events';
import { cellsOfValues, FIRST, SECOND } from './given';

const edge = fc.constantFrom(FIRST, SECOND);
const key = fc.constantFrom('SPY', 'QQQ', '600519', '__proto__');
const at = fc.nat(10_000);
/** Eighths: sums of them are exact, so that the order of addition shows nowhere. */
const ms = fc.nat(8000).map((eighths) => eighths / 8);
const few = fc.integer({ min: 1, max: 20 });

export const edgeEvents: fc.Arbitrary<EdgeEvent> = fc.oneof(
  fc.record({
    type: fc.constantFrom('delivered', 'overrun', 'dropped', 'discarded'),
    edge,
    key,
    count: few,
    at,
  }),
  fc
    .record({ edge, key, burst: fc.nat(9), behind: fc.nat(9), at })
    .filter(({ burst, behind }) => burst + behind > 0)
    .map((event) => ({
      ...event,
      type: 'backpressure' as const,
      count: event.burst + event.behind,
    })),
);

const stage = fc.constantFrom('coordinator', 'processor', 'analysis');
const values = fc.array(ms, { minLength: 1, maxLength: 20 });

const servedEvents: fc.Arbitrary<PipelineEvent> = fc
  .record({ stage, at, values })
  .map(({ values: of, ...event }) => ({
    ...event,
    type: 'served',
    count: of.length,
    totalMs: of.reduce((sum, value) => sum + value, 0),
    minMs: Math.min(...of),
    maxMs: Math.max(...of),
    buckets: cellsOfValues(of),
  }));

const latenessEvents: fc.Arbitrary<PipelineEvent> = fc
  .record({ edge, at, values })
  .map(({ values: of, ...event }) => ({
    ...event,
    type: 'lateness',
    count: of.length,
    totalMs: of.reduce((sum, value) => sum + value, 0),
    maxMs: Math.max(...of),
    buckets: cellsOfValues(of),
  }));

const byStage = fc.record({ coordinator: ms, processor: ms, analysis: ms });

const otherEvents: fc.Arbitrary<PipelineEvent> = fc.oneof(
  fc.record({ type: fc.constant('mode'), at, mode: fc.constantFrom('clock', 'data') }),
  fc.record({ type: fc.constant('speed'), at, speed: fc.constantFrom(1, 240) }),
  fc.record({ type: fc.constantFrom('paused', 'resumed'), at }),
  fc.record({
    type: fc.constant('window'),
    at,
    from: fc.constant(0),
    busyMs: byStage,
    blockedMs: byStage,
  }),
  fc.record({
    type: fc.constant('window'),
    at,
    from: fc.constant(0),
    busyMs: byStage,
    blockedMs: byStage,
    paused: fc.constant(true as const),
  }),
  fc.record({
    type: fc.constant('strategy'),
    at,
    strategy: fc.constantFrom('ema-cross', 'busy'),
    symbol: key,
    interval: fc.constantFrom('1m', '5m'),
    items: few,
    signals: fc.nat(3),
    errors: fc.nat(3),
    totalMs: ms,
    maxMs: ms,
  }),
);

/** Any events but the first and the last one of a run. */
export const pipelineEvents: fc.Arbitrary<PipelineEvent> = fc.oneof(
  { weight: 4, arbitrary: edgeEvents },
  { weight: 2, arbitrary: servedEvents },
  { weight: 1, arbitrary: latenessEvents },
  { weight: 2, arbitrary: otherEvents },
);
