import { z } from 'zod';
import type { CapacityReport } from '../capacity/capacityReport';
import { byName, count, grade, isoTime, ms, share, speed } from './printed';
import type { Printed } from './printed';

const served = z.enum(['processor', 'analysis']);
const range = z.tuple([speed, speed]);

const edge = z.object({
  delivered: count,
  backpressure: count,
  burst: count,
  behind: count,
  overruns: count,
  waitMeanMs: ms,
  waitP50Ms: ms,
  waitP99Ms: ms,
  waitMaxMs: ms,
  deepestInbox: count,
  share,
  behindShare: share,
  grade: grade.exclude(['n/a']),
});

const utilization = z.object({ utilization: z.number() });

/** What `capacity --json` prints. */
export const capacitySchema = z.object({
  schema: z.literal(1),
  answer: z.string(),
  source: z.object({
    run: z.string().exactOptional(),
    files: z.array(z.string()),
    strategies: z.array(z.string()),
  }),
  passes: count,
  sustainableSpeed: speed,
  sustainableSpeedRange: range.exactOptional(),
  partsRange: range.exactOptional(),
  busyMachineRange: range.exactOptional(),
  runQueueShare: z.number().nullable(),
  stableSpeed: speed,
  averageSpeed: speed,
  busiest: served,
  worstWindow: z.object({ from: isoTime, to: isoTime, stage: served, speed }).nullable(),
  critical: z.array(z.object({ edge: z.string(), speed })),
  curve: z.array(
    z.object({
      speed: z.number(),
      edges: byName(edge),
      stages: z.object({ processor: utilization, analysis: utilization }),
    }),
  ),
  counted: z.object({ items: count, updates: count }),
  span: z.object({ from: isoTime, to: isoTime }),
  dropped: count.exactOptional(),
  warmUp: z.object({ items: count, until: isoTime, meanMs: ms, meanMsAfter: ms }).exactOptional(),
  whatIf: z.object({ changes: z.array(z.string()), measuredSpeed: speed }).exactOptional(),
  gains: z.array(
    z.object({
      kind: z.enum(['stage', 'strategy', 'symbol', 'interval']),
      name: z.string(),
      share: z.number(),
      fasterSpeed: speed,
      goneSpeed: speed.exactOptional(),
    }),
  ),
  untried: count,
  pauses: z
    .object({
      count,
      totalMs: ms,
      maxMs: ms,
      major: z.object({ count, totalMs: ms }),
      observedMs: ms,
    })
    .exactOptional(),
  errors: z
    .array(
      z.object({
        strategy: z.string(),
        calls: count,
        failed: count,
        first: z.string().exactOptional(),
      }),
    )
    .exactOptional(),
}) satisfies z.ZodType<Omit<Printed<CapacityReport>, 'critical' | 'curve'>>;
