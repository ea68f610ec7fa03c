import { Clock, FOREVER } from './clock';
import { cancelTurn, onNextTurn } from './nextTurn';
import type { NextTurn } from './nextTurn';

/** A timer of the platform may come this much too late, in milliseconds: the rest is waited for in turns of the event loop. */
const SLACK = 1.5;

/** The longest time that a timer of the platform can wait, in milliseconds. */
const LONGEST = 2 ** 31 - 1;

/**
 * The wall clock with a resolution of microseconds (`asyncScheduler` ticks in whole milliseconds),
 * 0 when it is made. Actions are never early; between turns of the event loop they are at most as
 * late as the turn is long.
 *
 * @example
 * const clock = new WallClock();
 * timer(2.5, clock).subscribe(() => console.log(clock.now() >= 2.5));
 * // true
 */
export class WallClock extends Clock {
  /**
   * What `performance.now()` says, or said, at 0.
   *
   * @internal
   */
  readonly origin: number;
  /**
   * So many milliseconds before an action is due, the clock waits in turns of the event loop; 0: never.
   *
   * @internal
   */
  protected readonly slack: number = SLACK;
  readonly #rest: ((ms: number) => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn: NextTurn | undefined;
  #wakesAt = FOREVER;
  #running = false;

  /**
   * @param origin what `performance.now()` says, or said, at 0: clocks with the same origin show the same time
   * @param rest called with the milliseconds to the next action, once a turn of the event loop, where
   *   they are too few for a timer: it may block the thread for less than that. Without it, the
   *   event loop turns until then
   */
  constructor(origin = performance.now(), rest?: (ms: number) => void) {
    super();
    this.origin = origin;
    this.#rest = rest;
  }

  now(): number {
    return performance.now() - this.origin;
  }

  override clear(): void {
    super.clear();
    this.#sleep();
  }

  protected wake(): void {
    if (this.#running) return;
    const at = this.nextAt();
    if (at >= this.#wakesAt && at !== FOREVER) return;
    this.#sleep();
    if (at === FOREVER) return;
    this.#wakesAt = at;
    const wait = at - this.now() - this.slack;
    // A whole number where nothing makes up for the fraction that platforms cut off.
    const ms = this.slack === 0 ? Math.ceil(wait) : wait;
    if (wait > 0) this.#timer = setTimeout(this.#look, Math.min(ms, LONGEST));
    else this.#turn = onNextTurn(this.#look);
  }

  #sleep(): void {
    clearTimeout(this.#timer);
    cancelTurn(this.#turn);
    this.#turn = undefined;
    this.#wakesAt = FOREVER;
  }

  readonly #look = (): void => {
    this.#wakesAt = FOREVER;
    this.#running = true;
    try {
      const early = this.nextAt() - this.now();
      if (early > 0 && early <= this.slack) this.#rest?.(early);
      const now = this.now();
      while (this.nextAt() <= now) this.step();
    } finally {
      this.#running = false;
      this.wake();
    }
  };
}
