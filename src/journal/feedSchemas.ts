import { z } from 'zod';
import { FEED_COUNTERS } from '../../streams/feedEvents';
import type { FeedCounter, FeedEvent } from '../../streams/feedEvents';

const whole = z.int().nonnegative();
const at = z.number();
const ms = z.number().nonnegative();

/** One value for each counter of a feed. */
export const feedCountsOf = <S extends z.ZodType>(count: S): z.ZodObject<Record<FeedCounter, S>> =>
  z.object(
    Object.fromEntries(FEED_COUNTERS.map((counter) => [counter, count])) as Record<FeedCounter, S>,
  );

/** What each type of event of a live feed looks like in a journal. */
export const FEED_EVENT_SCHEMAS: {
  readonly [T in FeedEvent['type']]: z.ZodType<Extract<FeedEvent, { readonly type: T }>>;
} = {
  feed: z.object({
    type: z.literal('feed'),
    at,
    source: z.string(),
    counts: feedCountsOf(whole),
    skewMs: z.number().exactOptional(),
    lag: z.object({
      count: whole,
      totalMs: ms,
      maxMs: ms,
      buckets: z.array(z.tuple([whole, whole])),
    }),
    symbols: z.array(z.tuple([z.string(), z.array(whole).length(FEED_COUNTERS.length)])),
  }),
  connected: z.object({
    type: z.literal('connected'),
    at,
    source: z.string(),
    isInCode: z.literal(true).exactOptional(),
    hasNoIds: z.literal(true).exactOptional(),
  }),
  disconnected: z.object({
    type: z.literal('disconnected'),
    at,
    source: z.string(),
    reason: z.string(),
  }),
  gap: z.object({
    type: z.literal('gap'),
    at,
    source: z.string(),
    symbol: z.string(),
    missing: whole,
    from: whole,
    to: whole,
  }),
  skew: z.object({
    type: z.literal('skew'),
    at,
    source: z.string(),
    fromMs: z.number(),
    toMs: z.number(),
  }),
  unrecorded: z.object({ type: z.literal('unrecorded'), at, reason: z.string() }),
};
