import { z } from 'zod';
import { feedCountsOf } from './feedSchemas';
import { initialStateOf } from '../metrics';
import type { MetricsState, PersistentMap } from '../metrics';
import {
  configurationSchema,
  leadInSchema,
  marketTime,
  speedsSchema,
  spentSchema,
  wallTime,
} from './eventSchemas';
import {
  firstItemsSchema,
  minuteSchema,
  patternSchema,
  patternSumsSchema,
  periodSchema,
  rangeSchema,
} from './evidenceSchemas';
import { topologySchema } from './topologySchema';

/** 64-bit counters stand in JSON as decimal digits. */
const decimal = z
  .string()
  .regex(/^\d+$/)
  .transform((digits) => BigInt(digits));

const ms = z.number();
const mode = z.enum(['clock', 'data']);
/** Number, count, number, count, … */
const sortedCounts = z.array(z.number());

/** A trie by name. */
function named<V extends z.ZodType>(value: V): z.ZodType<PersistentMap<z.infer<V>>> {
  const node: z.ZodType<PersistentMap<z.infer<V>>> = z.union([
    z.object({ leaf: z.array(z.string()), values: z.array(value) }),
    z.object({ branch: z.array(z.lazy(() => node).nullable()) }),
  ]);
  return node;
}

const spread = z.object({ count: decimal, totalMs: ms, maxMs: ms, cells: sortedCounts });
const stage = z.object({
  items: decimal,
  totalMs: ms,
  minMs: ms,
  maxMs: ms,
  serviceTimes: sortedCounts,
  spent: z.object({ spanMs: ms, busyMs: ms, blockedMs: ms }),
});
const edge = z.object({
  delivered: decimal,
  clockDelivered: decimal,
  backpressure: decimal,
  burst: decimal,
  behind: decimal,
  overruns: decimal,
  dropped: decimal,
  discarded: decimal,
  lateness: spread,
  bySymbol: named(z.object({ delivered: decimal, backpressure: decimal, behind: decimal })),
  firstPressed: z.array(z.string()),
});
const strategy = z.object({
  items: decimal,
  signals: decimal,
  errors: decimal,
  totalMs: ms,
  maxMs: ms,
  firstError: z.string().exactOptional(),
  markets: named(
    z.object({ symbol: z.string(), interval: z.string(), items: decimal, totalMs: ms }),
  ),
});

const evidence = z.object({
  deliveries: z.number(),
  behind: z.number(),
  isolatedBehind: z.number(),
  awaitedMs: ms,
  first: firstItemsSchema,
  minutes: z.array(minuteSchema),
  openMinute: minuteSchema.exactOptional(),
  ranges: z.array(rangeSchema),
  openRange: rangeSchema.exactOptional(),
  minutesOfDay: sortedCounts,
  days: z.number(),
  lastDay: z.number().exactOptional(),
  patterns: z.record(patternSchema, patternSumsSchema),
  periods: z.array(periodSchema),
  openPeriod: periodSchema.exactOptional(),
});

const feedCounts = feedCountsOf(decimal);
const feed = z.object({
  total: feedCounts,
  sources: z.array(
    z.object({
      name: z.string(),
      counts: feedCounts,
      skewMs: z.number().exactOptional(),
      isConnected: z.boolean(),
      connections: z.number(),
      lastReason: z.string().exactOptional(),
      isInCode: z.literal(true).exactOptional(),
      hasNoIds: z.literal(true).exactOptional(),
    }),
  ),
  bySymbol: named(feedCounts),
  lag: spread,
  gaps: z.array(
    z.object({
      source: z.string(),
      symbol: z.string(),
      missing: z.number(),
      from: z.number(),
      to: z.number(),
    }),
  ),
  jumps: z.number(),
  unrecorded: z.string().exactOptional(),
});

/** By a name that a user chose: Zod's own record has no entry for `__proto__`. */
const strategies = z
  .custom<object>((found) => typeof found === 'object' && found !== null)
  .transform((found): [string, unknown][] => Object.entries(found))
  .pipe(z.array(z.tuple([z.string(), strategy])))
  .transform((entries) => Object.fromEntries(entries));

type Counted = Pick<MetricsState, 'topology' | 'stages' | 'edges' | 'evidence'>;

/** There is an entry for every stage and edge, and no other. */
function isComplete({ topology, stages, edges, evidence }: Counted): boolean {
  const { stages: own, edges: ownEdges, evidence: ownEvidence } = initialStateOf(topology);
  return (
    isSameNames(stages, own) && isSameNames(edges, ownEdges) && isSameNames(evidence, ownEvidence)
  );
}

const isSameNames = (found: object, own: object): boolean =>
  Object.keys(found).join() === Object.keys(own).join();

/** A state as it was made JSON of, counters as digits. */
export const stateSchema: z.ZodType<MetricsState> = z
  .object({
    at: z.number(),
    run: z.object({
      configuration: configurationSchema.exactOptional(),
      mergedOf: z.number().exactOptional(),
      phase: z.enum(['waiting', 'running', 'paused', 'finished']),
      outcome: z.enum(['done', 'stopped', 'failed']).exactOptional(),
      error: z.string().exactOptional(),
      startedAt: wallTime.exactOptional(),
      wallTime: wallTime.exactOptional(),
      mode,
      modeSince: z.number(),
      earlierMs: z.object({ clock: ms, data: ms }),
      pausedMs: z.object({ clock: ms, data: ms }),
      modes: z.array(z.object({ mode, from: z.number() })),
      speed: z.number(),
      speedChanges: z.number(),
      heldMs: ms,
      startupMs: ms.exactOptional(),
      leadIn: leadInSchema.exactOptional(),
    }),
    market: z.object({
      symbols: z.array(z.string()),
      names: z.array(z.string()),
      start: marketTime.exactOptional(),
      time: marketTime.exactOptional(),
      end: marketTime.exactOptional(),
      progress: z.number(),
    }),
    bars: z.object({
      ticks: decimal,
      base: decimal,
      derived: decimal,
      late: decimal,
      outOfOrder: decimal,
      badRows: decimal,
    }),
    signals: decimal,
    topology: topologySchema,
    stages: z.record(z.string(), stage) as unknown as z.ZodType<MetricsState['stages']>,
    edges: z.record(z.string(), edge) as unknown as z.ZodType<MetricsState['edges']>,
    evidence: z.record(z.string(), evidence) as unknown as z.ZodType<MetricsState['evidence']>,
    conditions: z.object({ runQueueShare: z.number().nullable(), gcShare: ms }).exactOptional(),
    speeds: speedsSchema.exactOptional(),
    threadMs: spentSchema,
    handOverMs: ms,
    trailing: spread,
    trailed: decimal,
    strategies,
    feed: feed.exactOptional(),
    saturated: z.array(z.object({ counter: z.string(), of: z.string().exactOptional() })),
  })
  .refine(isComplete, 'stages and edges are not those of the topology');
