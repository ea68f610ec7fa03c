/** Epoch microseconds in a number: exact until the year 2255. */
export type Micros = number;

/** One OHLCV row of a symbol and an interval. Its window is half-open: [start, end). */
export interface Bar {
  readonly symbol: string;
  /** `tick`, or a length such as `1s`, `5m`, `1h`, `1d`. */
  readonly interval: string;
  readonly start: Micros;
  /** Where the window ends and the bar is released; for the interval `tick` it equals `start`. */
  readonly end: Micros;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Sum of the sizes; 0 where the file has none. */
  readonly volume: number;
  /** How many rows of the file the bar was made of. */
  readonly count: number;
  /** False only for a bar whose window was still open when the stream ended. */
  readonly complete: boolean;
  /** Derived bars only: how many of the window's base bars there were. */
  readonly coverage?: number;
  /**
   * Live bars only: how many rows it is known to lack, because they were dropped or never came. Rows of a window that
   * lost all of them are counted in the symbol's next bar.
   */
  readonly gap?: number;
}

export type Side = 'buy' | 'sell';

/** One trade, or one quote reduced to a price. */
export interface Tick {
  readonly symbol: string;
  readonly time: Micros;
  readonly price: number;
  readonly size?: number;
  /** Side of the aggressor. */
  readonly side?: Side | undefined;
  /** The quote that stood when it was traded. */
  readonly bid?: number | undefined;
  readonly ask?: number | undefined;
  readonly bidSize?: number | undefined;
  readonly askSize?: number | undefined;
}

/** What a strategy says when it has something to say. */
export interface Signal {
  readonly strategy: string;
  readonly symbol: string;
  readonly interval: string;
  /** The end of the bar that caused it. */
  readonly time: Micros;
  readonly side: 'buy' | 'sell' | 'flat';
  readonly strength?: number;
  readonly note?: string;
}
