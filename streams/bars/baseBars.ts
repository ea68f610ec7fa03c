import type { Bar, Micros } from './bar';
import { BarItems } from './barItems';
import type { BarWriter } from './history';
import { windowsOf } from './calendar';
import type { WindowAt } from './calendar';
import type { RecordedBars } from './rows';
import type { Item } from './item';
import { Moments, NO_MOMENTS, wantsMoments } from './moments';
import type { MomentWishes } from './moments';
import { OpenBars } from './openBars';
import { TickItems } from './tickItems';
import { barIntervals } from './tickSeries';
import type { RowBatch } from './rows';

/** What was built so far. */
export interface BaseBarCounts {
  /** Rows that went into bars. */
  readonly rows: number;
  readonly base: number;
  /** Rows for a window that had closed already. */
  readonly late: number;
  /** Rows between sessions, which make no bars. */
  readonly outside: number;
  /** Quotes that made no bars, because trades do. */
  readonly quotes: number;
}

/** This many items at a time stay in the processor's cache until they are released. */
const ENOUGH = 512;

/**
 * Rows of all symbols, merged in order of time, become base bars and watermarks: a pure matter of
 * the rows, with no clock but theirs. Windows are those of the interval's calendar, half-open; when the
 * rows' time reaches a window's end, every symbol's closes, in order of the symbols' first appearance.
 * Recorded bars of the base interval keep their own windows. After the last base bar that ends at T
 * comes a watermark, if a derived window with bars in it ends at T.
 */
export class BaseBars {
  readonly #length: Micros;
  readonly #windowAt: WindowAt;
  readonly #hasSessions: boolean;
  /** Ends of recorded bars of the base interval. */
  readonly #endOf: ((start: Micros) => Micros) | undefined;
  /** The time that bars must have ended by to be complete. */
  readonly #until: Micros;
  /** From a row's time to the last instant that it tells of. */
  readonly #span: Micros;
  readonly #name: string;
  readonly #items: BarItems;
  readonly #moments: Moments | undefined;
  #symbols: readonly string[] = [];
  /** The base window that has rows. */
  readonly #open = new OpenBars();
  #start = -Infinity;
  #end = Infinity;
  /** The earliest time at which anything closes. */
  #next = Infinity;
  #rows = 0;
  #late = 0;
  #outside = 0;
  #quotes = 0;
  readonly #ticks: TickItems | undefined;
  /** With ticks: order of the symbols' first rows that make bars, which their numbers are not. */
  readonly #ranks: number[] | undefined;
  #ranked = 0;

  /**
   * @param recorded The rows' own windows; of ticks, none. A row is of the window in which its own one ends.
   * @param until The end of the session: a recorded bar that ends later is unfinished.
   * @param wishes Instants at which strategies are called besides.
   */
  constructor(
    history: BarWriter,
    recorded: Partial<RecordedBars> = {},
    until: Micros = Infinity,
    wishes: MomentWishes = NO_MOMENTS,
  ) {
    const [base, ...derived] = barIntervals(history.intervals);
    if (base === undefined) throw new RangeError('a history without intervals');
    this.#moments = wantsMoments(wishes) ? new Moments(wishes, base) : undefined;
    this.#items = new BarItems(history, derived, this.#moments);
    this.#length = base.length;
    const { interval = 0, endOf = (start) => start + interval } = recorded;
    this.#span = interval > 0 ? interval - 1 : 0;
    this.#endOf = interval > 0 && interval === base.length ? endOf : undefined;
    this.#until = until;
    this.#windowAt = windowsOf(base);
    this.#hasSessions = (base.calendar?.sessions ?? []).length > 0;
    this.#name = base.name;
    const ticks = new TickItems(history);
    this.#ticks = ticks.isWanted && interval === 0 ? ticks : undefined;
    this.#ranks = this.#ticks && [];
  }

  counts(): BaseBarCounts {
    return {
      rows: this.#rows - this.#late - this.#outside - this.#quotes,
      base: this.#items.base,
      late: this.#late,
      outside: this.#outside,
      quotes: this.#quotes,
    };
  }

