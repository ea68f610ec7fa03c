/** A histogram's cells: [index of the cell, occurrences since the last event]. See `operators/kernel/logLinearHistogram.ts`. */
export type BucketCounts = readonly (readonly [bucket: number, count: number])[];

/** What is counted of each feed, and of each of its symbols, in this order. */
export const FEED_COUNTERS = [
  'received',
  'late',
  'duplicate',
  'missing',
  'gaps',
  'implausible',
  'dropped',
  'bad',
  'other',
  'discarded',
] as const;
export type FeedCounter = (typeof FEED_COUNTERS)[number];

/** Counts of a feed, or of one of its symbols. Plain numbers: exact to 2^53. */
export type FeedTally = Record<FeedCounter, number>;

/** What happens to a live feed. `at`: milliseconds on the run's own clock. */
export type FeedEvent =
  /** What a source counted since the last such event. */
  | {
      readonly type: 'feed';
      readonly at: number;
      readonly source: string;
      readonly counts: Readonly<FeedTally>;
      /** By how much the source's clock is ahead; absent before its first row. */
      readonly skewMs?: number;
      /** How much later than the fastest row of the last minutes rows came. */
      readonly lag: {
        readonly count: number;
        readonly totalMs: number;
        readonly maxMs: number;
        readonly buckets: BucketCounts;
      };
      /** Symbols that something was counted of, each with its counts in order of `FEED_COUNTERS`. */
      readonly symbols: readonly (readonly [symbol: string, counts: readonly number[]])[];
    }
  | {
      readonly type: 'connected';
      readonly at: number;
      readonly source: string;
      /** It is read in the strategies' thread: while they work, its rows are not received. */
      readonly isInCode?: true;
      /** Its rows have no ids: what was resent or lost is not known. */
      readonly hasNoIds?: true;
    }
  | {
      readonly type: 'disconnected';
      readonly at: number;
      readonly source: string;
      readonly reason: string;
    }
  /** Ids `from` to `to` of a symbol never came. */
  | {
      readonly type: 'gap';
      readonly at: number;
      readonly source: string;
      readonly symbol: string;
      readonly missing: number;
      readonly from: number;
      readonly to: number;
    }
  /** The difference between the source's clock and the local one jumped. */
  | {
      readonly type: 'skew';
      readonly at: number;
      readonly source: string;
      readonly fromMs: number;
      readonly toMs: number;
    }
  /** The recording of the feed ended before the run did. */
  | { readonly type: 'unrecorded'; readonly at: number; readonly reason: string };
