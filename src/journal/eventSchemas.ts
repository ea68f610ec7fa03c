import { forEveryStage, STANDARD_TOPOLOGY } from '../../streams/topology';
import type { Topology } from '../../streams/topology';
import { z } from 'zod';
import { evidenceSchema, patternSchema } from './evidenceSchemas';
import { FEED_EVENT_SCHEMAS } from './feedSchemas';
import { columnSchema, millisecondsOf } from './shortColumns';
import { isSameTopology, topologySchema } from './topologySchema';
import type { EdgeEvent, EdgeEventType } from '../../operators/events';
import { THREAD_PARTS } from '../../streams/events';
import type { PipelineEvent, RunConfiguration } from '../../streams/events';

type EventOfType<T extends PipelineEvent['type']> = T extends EdgeEventType
  ? EdgeEvent
  : Extract<PipelineEvent, { readonly type: T }>;

/** The latest instant that a date holds: milliseconds from 1970. */
const LATEST = 8.64e15;
/** Epoch milliseconds. */
export const wallTime = z.number().min(-LATEST).max(LATEST);
/** Epoch microseconds. */
export const marketTime = z
  .number()
  .min(-LATEST * 1000)
  .max(LATEST * 1000);

const whole = z.int().nonnegative();
const at = z.number();
const ms = z.number().nonnegative();
const mode = z.enum(['clock', 'data']);
const buckets = z.array(z.tuple([whole, whole]));

const edgeEvent = <T extends EdgeEventType>(type: T, edge: z.ZodType<string>) =>
  z.object({
    type: z.literal(type),
    at,
    edge,
    key: z.string().exactOptional(),
    count: whole,
    burst: whole.exactOptional(),
    behind: whole.exactOptional(),
  });

const limits = {
  sustainableSpeed: z.number().exactOptional(),
  stableSpeed: z.number().exactOptional(),
};
const taken = z.object({
  stage: z.string().exactOptional(),
  strategy: z.string().exactOptional(),
  symbol: z.string().exactOptional(),
  interval: z.string().exactOptional(),
  factor: z.number(),
  awaited: z.literal(true).exactOptional(),
  shards: whole.exactOptional(),
});
export const speedsSchema = z.object({
  ...limits,
  estimated: z.boolean(),
  effects: z.array(z.object({ ...limits, taken })),
});
export const leadInSchema = z.object({
  from: marketTime,
  rows: whole,
  base: whole,
  signals: whole,
  errors: whole,
  error: z.string().exactOptional(),
  ms,
});

export const spentSchema = z.partialRecord(z.enum(THREAD_PARTS), ms);

export const configurationSchema: z.ZodType<RunConfiguration> = z.object({
  id: z.string(),
  mode,
  speed: z.number().positive(),
  time: z.enum(['simulated', 'wall']),
  files: z.array(z.string()),
  bars: z.string(),
  derive: z.array(z.string()),
  strategies: z.array(z.string()),
  timings: z.boolean(),
  threads: whole.exactOptional(),
  demand: whole.exactOptional(),
  topology: topologySchema.exactOptional(),
});

const workedSchema = z
  .object({
    type: z.literal('worked'),
    at,
    totals: z.array(
      z.object({
        strategy: z.string(),
        items: whole,
        signals: whole,
        errors: whole,
        totalMs: z.number(),
        maxMs: z.number(),
        error: z.string().exactOptional(),
      }),
    ),
    names: z.array(z.string()),
    intervals: z.array(z.string()),
    strategies: columnSchema,
    symbols: z.array(whole).exactOptional(),
    ofIntervals: columnSchema,
    items: columnSchema,
    totalMs: z.array(z.number()).exactOptional(),
    totalNs: columnSchema.exactOptional(),
  })
  .transform(({ totalMs, totalNs = [], ...worked }) => ({
    ...worked,
    totalMs: totalMs ?? totalNs.map(millisecondsOf),
  }));
const verdictSchema = z.object({
  culprit: z.string(),
  pattern: patternSchema.exactOptional(),
  modifiers: z.array(z.string()),
});

/** By type of event. A type without a row does not compile. */
export type EventSchemas = {
  readonly [T in PipelineEvent['type']]: z.ZodType<EventOfType<T>>;
};

const known = new WeakMap<Topology, EventSchemas>();

/**
 * What each type of event looks like in the journal of a run with these stages. A field that is not
 * here is a newer version's, and ignored.
 */
