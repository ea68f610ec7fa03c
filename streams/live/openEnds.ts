import type { Micros } from '../bars/bar';
import { windowsOf } from '../bars/calendar';
import type { Window, WindowAt } from '../bars/calendar';
import type { Interval } from '../bars/interval';

const NOWHERE: Window = { start: Infinity, end: -Infinity, isOpen: false };

/** Ends of the windows that rows lie in, of the base interval and of the derived ones. */
export class OpenEnds {
  readonly #windowAt: readonly WindowAt[];
  /** Of each interval, the window that the last row was in. */
  readonly #last: Window[];
  /** Of the base, or where every tick is a bar, of the shortest derived interval. */
  readonly #shortest: number;
  readonly #isTick: boolean;
  /** Of the base, where its calendar has sessions. */
  readonly #sessionAt: WindowAt | undefined;
  /** In order. */
  readonly #ends: Micros[] = [];

  /** @param intervals base first, then the derived ones, shortest first */
  constructor(intervals: readonly Interval[]) {
    this.#isTick = intervals[0]?.length === 0;
    this.#windowAt = intervals.map((interval) =>
      interval.length === 0 ? () => NOWHERE : windowsOf(interval),
    );
    this.#last = intervals.map(() => NOWHERE);
    this.#shortest = this.#isTick ? 1 : 0;
    const [base] = intervals;
    const hasSessions = (base?.calendar?.sessions ?? []).length > 0;
    this.#sessionAt = base !== undefined && hasSessions ? windowsOf(base) : undefined;
  }

  /** Whether a row lies between sessions, in which there are no bars. */
  isOutside(time: Micros): boolean {
    return this.#sessionAt?.(time).isOpen === false;
  }

  /** The earliest end; Infinity where no window is open. */
  get first(): Micros {
    return this.#ends[0] ?? Infinity;
  }

  /** End of the shortest window that a row lies in; NaN where it lies in none. */
  endOf(time: Micros): Micros {
    if (this.#windowAt[this.#shortest] === undefined) return NaN;
    const { end, isOpen } = this.#windowOf(this.#shortest, time);
    return isOpen ? end : NaN;
  }

  /** End of the base bar that a row is of; NaN where it is of none, or every tick is a bar. */
  barEndOf(time: Micros): Micros {
    return this.#isTick ? NaN : this.endOf(time);
  }

  /** A row lies in these windows. */
  open(time: Micros): void {
    for (let k = this.#shortest; k < this.#windowAt.length; k += 1) {
      const { end, isOpen } = this.#windowOf(k, time);
      if (isOpen) this.#insert(end);
    }
  }

  /** The earliest end is over. */
  close(): void {
    this.#ends.shift();
  }

  #windowOf(k: number, time: Micros): Window {
    const last = this.#last[k] as Window;
    if (time >= last.start && time < last.end) return last;
    return (this.#last[k] = (this.#windowAt[k] as WindowAt)(time));
  }

  #insert(end: Micros): void {
    const ends = this.#ends;
    let at = ends.length;
    while (at > 0 && (ends[at - 1] as Micros) > end) at -= 1;
    if (ends[at - 1] !== end) ends.splice(at, 0, end);
  }
}
