import type { Bar, Micros } from './bar';
import type { BarWriter } from './history';
import { windowEnd } from './interval';
import type { Interval } from './interval';
import type { Item, Watermark } from './item';

interface OpenWindow {
  readonly symbol: number;
  readonly symbolName: string;
  /** Index of the interval in the history. */
  readonly interval: number;
  readonly end: Micros;
  readonly name: string;
  readonly open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
  count: number;
  coverage: number;
  complete: boolean;
}

/**
 * Base bars become bars of longer intervals. Nothing closes before a watermark says so: only then
 * is it known that every symbol's last base bar of the window has been there.
 */
export class DerivedBars {
  readonly #history: BarWriter;
  readonly #intervals: readonly Interval[];
  /** By interval, then by symbol. */
  readonly #open: (OpenWindow | undefined)[][];

  constructor(history: BarWriter) {
    this.#history = history;
    this.#intervals = history.intervals.slice(1);
    this.#open = this.#intervals.map(() => []);
  }

  /** Takes a base bar in. */
  add(symbol: number, bar: Bar): void {
    for (let k = 0; k < this.#intervals.length; k += 1) {
      const ofInterval = this.#open[k] as (OpenWindow | undefined)[];
      const window = ofInterval[symbol];
      if (window === undefined) {
        const { name, length } = this.#intervals[k] as Interval;
        ofInterval[symbol] = {
          symbol,
          symbolName: bar.symbol,
          interval: k + 1,
          end: windowEnd(bar.start, length),
          name,
          open: bar.open,
          high: bar.high,
          low: bar.low,
          close: bar.close,
          volume: bar.volume,
          count: bar.count,
          coverage: 1,
          complete: bar.complete,
        };
        continue;
      }
      if (bar.high > window.high) window.high = bar.high;
      if (bar.low < window.low) window.low = bar.low;
      window.close = bar.close;
      window.volume += bar.volume;
      window.count += bar.count;
      window.coverage += 1;
      if (!bar.complete) window.complete = false;
    }
  }

  /** What a watermark closes, in order of end, then of the symbols' first appearance, then of length. */
  close(cause: Item, watermark: Watermark): Item[] {
    const closing: OpenWindow[] = [];
    for (const [k, ofInterval] of this.#open.entries()) {
      const { length } = this.#intervals[k] as Interval;
      if (!watermark.last && watermark.time % length !== 0) continue;
      for (const window of ofInterval) {
        if (window === undefined) continue;
        if (watermark.last || window.end <= watermark.time) closing.push(window);
      }
    }
    closing.sort((a, b) => a.end - b.end || a.symbol - b.symbol || a.interval - b.interval);
    return closing.map((window) => this.#closed(window, cause, watermark.last));
  }

  #closed(window: OpenWindow, cause: Item, last: boolean): Item {
    const { symbol, interval, end, name, open, high, low, close, volume, count } = window;
    (this.#open[interval - 1] as (OpenWindow | undefined)[])[symbol] = undefined;
    const bar: Bar = {
      symbol: window.symbolName,
      interval: name,
      start: end - (this.#intervals[interval - 1] as Interval).length,
      end,
      open,
      high,
      low,
      close,
      volume,
      count,
      complete: window.complete && !last,
      coverage: window.coverage,
    };
    return {
      bar,
      watermark: undefined,
      symbol,
      interval,
      base: cause.base,
      derived: bar.complete
        ? this.#history.appendDerived(interval, symbol, bar)
        : this.#history.derived,
      market: cause.market,
      cause: cause.cause,
      due: cause.due,
      offered: cause.offered,
    };
  }
}
