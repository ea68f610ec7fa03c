import type { Micros } from '../bars/bar';
import type { RowMark } from '../bars/rows';

/** A row on its way to the coordinator. */
export interface QueuedRow {
  /** Number of the row, of all that were accepted. */
  readonly ordinal: number;
  readonly source: number;
  readonly symbol: number;
  readonly time: Micros;
  readonly received: Micros;
  readonly price: number;
  readonly size: number;
  /** NaN where it has none. */
  readonly id: number;
  /** End of its base window; NaN where it has none. */
  readonly end: Micros;
}

/** Rows and the mark behind them. */
export interface TakenRows {
  readonly length: number;
  readonly origin: Uint8Array;
  readonly symbol: Uint32Array;
  readonly time: Float64Array;
  readonly received: Float64Array;
  readonly price: Float64Array;
  readonly size: Float64Array;
  readonly id: Float64Array;
  readonly mark: RowMark | undefined;
  /** How many rows of its symbol are missing before each row; undefined where none are. */
  readonly gap: Float64Array | undefined;
}