  /** Appends to `out` what these rows close, from row `from` on until that is enough; returns the row to go on from. */
  add(batch: RowBatch, from: number, out: Item[]): number {
    this.#symbols = batch.symbols;
    const to = this.#addRows(batch, from, out);
    this.#rows += to - from;
    return to;
  }

  #addRows(batch: RowBatch, from: number, out: Item[]): number {
    if (this.#ticks !== undefined) return this.#addWithTicks(batch, from, out, this.#ticks);
    if (this.#length === 0) return this.#addTicks(batch, from, out);
    return this.#endOf === undefined
      ? this.#addToWindows(batch, from, out)
      : this.#addRecorded(batch, from, out, this.#endOf);
  }

  /** Appends what ends by `time`, before which no row comes any more. */
  closeThrough(time: Micros, out: Item[]): void {
    if (this.#endOf !== undefined && this.#recordedEnd <= time) this.#closeRecorded(out);
    this.#advance(time, out);
  }

  /**
   * The stream has ended, its time having reached `reached`: windows that end later are unfinished.
   * Appends them, and a last watermark.
   */
  finish(reached: Micros, out: Item[]): void {
    if (this.#endOf !== undefined) this.#closeRecorded(out);
    this.#advance(reached, out);
    const end = this.#open.isEmpty ? reached : this.#end;
    this.#closeBase(false, out);
    if (this.#items.hasLast) this.#items.watermark({ time: end, last: true }, end, out);
  }

  #addToWindows(batch: RowBatch, from: number, out: Item[]): number {
    const { length, symbol, time, open, high, low, close, volume, count } = batch;
    const bars = this.#open;
    // A tick's four prices are one and the same column.
    const isTicks = open === close && high === close && low === close;
    const span = this.#span;
    let start = this.#start;
    let end = this.#end;
    for (let row = from; row < length; row += 1) {
      const at = (time[row] as number) + span;
      if (at >= end || end === Infinity) {
        if (out.length >= ENOUGH) return row;
        if (this.#moments !== undefined) this.#onRow(at, this.#moments, out);
        if (at >= this.#next) this.#advance(at, out);
        const window = this.#windowAt(at);
        if (!window.isOpen) {
          end = Infinity;
          this.#outside += 1;
          continue;
        }
        end = this.#end = window.end;
        start = this.#start = window.start;
        this.#next = Math.min(this.#next, end);
      }
      if (at < start) {
        this.#late += 1;
        continue;
      }
      const s = symbol[row] as number;
      const last = close[row] as number;
      const size = volume[row] as number;
      if (isTicks) bars.add(s, last, last, last, last, size);
      else {
        const top = high[row] as number;
        const bottom = low[row] as number;
        bars.add(s, open[row] as number, top, bottom, last, size, count?.[row]);
      }
    }
    return length;
  }

  /** Rows that are items themselves, and make bars besides, unless they have no price to make some of. */
  #addWithTicks(batch: RowBatch, from: number, out: Item[], ticks: TickItems): number {
    const { length, symbol, time, close, volume } = batch;
    for (let row = from; row < length; row += 1) {
      if (out.length >= ENOUGH) return row;
      const at = time[row] as number;
      const price = close[row] as number;
      const isPriced = !Number.isNaN(price);
      const s = symbol[row] as number;
      if (isPriced && this.#ranks?.[s] === undefined) (this.#ranks as number[])[s] = this.#ranked++;
      if (this.#moments !== undefined) this.#onRow(at, this.#moments, out);
      if (at >= this.#next) this.#advance(at, out);
      const window = this.#windowAt(at);
      if (at < this.#start || !window.isOpen) {
        if (at < this.#start) this.#late += 1;
        else this.#outside += 1;
        continue;
      }
      ticks.add(batch, row, out);
      if (!isPriced) {
        this.#quotes += 1;
        continue;
      }
      if (this.#length === 0) {
        this.#start = at;
        this.#emit(s, this.#tickBar(batch, row), out);
        continue;
      }
      if (this.#end === Infinity) {
        this.#start = window.start;
        this.#end = window.end;
        this.#next = Math.min(this.#next, window.end);
      }
      this.#open.add(s, price, price, price, price, volume[row] as number);
    }
    return length;
  }

  #addTicks(batch: RowBatch, from: number, out: Item[]): number {
    const { length, symbol, time } = batch;
    for (let row = from; row < length; row += 1) {
      if (out.length >= ENOUGH) return row;
      const at = time[row] as number;
      if (this.#moments !== undefined) this.#onRow(at, this.#moments, out);
      if (at >= this.#next) this.#advance(at, out);
      if (at < this.#start) {
        this.#late += 1;
        continue;
      }
      if (this.#hasSessions && !this.#windowAt(at).isOpen) {
        this.#outside += 1;
        continue;
      }
      this.#start = at;
      this.#emit(symbol[row] as number, this.#tickBar(batch, row), out);
    }
    return length;
  }

  #tickBar({ symbol, time, open, high, low, close, volume }: RowBatch, row: number): Bar {
    return {
      symbol: this.#symbols[symbol[row] as number] as string,
      interval: this.#name,
      start: time[row] as number,
      end: time[row] as number,
      open: open[row] as number,
      high: high[row] as number,
      low: low[row] as number,
      close: close[row] as number,
      volume: volume[row] as number,
      count: 1,
      complete: true,
    };
  }

  /** Bars with windows of their own: those of one start make a group, which ends together. */
  #addRecorded(
    { length, symbol, time, open, high, low, close, volume, count }: RowBatch,
    from: number,
    out: Item[],
    endOf: (start: Micros) => Micros,
  ): number {
    for (let row = from; row < length; row += 1) {
      const at = time[row] as number;
      if (at !== this.#start || this.#open.isEmpty) {
        if (out.length >= ENOUGH) return row;
        this.#closeRecorded(out);
        if (at < this.#start) {
          this.#late += 1;
          continue;
        }
        if (this.#moments !== undefined) {
          this.#onRow(at, this.#moments, out);
          this.#advance(at, out);
        }
        this.#start = at;
        this.#recordedEnd = endOf(at);
      }
      this.#open.add(
        symbol[row] as number,
        open[row] as number,
        high[row] as number,
        low[row] as number,
        close[row] as number,
        volume[row] as number,
        count?.[row],
      );
    }
    return length;
  }

  #recordedEnd: Micros = -Infinity;

  #closeRecorded(out: Item[]): void {
    if (this.#open.isEmpty) return;
    const end = this.#recordedEnd;
    // A window that ends with these bars has them in it.
    if (this.#next < end) this.#advance(end - 1, out);
    this.#end = end;
    this.#closeBase(end <= this.#until, out);
    this.#next = this.#items.nextEnd;
  }

  /** Closes what ends by `time`, in order. */
  #advance(time: Micros, out: Item[]): void {
    for (let next = this.#next; next <= time; next = this.#next) {
      if (next === this.#end) this.#closeBase(true, out);
      this.#items.closeDerived(next, next, out);
      this.#next = Math.min(this.#end, this.#items.nextEnd);
    }
  }

  /** With a row of that time a session may begin: the one before it ends first. */
  #onRow(time: Micros, moments: Moments, out: Item[]): void {
    if (moments.sessionEnd <= time) this.#advance(moments.sessionEnd, out);
    moments.onRow(time);
    if (moments.next < this.#next) this.#next = moments.next;
  }

  #closeBase(complete: boolean, out: Item[]): void {
    const start = this.#start;
    const end = this.#end;
    const interval = this.#name;
    this.#end = Infinity;
    for (const s of this.#open.close(this.#ranks)) {
      const symbol = this.#symbols[s] as string;
      this.#emit(s, this.#open.take(s, { symbol, interval, start, end, complete }), out);
    }
  }

  #emit(symbol: number, bar: Bar, out: Item[]): void {
    const next = this.#items.emit(symbol, bar, bar.end, out);
    if (next < this.#next) this.#next = next;
  }
}