export function eventSchemasOf(topology: Topology = STANDARD_TOPOLOGY): EventSchemas {
  const schemas = known.get(topology) ?? schemasOf(topology);
  known.set(topology, schemas);
  return schemas;
}

function schemasOf(topology: Topology): EventSchemas {
  const stage = z.enum(topology.map((place) => place.stage));
  const consumer = stage.exclude(topology.slice(0, 1).map((place) => place.stage));
  const edge = z.enum(topology.flatMap((place) => place.edge?.name ?? []));
  const byStage = z
    .object(forEveryStage(topology, () => z.number().exactOptional()))
    .transform((times) => times as Record<string, number>);
  const isOwn = ({ topology: found = STANDARD_TOPOLOGY }: RunConfiguration): boolean =>
    isSameTopology(found, topology);
  return {
    delivered: edgeEvent('delivered', edge),
    backpressure: edgeEvent('backpressure', edge),
    overrun: edgeEvent('overrun', edge),
    dropped: edgeEvent('dropped', edge),
    discarded: edgeEvent('discarded', edge),
    started: z.object({
      type: z.literal('started'),
      at,
      wallTime,
      configuration: configurationSchema.refine(isOwn, 'has other stages than the header'),
    }),
    ingested: z.object({
      type: z.literal('ingested'),
      at,
      ticks: whole,
      base: whole,
      derived: whole,
      late: whole,
      outOfOrder: whole,
      badRows: whole,
      symbols: z.array(z.string()),
      marketStart: marketTime.exactOptional(),
      marketTime: marketTime.exactOptional(),
      marketEnd: marketTime.exactOptional(),
      progress: z.number(),
    }),
    served: z.object({
      type: z.literal('served'),
      at,
      stage,
      count: whole,
      totalMs: ms,
      minMs: ms,
      maxMs: ms,
      buckets,
    }),
    lateness: z.object({
      type: z.literal('lateness'),
      at,
      edge,
      count: whole,
      totalMs: ms.exactOptional(),
      maxMs: ms,
      buckets,
    }),
    trailing: z.object({
      type: z.literal('trailing'),
      at,
      count: whole,
      maxMs: ms,
      buckets,
      ownBuckets: buckets.exactOptional(),
    }),
    handedOver: z.object({ type: z.literal('handedOver'), at, stage, ms }),
    spent: z.object({ type: z.literal('spent'), at, ms: spentSchema }),
    strategy: z.object({
      type: z.literal('strategy'),
      at,
      strategy: z.string(),
      symbol: z.string(),
      interval: z.string(),
      items: whole,
      signals: whole,
      errors: whole,
      totalMs: z.number(),
      maxMs: z.number(),
      error: z.string().exactOptional(),
    }),
    counts: z.object({
      type: z.literal('counts'),
      at,
      edge,
      names: z.array(z.string()),
      symbols: z.array(whole).exactOptional(),
      delivered: columnSchema,
      backpressure: columnSchema,
      burst: columnSchema,
      overruns: whole,
      dropped: whole,
      discarded: whole,
    }),
    worked: workedSchema,
    window: z.object({
      type: z.literal('window'),
      stage: stage.exactOptional(),
      at,
      from: z.number(),
      busyMs: byStage,
      blockedMs: byStage,
      market: z.object({ from: z.number(), to: z.number() }).exactOptional(),
      partial: z.literal(true).exactOptional(),
      paused: z.literal(true).exactOptional(),
    }),
    evidence: evidenceSchema(consumer),
    speeds: speedsSchema.extend({ type: z.literal('speeds'), at }),
    conditions: z.object({
      type: z.literal('conditions'),
      at,
      runQueueShare: z.number().nullable(),
      gcShare: ms,
    }),
    ...FEED_EVENT_SCHEMAS,
    mode: z.object({ type: z.literal('mode'), at, mode }),
    speed: z.object({ type: z.literal('speed'), at, speed: z.number().positive() }),
    paused: z.object({ type: z.literal('paused'), at }),
    resumed: z.object({ type: z.literal('resumed'), at }),
    leadIn: leadInSchema.extend({ type: z.literal('leadIn'), at }),
    skipped: z.object({ type: z.literal('skipped'), at, from: z.number(), to: z.number() }),
    held: z.object({ type: z.literal('held'), at, by: z.literal('journal'), ms }),
    finished: z.object({
      type: z.literal('finished'),
      at,
      wallTime,
      outcome: z.enum(['done', 'stopped', 'failed']),
      error: z.string().exactOptional(),
      startupMs: ms.exactOptional(),
      verdict: verdictSchema.exactOptional(),
    }),
  };
}
