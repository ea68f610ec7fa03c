import { Subscription } from 'rxjs';
import { Clock } from './clock';
import { FOREVER } from './forever';
import { onNextTurn } from './nextTurn';

/** How long the clock keeps the event loop at a time, in milliseconds. */
const SLICE = 10;

/**
 * A clock that stands still while code runs and jumps from one scheduled action to the next when
 * none does: a day passes in the CPU time that its work costs. `serve` lets measured service times
 * move it.
 *
 * It drives itself, asynchronously: actions run as soon as the code that scheduled them has
 * returned, in slices that leave room for input, output and signals. While somebody holds it, it
 * stands still: that is how work outside of it, a file being read or a promise, keeps it from
 * passing over what is yet to be scheduled.
 *
 * An error that an action throws is thrown to the event loop, as an unhandled one.
 *
 * @example
 * const clock = new VirtualClock();
 * timer(86_400_000, clock).subscribe(() => console.log(clock.now()));
 * // 86400000   at once
 */
export class VirtualClock extends Clock {
  #now = 0;
  #holds = 0;
  #awake = false;
  #sliceStart = -Infinity;
  #steps = 0;
  /** The slice is: the event loop has its turn next. */
  #isOver = false;
  /** It is under way from one action to the next. */
  #running = false;

  now(): number {
    return this.#now;
  }

  /** The clock stands still until the returned subscription is closed. */
  hold(): Subscription {
    this.#holds += 1;
    return new Subscription(() => {
      this.#holds -= 1;
      this.wake();
    });
  }

  /**
   * For an action that is under way: moves the clock to `at` at once, and is true, where that is what would
   * happen next. Where something else is due until then, somebody holds the clock, or the event loop is to
   * have its turn, nothing happens: the action has to be scheduled.
   *
   * @internal
   */
  advance(at: number): boolean {
    if (!this.#running || this.#holds > 0 || this.isTimerDueBy(at) || this.#isTurnOver()) {
      return false;
    }
    if (at > this.#now) this.#now = at;
    return true;
  }

  protected wake(): void {
    if (this.#awake || this.#holds > 0 || this.nextAt() === FOREVER) return;
    this.#awake = true;
    if (!this.#isOver && performance.now() - this.#sliceStart < SLICE) queueMicrotask(this.#run);
    else onNextTurn(this.#runSlice);
  }

  readonly #runSlice = (): void => {
    this.#sliceStart = performance.now();
    this.#isOver = false;
    this.#run();
  };

  readonly #run = (): void => {
    this.#running = true;
    try {
      while (this.#holds === 0) {
        const at = this.nextAt();
        if (at === FOREVER || this.#isTurnOver()) break;
        if (at > this.#now) this.#now = at;
        this.step();
      }
    } finally {
      this.#running = false;
      this.#awake = false;
      this.wake();
    }
  };

  /** Asked at every step; looks seldom, until it is. */
  #isTurnOver(): boolean {
    this.#steps += 1;
    if ((this.#steps & 15) === 0 && performance.now() - this.#sliceStart >= SLICE) {
      this.#isOver = true;
    }
    return this.#isOver;
  }
}
