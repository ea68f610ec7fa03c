import type { RowBatch } from '../bars/rows';

/** Rows as the ingress had them, in order of receipt, and the mark behind them. */
export interface LiveBatch extends RowBatch {
  readonly received: Float64Array;
  readonly origin: Uint8Array;
  /** Id of each row, NaN where it has none. */
  readonly id: Float64Array;
}

/** Rows of ticks as the ingress keeps them, in columns. */
export interface LiveColumns extends Pick<
  LiveBatch,
  'length' | 'symbol' | 'time' | 'received' | 'origin' | 'id'
> {
  readonly price: Float64Array;
  readonly size: Float64Array;
  readonly mark?: LiveBatch['mark'];
  readonly gap?: LiveBatch['gap'];
}

/** The batch of these rows: the four prices of a tick are one column. */
export const liveBatchOf = (rows: LiveColumns, symbols: readonly string[]): LiveBatch => {
  const { length, symbol, time, price, size, received, origin, id, mark, gap } = rows;
  return {
    ...{ length, symbols, symbol, time, received, origin, id, volume: size },
    ...{ open: price, high: price, low: price, close: price },
    ...(mark === undefined ? {} : { mark }),
    ...(gap === undefined ? {} : { gap }),
  };
};
