import { smallestOf } from '../../operators/kernel/extremes';
import type { Bar, Micros } from './bar';
import { windowsOf } from './calendar';
import type { WindowAt } from './calendar';
import type { BarWriter } from './history';
import type { Interval } from './interval';
import type { Item, Watermark } from './item';
import type { Moments } from './moments';

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

  /** @param moments instants besides the ends of derived windows at which there is a watermark */
  constructor(
    history: BarWriter,
    derived: readonly Interval[],
    readonly moments?: Moments,
  ) {
    this.#history = history;
    this.#derived = derived.map(windowsOf);
    this.#ends = derived.map(() => Infinity);
  }

  /** Whether a watermark marks the end of the stream. */
  get hasLast(): boolean {
    return this.#derived.length > 0 || this.moments !== undefined;
  }

  /** The earliest end of a derived window with bars in it, or instant with a call; Infinity if there is none. */
  get nextEnd(): Micros {
    const end = smallestOf(this.#ends);
    return this.moments === undefined ? end : Math.min(end, this.moments.next);
  }

  /** Appends a bar that is due at `market`. Returns the earliest end of a derived window that it opens. */
  emit(symbol: number, bar: Bar, market: Micros, out: Item[]): Micros {
    this.base += 1;
    const base = bar.complete ? this.#history.appendBase(symbol, bar) : this.#history.base;
    const last = lastInstantOf(bar);
    let next = Infinity;
    if (this.moments !== undefined && bar.complete && bar.end > bar.start) {
      this.moments.onBar(bar.end);
      next = bar.end;
    }
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

  /**
   * Derived windows that end at `end` close, if there are any, and strategies are called that want to be:
   * appends a watermark that is due at `market`.
   */
  closeDerived(end: Micros, market: Micros, out: Item[]): void {
    const moment = this.moments?.take(end);
    let ends = moment !== undefined;
    for (let k = 0; k < this.#ends.length; k += 1) {
      if (this.#ends[k] !== end) continue;
      ends = true;
      this.#ends[k] = Infinity;
    }
    if (moment === 'opens') this.watermark({ time: end, last: false, opens: true }, market, out);
    else if (ends) this.watermark({ time: end, last: false }, market, out);
  }

  watermark(watermark: Watermark, market: Micros, out: Item[]): void {
    out.push({
      bar: undefined,
      watermark,
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
