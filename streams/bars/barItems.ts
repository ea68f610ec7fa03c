import { smallestOf } from '../../operators/kernel/extremes';
import type { Bar, Micros } from './bar';
import { windowsOf } from './calendar';
import type { WindowAt } from './calendar';
import type { BarWriter } from './history';
import type { Interval } from './interval';
import type { Item } from './item';

/**
 * Base bars as items, and the watermarks that close derived windows: after the last base bar that
 * ends at T comes a watermark, if a derived window with bars in it ends at T.
 */
export class BarItems {
  /** Base bars so far. */
  base = 0;
  readonly #history: BarWriter;
  readonly #derived: readonly WindowAt[];
  /** Of each derived interval, the end of the window that has base bars in it; Infinity if none has. */
  readonly #ends: number[];

  constructor(history: BarWriter, derived: readonly Interval[]) {
    this.#history = history;
    this.#derived = derived.map(windowsOf);
    this.#ends = derived.map(() => Infinity);
  }

  get hasDerived(): boolean {
    return this.#derived.length > 0;
  }

  /** The earliest end of a derived window with bars in it; Infinity if there is none. */
  get nextEnd(): Micros {
    return smallestOf(this.#ends);
  }

  /** Appends a bar that is due at `market`. Returns the earliest end of a derived window that it opens. */
  emit(symbol: number, bar: Bar, market: Micros, out: Item[]): Micros {
    this.base += 1;
    const base = bar.complete ? this.#history.appendBase(symbol, bar) : this.#history.base;
    const last = lastInstantOf(bar);
    let next = Infinity;
    for (let k = 0; k < this.#derived.length; k += 1) {
      if (this.#ends[k] !== Infinity) continue;
      const { end } = (this.#derived[k] as WindowAt)(last);
      this.#ends[k] = end;
      if (end < next) next = end;
    }
    out.push({
      bar,
      watermark: undefined,
      symbol,
      interval: 0,
      base,
      derived: 0,
      market,
      cause: 0,
      due: 0,
      offered: 0,
    });
    return next;
  }

  /** Derived windows that end at `end` close, if there are any: appends a watermark that is due at `market`. */
  closeDerived(end: Micros, market: Micros, out: Item[]): void {
    let ends = false;
    for (let k = 0; k < this.#ends.length; k += 1) {
      if (this.#ends[k] !== end) continue;
      ends = true;
      this.#ends[k] = Infinity;
    }
    if (ends) this.watermark(end, market, false, out);
  }

  watermark(time: Micros, market: Micros, last: boolean, out: Item[]): void {
    out.push({
      bar: undefined,
      watermark: { time, last },
      symbol: -1,
      interval: -1,
      base: this.#history.base,
      derived: 0,
      market,
      cause: 0,
      due: 0,
      offered: 0,
    });
  }
}

/** A bar is of the window in which it ends; a tick has no length. */
export const lastInstantOf = ({ start, end }: Bar): Micros => (end > start ? end - 1 : start);
