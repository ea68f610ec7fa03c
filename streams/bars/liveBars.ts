import type { Bar, Micros } from './bar';
import { BarItems } from './barItems';
import type { BaseBarCounts } from './baseBars';
import { windowsOf } from './calendar';
import type { Window, WindowAt } from './calendar';
import type { BarWriter } from './history';
import type { Item } from './item';
import { Moments, NO_MOMENTS, wantsMoments } from './moments';
import type { MomentWishes } from './moments';
import { OpenBars } from './openBars';
import type { RowMark, RowBatch } from './rows';
import { TickItems } from './tickItems';
import { barIntervals } from './tickSeries';

/** A base window that has rows. */
interface OpenWindow extends Window {
  readonly bars: OpenBars;
  rows: number;
}

/**
 * Rows of a live feed become base bars and watermarks. Rows close no window: rows of the next one
 * come while late rows of this one are still on their way. Marks close windows, at the closing instant
 * that they carry; bars and watermarks are due then. Where every tick is a bar, it is due when
 * it was received.
 *
 * Rows that were not received, of a history before the feed, close windows by their own time.
 */
export class LiveBars {
  readonly #length: Micros;
  readonly #name: string;
  readonly #windowAt: WindowAt;
  readonly #shortestAt: WindowAt | undefined;
  readonly #items: BarItems;
  readonly #onLate: (origin: number, symbol: string) => void;
  /** Where strategies want trades: each is an item when it was received. */
  readonly #ticks: TickItems | undefined;
  #symbols: readonly string[] = [];
  /** Of each symbol, rows that are missing before its next bar, in none of the windows that have bars. */
  readonly #missing = new Map<string, number>();
  /** In order of their ends. */
  #windows: OpenWindow[] = [];
  #last: OpenWindow | undefined;
  #closedThrough: Micros = -Infinity;
  /** When the latest item was due. */
  #due: Micros = -Infinity;
  #rows = 0;
  #late = 0;
  #outside = 0;

  constructor(
    history: BarWriter,
    onLate: (origin: number, symbol: string) => void,
    wishes: MomentWishes = NO_MOMENTS,
  ) {
    const [base, ...derived] = barIntervals(history.intervals);
    if (base === undefined) throw new RangeError('a history without intervals');
    this.#length = base.length;
    this.#name = base.name;
    this.#windowAt = windowsOf(base);
    this.#shortestAt = derived[0] && windowsOf(derived[0]);
    const moments = wantsMoments(wishes) ? new Moments(wishes, base) : undefined;
    this.#items = new BarItems(history, derived, moments);
    this.#onLate = onLate;
    const ticks = new TickItems(history);
    this.#ticks = ticks.isWanted ? ticks : undefined;
  }

  counts(): BaseBarCounts {
    return {
      rows: this.#rows,
      base: this.#items.base,
      late: this.#late,
      outside: this.#outside,
      quotes: 0,
    };
  }

  /** Rows in windows that are not closed. */
  get open(): number {
    return this.#windows.reduce((rows, window) => rows + window.rows, 0);
  }

