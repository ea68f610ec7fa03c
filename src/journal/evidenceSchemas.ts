import { z } from 'zod';
import type { EvidenceEvent } from '../../streams/events';

const whole = z.int().nonnegative();
const ms = z.number().nonnegative();
const count = z.number().nonnegative();
const time = z.number();
const cost = z.object({
  strategy: z.string().exactOptional(),
  symbol: z.string(),
  interval: z.string(),
  ms: z.number(),
});

export const minuteSchema = z.object({
  to: time,
  deliveries: count,
  behind: count,
  isolatedBehind: count,
  workMs: ms,
  maxWaitMs: ms,
  top: z.array(cost),
});
export const rangeSchema = z.object({ from: time, to: time, behind: count, deliveries: count });
export const patternSchema = z.enum(['overload', 'slow-items', 'bursty-arrivals', 'waiting']);
export const patternSumsSchema = z.object({
  periods: count,
  behind: count,
  workMs: ms,
  awaitedMs: ms,
});
export const periodSchema = z.object({
  pattern: patternSchema,
  from: time,
  riseTo: time,
  to: time,
  items: count,
  behind: count,
  maxWaitMs: ms,
  workMs: ms,
  blockedMs: ms,
  awaitedMs: ms,
  top: z.array(cost),
});
export const firstItemsSchema = z.object({ items: count, workMs: ms, behind: count });

/** @param stage the names that it may have */
export const evidenceSchema = (stage: z.ZodType<string>): z.ZodType<EvidenceEvent> =>
  z.object({
    type: z.literal('evidence'),
    at: z.number(),
    stage,
    deliveries: whole,
    behind: whole,
    isolatedBehind: whole,
    awaitedMs: ms,
    first: firstItemsSchema.exactOptional(),
    minutes: z.array(minuteSchema),
    openMinute: minuteSchema.exactOptional(),
    ranges: z.array(rangeSchema),
    openRange: rangeSchema.exactOptional(),
    minutesOfDay: z.array(whole),
    days: z.array(z.number()),
    patterns: z.partialRecord(patternSchema, patternSumsSchema),
    periods: z.array(periodSchema),
    openPeriod: periodSchema.exactOptional(),
  });
