import type { Bar, Micros } from './bar';

/**
 * What travels the edges: a bar, or a watermark that says that the clock has reached `time`. Data,
 * times and the pin of one hand-over; each stage makes items of its own.
 */
export interface Item {
  /** Undefined for a watermark. */
  readonly bar: Bar | undefined;
  /** Number of the bar's symbol in order of first appearance; -1 for a watermark. */
  readonly symbol: number;
  /** Index of the bar's interval: 0 is the base, 1 the shortest derived one. */
  readonly interval: number;
  /** Market time at which it is released: the bar's end. */
  readonly time: Micros;
  /** A watermark at which the stream ends: whatever is open closes now, unfinished. */
  readonly last: boolean;
  /** The pin: how many base rows there were, in the coordinator's order, up to and including the cause. */
  readonly base: number;
  /** The pin: how many derived rows had been emitted, up to and including this one. */
  readonly derived: number;
  /** When the clock released it, or the item that caused it: milliseconds of the run. */
  due: number;
  /** When the producer had it for the edge or the gate let it go: milliseconds of the run. */
  offered: number;
}

/** Bars are counted, watermarks are not. */
export const isBar = (item: Item): boolean => item.bar !== undefined;

export const symbolOf = (item: Item): string => item.bar?.symbol ?? '';