  /** Appends to `out` what the rows from row `from` on and the mark behind them close. */
  add(batch: RowBatch, from: number, out: Item[]): number {
    this.#symbols = batch.symbols;
    for (let row = from; row < batch.length; row += 1) this.#add(batch, row, out);
    const { mark } = batch;
    if (mark === undefined) return batch.length;
    for (const { symbol, end, rows } of mark.lost) {
      if (!this.#isOpen(symbol, end)) this.#lack(symbol, rows);
    }
    this.#close(mark.end, mark, out);
    return batch.length;
  }

  /** The feed has ended. Windows that no mark has closed make no bars: their rows are counted as open. */
  finish(_reached: Micros, out: Item[]): void {
    this.#last = undefined;
    if (this.#items.moments === undefined || this.#due === -Infinity) return;
    this.#items.watermark({ time: this.#closedThrough, last: false, ends: true }, this.#due, out);
  }

  #add(batch: RowBatch, row: number, out: Item[]): void {
    const time = batch.time[row] as Micros;
    const symbol = batch.symbol[row] as number;
    const received = batch.received?.[row];
    if (received === undefined) this.#close(time, undefined, out);
    const gap = batch.gap?.[row] ?? 0;
    if (gap > 0) this.#lack(this.#symbols[symbol] as string, gap);
    if (this.#isLate(time)) {
      this.#late += 1;
      this.#onLate(batch.origin?.[row] ?? 0, this.#symbols[symbol] as string);
      return;
    }
    this.#items.moments?.onRow(time);
    const price = batch.close[row] as number;
    const size = batch.volume[row] as number;
    if (this.#length === 0) {
      this.#ticks?.add(batch, row, out, received);
      this.#rows += 1;
      this.#emitTick(symbol, time, price, size, received ?? time, out);
      return;
    }
    const window = this.#windowOf(time);
    if (window === undefined) {
      this.#outside += 1;
      return;
    }
    this.#ticks?.add(batch, row, out, received);
    this.#rows += 1;
    window.rows += 1;
    const open = batch.open[row] as number;
    window.bars.add(
      symbol,
      open,
      batch.high[row] as number,
      batch.low[row] as number,
      price,
      size,
      batch.count?.[row],
    );
  }

  #isLate(time: Micros): boolean {
    if (time >= this.#closedThrough) return false;
    const windowAt = this.#length === 0 ? this.#shortestAt : this.#windowAt;
    return windowAt !== undefined && windowAt(time).end <= this.#closedThrough;
  }

  #windowOf(time: Micros): OpenWindow | undefined {
    const last = this.#last;
    if (last !== undefined && time >= last.start && time < last.end) return last;
    const { start, end, isOpen } = this.#windowAt(time);
    if (!isOpen) return undefined;
    const windows = this.#windows;
    let at = windows.length;
    while (at > 0 && (windows[at - 1] as OpenWindow).end > end) at -= 1;
    const found = windows[at - 1];
    if (found?.end === end) return (this.#last = found);
    const window = { start, end, isOpen, bars: new OpenBars(), rows: 0 };
    windows.splice(at, 0, window);
    return (this.#last = window);
  }

  /** Whether a window has rows of a symbol, and will be its bar. */
  #isOpen(symbol: string, end: Micros): boolean {
    const window = this.#windows.find((each) => each.end === end);
    return window?.bars.has(this.#symbols.indexOf(symbol)) === true;
  }

  #lack(symbol: string, rows: number): void {
    this.#missing.set(symbol, (this.#missing.get(symbol) ?? 0) + rows);
  }

  /** The bar, with what it lacks. */
  #withGap(bar: Bar, rows = 0): Bar {
    const missing = this.#missing.get(bar.symbol) ?? 0;
    if (missing + rows === 0) return bar;
    this.#missing.delete(bar.symbol);
    return { ...bar, gap: missing + rows };
  }

  /** Closes what ends by `through`, in order: at its own end, or all at the mark's instant. */
  #close(through: Micros, mark: RowMark | undefined, out: Item[]): void {
    for (;;) {
      const window = this.#windows[0];
      const next = Math.min(window?.end ?? Infinity, this.#items.nextEnd);
      if (next > through) break;
      const market = mark?.at ?? next;
      this.#due = market;
      if (window?.end === next) this.#closeBase(window, mark, market, out);
      this.#items.closeDerived(next, market, out);
    }
    // A history's row closes what ends by its time; later rows of the same window are not late.
    if (through > this.#closedThrough) this.#closedThrough = through;
  }

  #closeBase(
    { bars, start, end }: OpenWindow,
    mark: RowMark | undefined,
    market: Micros,
    out: Item[],
  ): void {
    this.#windows.shift();
    this.#last = undefined;
    const interval = this.#name;
    for (const s of bars.close()) {
      const symbol = this.#symbols[s] as string;
      const bar = bars.take(s, { symbol, interval, start, end, complete: true });
      const gap = mark?.lost.find((lost) => lost.symbol === symbol && lost.end === end)?.rows;
      this.#items.emit(s, this.#withGap(bar, gap), market, out);
    }
  }

  #emitTick(
    symbol: number,
    time: Micros,
    price: number,
    size: number,
    market: Micros,
    out: Item[],
  ): void {
    this.#due = market;
    const bar = {
      symbol: this.#symbols[symbol] as string,
      interval: this.#name,
      start: time,
      end: time,
      open: price,
      high: price,
      low: price,
      close: price,
      volume: size,
      count: 1,
      complete: true,
    };
    this.#items.emit(symbol, this.#withGap(bar), market, out);
  }
}
