import type { Micros, Side } from './bar';

/** A trade as a strategy hears of it. */
export interface Trade {
  readonly symbol: string;
  /** Epoch microseconds. */
  readonly time: Micros;
  readonly price: number;
  /** 0 where the source has no sizes. */
  readonly size: number;
  /** Side of the aggressor, who took what was offered; undefined where the source does not say it. */
  readonly side: Side | undefined;
}

/** The best bid and ask of a symbol from a time on. A side that is absent is undefined. */
export interface Quote {
  readonly symbol: string;
  /** Epoch microseconds. */
  readonly time: Micros;
  readonly bid: number | undefined;
  readonly ask: number | undefined;
  /** Undefined where the source has no sizes. */
  readonly bidSize: number | undefined;
  readonly askSize: number | undefined;
}
