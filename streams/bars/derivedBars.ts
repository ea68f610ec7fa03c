import type { Bar, Micros } from './bar';
import type { BarWriter } from './history';
import { lastInstantOf } from './barItems';
import { finiteVolume } from './openBars';
import { windowsOf } from './calendar';
import type { WindowAt } from './calendar';
import type { Interval } from './interval';
import type { Item, Watermark } from './item';
import { barIntervals } from './tickSeries';

interface OpenWindow {
  readonly symbol: number;
  readonly symbolName: string;
  /** Index of the interval in the history. */
  readonly interval: number;
  readonly start: Micros;
  readonly end: Micros;
  readonly name: string;
  readonly open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
  count: number;
  coverage: number;
  gap: number;
  complete: boolean;
}

/**
 * Base bars become bars of longer intervals. Nothing closes before a watermark says so: only then
 * is it known that every symbol's last base bar of the window has been there.
 */
export class DerivedBars {
  readonly #history: BarWriter;
  readonly #intervals: readonly Interval[];
  readonly #windowAt: readonly WindowAt[];
  /** Of each interval, the earliest end of an open window: until then there is nothing to look for. */
  readonly #ends: Micros[];
  /** By interval, then by symbol. */
  readonly #open: (OpenWindow | undefined)[][];
  /** With ticks, which have numbered the symbols: order of their first bars. */
  readonly #ranks: number[] | undefined;
  #ranked = 0;

  constructor(history: BarWriter) {
    this.#history = history;
    this.#intervals = barIntervals(history.intervals).slice(1);
    this.#windowAt = this.#intervals.map(windowsOf);
    this.#ends = this.#intervals.map(() => Infinity);
    this.#open = this.#intervals.map(() => []);
    this.#ranks = history.intervals.length > this.#intervals.length + 1 ? [] : undefined;
  }

  /** Takes a base bar in. */
  add(symbol: number, bar: Bar): void {
    if (this.#ranks !== undefined) this.#ranks[symbol] ??= this.#ranked++;
    for (let k = 0; k < this.#intervals.length; k += 1) {
      const ofInterval = this.#open[k] as (OpenWindow | undefined)[];
      const window = ofInterval[symbol];
      if (window === undefined) {
        const { name } = this.#intervals[k] as Interval;
        const { start, end } = (this.#windowAt[k] as WindowAt)(lastInstantOf(bar));
        this.#ends[k] = Math.min(this.#ends[k] as Micros, end);
        ofInterval[symbol] = {
          symbol,
          symbolName: bar.symbol,
          interval: k + 1,
          start,
          end,
          name,
          open: bar.open,
          high: bar.high,
          low: bar.low,
          close: bar.close,
          volume: bar.volume,
          count: bar.count,
          coverage: 1,
          gap: bar.gap ?? 0,
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
      if (bar.gap !== undefined) window.gap += bar.gap;
      if (!bar.complete) window.complete = false;
    }
  }

  /** What a watermark closes, in order of end, then of the symbols' first appearance, then of length. */
  close(cause: Item, watermark: Watermark): Item[] {
    const closing: OpenWindow[] = [];
    for (const [k, ofInterval] of this.#open.entries()) {
      if (!watermark.last && watermark.time < (this.#ends[k] as Micros)) continue;
      this.#ends[k] = Infinity;
      for (const window of ofInterval) {
        if (window === undefined) continue;
        if (watermark.last || window.end <= watermark.time) closing.push(window);
        else this.#ends[k] = Math.min(this.#ends[k], window.end);
      }
    }
    const rank = (s: number): number => this.#ranks?.[s] ?? s;
    closing.sort(
      (a, b) => a.end - b.end || rank(a.symbol) - rank(b.symbol) || a.interval - b.interval,
    );
    return closing.map((window) => this.#closed(window, cause, watermark.last));
  }

  #closed(window: OpenWindow, cause: Item, last: boolean): Item {
    const { symbol, interval, start, end, name, open, high, low, close, volume, count, gap } =
      window;
    (this.#open[interval - 1] as (OpenWindow | undefined)[])[symbol] = undefined;
    const bar: Bar = {
      symbol: window.symbolName,
      interval: name,
      start,
      end,
      open,
      high,
      low,
      close,
      volume: finiteVolume(volume, window.symbolName, start),
      count,
      complete: window.complete && !last,
      coverage: window.coverage,
      ...(gap > 0 ? { gap } : {}),
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
