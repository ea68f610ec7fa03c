import { z } from 'zod';
import { FEED_COUNTERS } from '../../streams/feedEvents';
import { THREAD_PARTS } from '../../streams/events';
import type { Topology } from '../../streams/topology';
import type { Report } from '../report';
import { byName, count, decimal, grade, isoTime, ms, share, speed } from './printed';
import type { Printed } from './printed';

export const topologySchema = z.array(
  z.object({
    stage: z.string(),
    title: z.string(),
    edge: z
      .object({
        name: z.string(),
        items: z.string(),
        thresholds: z.object({ medium: z.number(), high: z.number() }),
      })
      .exactOptional(),
  }),
) satisfies z.ZodType<Printed<Topology>>;

const mode = z.enum(['clock', 'data']);

export const runSchema = z.object({
  id: z.string(),
  mode,
  speed: z.number(),
  time: z.enum(['simulated', 'wall']),
  mergedOf: z.number().exactOptional(),
  threads: z.number(),
  demand: z.number().exactOptional(),
  files: z.array(z.string()),
  bars: z.string(),
  derive: z.array(z.string()),
  symbols: z.array(z.string()),
  startedAt: isoTime,
  wallSeconds: z.number(),
  startupMs: ms.exactOptional(),
  marketSeconds: z.number(),
  marketFrom: isoTime.exactOptional(),
  marketTo: isoTime.exactOptional(),
  clockSeconds: z.number(),
  openingMs: ms.exactOptional(),
  schedule: z
    .object({ lagP50Ms: ms, lagP99Ms: ms, lagMaxMs: ms, reachedSpeed: z.number().exactOptional() })
    .exactOptional(),
  threadTimeMs: z.partialRecord(z.enum([...THREAD_PARTS, 'unaccounted']), ms).exactOptional(),
  outcome: z.enum(['running', 'stopped', 'failed', 'interrupted']).exactOptional(),
  error: z.string().exactOptional(),
  neverOffered: decimal.exactOptional(),
  heldMs: ms.exactOptional(),
  timeInModesMs: z.object({ clock: ms, data: ms }).exactOptional(),
}) satisfies z.ZodType<Printed<Report['run']>>;

const stage = z.object({
  items: decimal,
  minMs: ms,
  maxMs: ms,
  meanMs: ms,
  p50Ms: ms,
  p99Ms: ms,
  p999Ms: ms,
  busyShare: share,
  idleShare: share,
  blockedShare: share,
});

const strategy = z.object({
  items: decimal,
  signals: decimal,
  errors: decimal,
  totalMs: ms,
  maxMs: ms,
  firstError: z.string().exactOptional(),
});

const analysis = stage.extend({ strategies: byName(strategy) });

const symbol = z.object({
  delivered: decimal,
  backpressure: decimal,
  behind: decimal,
  workMs: ms.exactOptional(),
});

export const edgeSchema = z.object({
  delivered: decimal,
  backpressure: decimal,
  burst: decimal,
  behind: decimal,
  overruns: decimal,
  dropped: decimal,
  discarded: decimal,
  share,
  behindShare: share,
  grade,
  latenessP50Ms: ms,
  latenessP99Ms: ms,
  latenessMaxMs: ms,
  blockedMs: ms,
  bySymbol: byName(symbol),
  clockDelivered: decimal.exactOptional(),
});

const feedCounts = z.object(
  Object.fromEntries(FEED_COUNTERS.map((counter) => [counter, decimal])) as Record<
    (typeof FEED_COUNTERS)[number],
    typeof decimal
  >,
);

const feedSource = feedCounts.extend({
  reconnects: decimal,
  skewMs: z.number().exactOptional(),
  disconnected: z.string().exactOptional(),
  isInCode: z.literal(true).exactOptional(),
  hasNoIds: z.literal(true).exactOptional(),
});

export const feedSchema = feedCounts.extend({
  reconnects: decimal,
  lagP99Ms: ms,
  bySymbol: byName(feedCounts),
  bySource: byName(feedSource),
  firstGaps: z.array(z.string()).exactOptional(),
  unrecorded: z.string().exactOptional(),
});

export const verdictSchema = z.object({
  culprit: z.string(),
  culprits: z.array(z.string()),
  shielded: z.array(z.string()),
  tandem: z.boolean(),
  scope: z.enum(['run', 'minutes']),
  pattern: z.enum(['overload', 'slow-items', 'bursty-arrivals', 'waiting']).exactOptional(),
  modifiers: z.array(z.enum(['scheduled', 'gc', 'warm-up', 'failing-strategy'])),
  text: z.string(),
  when: z.array(
    z.object({
      from: z.number(),
      to: z.number(),
      edge: z.string(),
      behind: decimal,
      share,
    }),
  ),
  sustainableSpeed: speed.exactOptional(),
  stableSpeed: speed.exactOptional(),
  estimated: z.boolean(),
  confidence: z.object({
    runQueueShare: z.number().nullable(),
    gcShare: z.number(),
    note: z.string().exactOptional(),
  }),
}) satisfies z.ZodType<Printed<Report['verdict']>>;

const effect = z.object({ sustainableSpeed: speed, stableSpeed: speed });

const action = z.object({
  kind: z.enum([
    ...(['faster-stage', 'remove-strategy', 'fewer-symbols', 'fewer-intervals'] as const),
    ...(['overlap-waits', 'more-room', 'faster-source', 'shards'] as const),
  ]),
  stage: z.string(),
  strategy: z.string().exactOptional(),
  symbol: z.string().exactOptional(),
  interval: z.string().exactOptional(),
  text: z.string(),
  evidence: z.string(),
  effect: effect.exactOptional(),
}) satisfies z.ZodType<Printed<Report['actions'][number]>>;

/** The standard stages, and others where there are. */
export const stagesSchema = z
  .object({ coordinator: stage, processor: stage, analysis })
  .catchall(stage);

/** What `replay`, `live` and `report` print with `--json`. */
export const reportSchema = z.object({
  schema: z.literal(1),
  run: runSchema,
  bars: z.object({
    ticks: decimal,
    base: decimal,
    derived: decimal,
    late: decimal,
    outOfOrder: decimal,
    badRows: decimal,
  }),
  signals: decimal,
  topology: topologySchema.exactOptional(),
  stages: stagesSchema,
  edges: byName(edgeSchema),
  verdict: verdictSchema,
  actions: z.array(action),
  feed: feedSchema.exactOptional(),
  saturated: z
    .array(z.object({ counter: z.string(), of: z.string().exactOptional() }))
    .exactOptional(),
});

/** With `--at`: where in the run the report stands. */
export const reportAtSchema = reportSchema.extend({
  at: z
    .object({ seq: count, wallTime: isoTime, marketTime: isoTime.exactOptional() })
    .exactOptional(),
});
