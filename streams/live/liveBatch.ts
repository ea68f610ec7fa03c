import type { RowBatch } from '../bars/rows';

/** Rows as the ingress had them, in order of receipt, and the mark behind them. */
export interface LiveBatch extends RowBatch {
  readonly received: Float64Array;
  readonly origin: Uint8Array;
  /** Id of each row, NaN where it has none. */
  readonly id: Float64Array;
}
