import type { BarLike } from './crossings';

export interface TickLike {
  readonly symbol: string;
  readonly time: number;
  readonly price: number;
  readonly size: number;
}

interface OpenBar extends BarLike {
  high: number;
  low: number;
  close: number;
  volume: number;
  count: number;
}

const UNITS: Readonly<Record<string, number>> = { s: 1e6, m: 60e6, h: 3_600e6 };

export const lengthOf = (interval: string): number =>
  Number(interval.slice(0, -1)) * (UNITS[interval.slice(-1)] as number);

/** What a user would write for bars of one interval: one open bar a symbol, in a map. */
export class BarBuilder {
  readonly #open = new Map<string, OpenBar>();
  readonly #length: number;

  constructor(readonly interval: string) {
    this.#length = lengthOf(interval);
  }

  /** The bar that this tick closes: the one before its window. */
  addTick({ symbol, time, price, size }: TickLike): BarLike | undefined {
    const open = this.#open.get(symbol);
    if (open !== undefined && time < open.end) {
      if (price > open.high) open.high = price;
      if (price < open.low) open.low = price;
      open.close = price;
      open.volume += size;
      open.count += 1;
      return undefined;
    }
    const start = time - (time % this.#length);
    this.#open.set(symbol, {
      symbol,
      interval: this.interval,
      start,
      end: start + this.#length,
      open: price,
      high: price,
      low: price,
      close: price,
      volume: size,
      count: 1,
    });
    return open;
  }

  /** The bar that a shorter one closes: its own window, when it is the last one in it, or the one before. */
  addBar(bar: BarLike): BarLike | undefined {
    const { symbol } = bar;
    const closed = this.#open.get(symbol);
    if (closed !== undefined && bar.start < closed.end) {
      if (bar.high > closed.high) closed.high = bar.high;
      if (bar.low < closed.low) closed.low = bar.low;
      closed.close = bar.close;
      closed.volume += bar.volume;
      closed.count += bar.count;
      if (bar.end < closed.end || bar.start === bar.end) return undefined;
      this.#open.delete(symbol);
      return closed;
    }
    const start = bar.start - (bar.start % this.#length);
    const end = start + this.#length;
    const { open, high, low, close, volume, count } = bar;
    const { interval } = this;
    this.#open.set(symbol, { symbol, interval, start, end, open, high, low, close, volume, count });
    return closed;
  }
}
