import type { Bar, Micros } from './bar';
import type { BarWriter } from './history';
import { windowEnd } from './interval';
import type { Item } from './item';
import { OpenBars } from './openBars';
import type { RowBatch } from './rows';

/** What was built so far. */
export interface BaseBarCounts {
  /** Rows that went into bars. */
  readonly rows: number;
  readonly base: number;
  /** Rows for a window that had closed already. */
  readonly late: number;
}

/** So many items at a time stay in the processor's cache until they are released. */
const ENOUGH = 512;

/**
 * Rows of all symbols, merged in order of time, become base bars and watermarks: a pure matter of
 * the rows, with no clock but theirs. Windows are epoch-aligned and half-open; when the rows' time
 * reaches a window's end, every symbol's closes, in order of the symbols' first appearance. After
 * the last base bar that ends at T comes a watermark, if a derived window with bars in it ends at T.
 */
export class BaseBars {
  readonly #history: BarWriter;
  readonly #length: Micros;
  /** From a row's time to the last instant that it tells of. */
  readonly #span: Micros;
  readonly #name: string;
  readonly #derived: readonly Micros[];
  /** Of each derived interval, the end of the window that has base bars in it; Infinity if none has. */
  readonly #derivedEnds: number[];
  #symbols: readonly string[] = [];
  /** The base window that has rows. */
  readonly #open = new OpenBars();
  #start = -Infinity;
  #end = Infinity;
  /** The earliest time at which anything closes. */
  #next = Infinity;
  #rows = 0;
  #base = 0;
  #late = 0;

  /** @param recorded Length of the rows' own windows; 0 for ticks. A row is of the window in which its own one ends. */
  constructor(history: BarWriter, recorded: Micros = 0) {
    const [base, ...derived] = history.intervals;
    if (base === undefined) throw new RangeError('a history without intervals');
    this.#history = history;
    this.#length = base.length;
    this.#span = recorded > 0 ? recorded - 1 : 0;
    this.#name = base.name;
    this.#derived = derived.map(({ length }) => length);
    this.#derivedEnds = derived.map(() => Infinity);
  }

  counts(): BaseBarCounts {
    return { rows: this.#rows - this.#late, base: this.#base, late: this.#late };
  }

  /** Appends to `out` what these rows close, from row `from` on until that is enough; returns the row to go on from. */
  add(batch: RowBatch, from: number, out: Item[]): number {
    this.#symbols = batch.symbols;
    const to =
      this.#length === 0 ? this.#addTicks(batch, from, out) : this.#addToWindows(batch, from, out);
    this.#rows += to - from;
    return to;
  }

  /**
   * The stream has ended, its time having reached `reached`: windows that end later are unfinished.
   * Appends them, and a last watermark.
   */
  finish(reached: Micros, out: Item[]): void {
    this.#advance(reached, out);
    const end = this.#open.isEmpty ? reached : this.#end;
    this.#closeBase(false, out);
    if (this.#derived.length > 0) out.push(this.#watermark(end, true));
  }

  #addToWindows(batch: RowBatch, from: number, out: Item[]): number {
    const { length, symbol, time, open, high, low, close, volume } = batch;
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
        if (at >= this.#next) this.#advance(at, out);
        end = this.#end = windowEnd(at, this.#length);
        start = this.#start = end - this.#length;
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
      else bars.add(s, open[row] as number, high[row] as number, low[row] as number, last, size);
    }
    return length;
  }

  #addTicks(batch: RowBatch, from: number, out: Item[]): number {
    const { length, symbol, time, open, high, low, close, volume } = batch;
    for (let row = from; row < length; row += 1) {
      if (out.length >= ENOUGH) return row;
      const at = time[row] as number;
      if (at >= this.#next) this.#advance(at, out);
      if (at < this.#start) {
        this.#late += 1;
        continue;
      }
      this.#start = at;
      const s = symbol[row] as number;
      this.#emit(
        s,
        {
          symbol: this.#symbols[s] as string,
          interval: this.#name,
          start: at,
          end: at,
          open: open[row] as number,
          high: high[row] as number,
          low: low[row] as number,
          close: close[row] as number,
          volume: volume[row] as number,
          count: 1,
          complete: true,
        },
        out,
      );
    }
    return length;
  }

  /** Closes what ends by `time`, in order. */
  #advance(time: Micros, out: Item[]): void {
    for (let next = this.#next; next <= time; next = this.#next) {
      if (next === this.#end) this.#closeBase(true, out);
      let ends = false;
      for (const [k, end] of this.#derivedEnds.entries()) {
        if (end !== next) continue;
        ends = true;
        this.#derivedEnds[k] = Infinity;
      }
      if (ends) out.push(this.#watermark(next, false));
      this.#next = Math.min(this.#end, ...this.#derivedEnds);
    }
  }

  #closeBase(complete: boolean, out: Item[]): void {
    const start = this.#start;
    const end = this.#end;
    const interval = this.#name;
    this.#end = Infinity;
    for (const s of this.#open.close()) {
      const symbol = this.#symbols[s] as string;
      this.#emit(s, this.#open.take(s, { symbol, interval, start, end, complete }), out);
    }
  }

  #emit(symbol: number, bar: Bar, out: Item[]): void {
    this.#base += 1;
    const base = bar.complete ? this.#history.appendBase(symbol, bar) : this.#history.base;
    for (let k = 0; k < this.#derived.length; k += 1) {
      if (this.#derivedEnds[k] !== Infinity) continue;
      const end = windowEnd(bar.start, this.#derived[k] as number);
      this.#derivedEnds[k] = end;
      if (end < this.#next) this.#next = end;
    }
    out.push({
      bar,
      watermark: undefined,
      symbol,
      interval: 0,
      base,
      derived: 0,
      market: bar.end,
      cause: 0,
      due: 0,
      offered: 0,
    });
  }

  #watermark(time: Micros, last: boolean): Item {
    return {
      bar: undefined,
      watermark: { time, last },
      symbol: -1,
      interval: -1,
      base: this.#history.base,
      derived: 0,
      market: time,
      cause: 0,
      due: 0,
      offered: 0,
    };
  }
}
