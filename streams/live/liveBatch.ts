import type { BucketCounts } from '../events';
import type { Micros } from '../bars/bar';
import type { RowBatch } from '../bars/rows';
import type { FeedNote } from './feedNote';
import type { FeedTally } from './feedTally';
import type { LostRows } from './lossLedger';

/** Closes every window that ends by `end`, at the instant `at` of the receive clock. */
export interface Mark {
  readonly end: Micros;
  readonly at: Micros;
  readonly lost: readonly LostRows[];
}

/** What a source counted since the last such report. */
export interface FeedDelta {
  readonly source: string;
  readonly counts: FeedTally;
  /** Microseconds; absent before the first row. */
  readonly skew?: Micros;
  /** How much later than the fastest row of the last minutes rows came: milliseconds. */
  readonly lag: { readonly count: number; readonly maxMs: number; readonly buckets: BucketCounts };
  /** Symbols that something was counted of. */
  readonly symbols: readonly (readonly [symbol: string, counts: FeedTally])[];
}

/** Rows as the ingress had them, in order of receipt, and the mark behind them. */
export interface LiveBatch extends RowBatch {
  /** Receive time of each row. */
  readonly received: Float64Array;
  /** Id of each row, NaN where it has none. */
  readonly id: Float64Array;
  readonly mark?: Mark;
  readonly notes?: readonly FeedNote[];
  readonly deltas?: readonly FeedDelta[];
}
