import { z } from 'zod';
import type { Judgement } from '../check';
import type { ResultRow } from '../cluster';
import type { Inspection } from '../inspect';
import type { StrategyHelp } from '../strategies/strategyHelp';
import type { Diff } from '../views/diff';
import type { RunEntry } from '../views/runs';
import type { Status } from '../views/status';
import { byName, count, decimal, grade, isoTime, share, speed } from './printed';
import type { Printed } from './printed';
import {
  edgeSchema,
  feedSchema,
  reportSchema,
  runSchema,
  stagesSchema,
  topologySchema,
  verdictSchema,
} from './report';

const state = z.enum(['running', 'paused', 'done', 'stopped', 'failed', 'interrupted']);
const mode = z.enum(['clock', 'data']);
const pattern = verdictSchema.shape.pattern;

/** What `status --json` prints. */
export const statusSchema = z.object({
  schema: z.literal(1),
  id: z.string(),
  state,
  error: z.string().exactOptional(),
  mode,
  speed: z.number(),
  time: z.enum(['simulated', 'wall']),
  marketTime: isoTime.exactOptional(),
  progress: z.number(),
  marketProgress: z.number().exactOptional(),
  etaSeconds: z.number().exactOptional(),
  startedAt: isoTime,
  heardAt: isoTime,
  events: decimal,
  topology: topologySchema.exactOptional(),
  edges: byName(edgeSchema),
  stages: stagesSchema,
  feed: feedSchema.exactOptional(),
  warnings: z.array(z.string()),
  verdict: verdictSchema,
}) satisfies z.ZodType<Omit<Printed<Status>, 'edges' | 'stages' | 'topology'>>;

const brief = z.object({
  culprit: z.string(),
  pattern,
  sustainableSpeed: speed.exactOptional(),
  stableSpeed: speed.exactOptional(),
});
const counter = z.union([z.number(), z.string()]);

/** What `diff --json` prints. */
export const diffSchema = z.object({
  schema: z.literal(1),
  before: runSchema,
  after: runSchema,
  rows: z.array(
    z.object({
      id: z.string(),
      of: z.string().exactOptional(),
      label: z.string(),
      unit: z.string(),
      before: counter.exactOptional(),
      after: counter.exactOptional(),
      factor: z.number().exactOptional(),
    }),
  ),
  verdicts: z.object({ before: z.string(), after: z.string() }),
  changes: z.array(
    z.object({
      name: z.string(),
      before: z.string().exactOptional(),
      after: z.string().exactOptional(),
    }),
  ),
  grades: z.object({ before: byName(grade), after: byName(grade) }),
  verdict: z.object({ before: brief, after: brief }),
}) satisfies z.ZodType<Omit<Printed<Diff>, 'rows'>>;

const run = z.object({
  id: z.string(),
  path: z.string(),
  state: z.enum([...state.options, 'unreadable', 'empty']),
  problem: z.string().exactOptional(),
  bytes: count.exactOptional(),
  startedAt: isoTime.exactOptional(),
  mode: z.string().exactOptional(),
  speed: z.number().exactOptional(),
  time: z.string().exactOptional(),
  events: decimal.exactOptional(),
  progress: z.number().exactOptional(),
  files: z.array(z.string()).exactOptional(),
  strategies: z.array(z.string()).exactOptional(),
  label: z.string().exactOptional(),
  isBaseline: z.literal(true).exactOptional(),
  verdict: z
    .object({ culprit: z.string(), pattern, modifiers: z.array(z.string()) })
    .exactOptional(),
  sustainableSpeed: speed.exactOptional(),
}) satisfies z.ZodType<Printed<RunEntry>>;

/** What `runs --json` prints. */
export const runsSchema = z.array(run);

/** What `runs prune --json` prints. */
export const pruneSchema = z.object({
  schema: z.literal(1),
  dryRun: z.boolean(),
  removed: z.array(
    z.object({ id: z.string(), path: z.string(), startedAt: isoTime, bytes: count }),
  ),
  bytes: count,
  kept: count,
});

/** What `check --json` prints. */
export const checkSchema = z.object({
  schema: z.literal(1),
  passed: z.boolean(),
  judgements: z.array(
    z.object({
      requirement: z.string(),
      passed: z.boolean(),
      value: z.number().nullable().exactOptional(),
      passes: z.array(z.number().nullable()).exactOptional(),
      baseline: z.number().nullable().exactOptional(),
      text: z.string(),
    }) satisfies z.ZodType<Printed<Judgement>>,
  ),
  report: reportSchema,
});

const task = z.object({
  task: z.string(),
  part: z.string(),
  strategies: z.array(z.string()),
  sustainableSpeed: speed,
  stableSpeed: speed,
  signals: decimal,
  behindShare: share,
  grade,
  errors: decimal,
}) satisfies z.ZodType<Printed<ResultRow>>;

/** What `sweep --json` prints. */
export const sweepSchema = z.object({
  tasks: z.array(task),
  failed: z.array(z.object({ task: z.string(), why: z.string() })),
  report: reportSchema.exactOptional(),
});

/** What `merge --json` prints. */
export const mergeSchema = reportSchema.extend({ tasks: z.array(task) });

const window = z.object({ from: isoTime, rows: count }).nullable();

/** What `inspect --json` prints. */
export const inspectSchema = z.array(
  z.object({
    file: z.string(),
    format: z.string(),
    evidence: z.string(),
    interval: z.string(),
    rows: count,
    quotes: count.exactOptional(),
    skipped: byName(count),
    symbols: z.array(z.string()),
    rowsBySymbol: byName(count),
    first: isoTime.nullable(),
    last: isoTime.nullable(),
    busiestSecond: window,
    busiest10ms: window,
    gaps: z.array(z.object({ from: isoTime, to: isoTime, seconds: z.number() })),
    missingBars: count,
    outOfOrder: count,
    equalTimes: count,
    oneSided: count,
    badRows: count,
    zeroPrices: count.exactOptional(),
    duplicates: count.exactOptional(),
    overlaps: count.exactOptional(),
    intervalEvidence: z.string().exactOptional(),
    notes: z.array(z.string()).exactOptional(),
    badRowsAt: z.array(z.object({ line: count, wrong: z.string() })),
    replay: z.string().exactOptional(),
  }) satisfies z.ZodType<Printed<Inspection>>,
);

/** What `formats --json` prints. */
export const formatsSchema = z.array(
  z.object({
    name: z.string(),
    title: z.string(),
    clock: z.string(),
    traps: z.array(z.string()),
  }),
);

/** What `strategies --json` prints. */
export const strategiesSchema = z.array(
  z.object({
    strategy: z.string(),
    summary: z.string().exactOptional(),
    parameters: z.array(z.string()).exactOptional(),
  }) satisfies z.ZodType<Printed<StrategyHelp>>,
);
