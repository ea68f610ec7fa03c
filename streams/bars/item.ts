import type { Bar, Micros } from './bar';

/** Says that the clock has reached `time`. */
export interface Watermark {
  readonly time: Micros;
  /** The stream ends here: what is open closes now, unfinished. */
  readonly last: boolean;
  /** A session begins. */
  readonly opens?: true;
  /** Live: nothing comes any more, and what is open makes no bars. */
  readonly ends?: true;
}

/**
 * What travels the edges: a bar or a watermark, with the times and the pin of its hand-over. It
 * belongs to anyone who has it: the processor passes a base bar's item on.
 */
export interface Item {
  /** Undefined for a watermark. */
  readonly bar: Bar | undefined;
  readonly watermark: Watermark | undefined;
  /** Number of the bar's symbol in order of first appearance; -1 for a watermark. */
  readonly symbol: number;
  /** Index of the bar's interval: 0 is the base, 1 the shortest derived one. */
  readonly interval: number;
  /** The pin: how many base rows there were, in the coordinator's order, up to and including the cause. */
  readonly base: number;
  /** The pin: how many derived rows had been emitted, up to and including this one. */
  derived: number;
  /**
   * Market time at which it, or the item that caused it, is due: a bar's end. Live: the receive time of the
   * tick, or the closing instant of the window.
   */
  readonly market: Micros;
  /** Number of the item that caused it, in the order in which the processor served them. */
  cause: number;
  /** When the clock released it, or the item that caused it: milliseconds of the run. */
  due: number;
  /** When the producer had it for the edge or the gate let it go: milliseconds of the run. */
  offered: number;
}

/** Bars are counted, watermarks are not. */
export const isBar = (item: Item): boolean => item.bar !== undefined;

export const symbolOf = (item: Item): string => item.bar?.symbol ?? '';

/** How a stage reads its items, unless it is configured otherwise. */
export const itemReading = {
  keyOf: symbolOf,
  isCounted: isBar,
  offeredAt: (item: Item): number => item.offered,
};
