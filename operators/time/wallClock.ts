import { Clock } from './clock';
import { FOREVER } from './forever';
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
   * This many milliseconds before an action is due, the clock waits in turns of the event loop; 0: never.
   *
   * @internal
   */
  protected readonly slack: number = SLACK;
  // Looked up once: as a global it would cost a reading a fourth more. Fake timers replace it.
  private readonly platform = performance;
  readonly #rest: ((ms: number) => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn: NextTurn | undefined;
  #wakesAt = FOREVER;
  #running = false;
  /** How many turns are under way, one in another, and since when. */
  #turns = 0;
  #turnSince = 0;
  #turnMs = 0;
  /** The event loop turns until the next action is due since then; Infinity while it does not. */
  #waitsSince = FOREVER;
  #waitedMs = 0;

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
    return this.platform.now() - this.origin;
  }

  /**
   * What `performance.now()` says.
   *
   * @internal
   */
  read(): number {
    return this.platform.now();
  }

  /**
   * Milliseconds for which actions were under way, or anything else that has entered a turn.
   *
   * @internal
   */
  get turnMs(): number {
    return this.#turns > 0 ? this.#turnMs + this.now() - this.#turnSince : this.#turnMs;
  }

  /** @internal */
  get isInTurn(): boolean {
    return this.#turns > 0;
  }

  /**
   * Milliseconds for which the event loop only turned, or the thread rested, until an action was due.
   *
   * @internal
   */
  get waitedMs(): number {
    return this.#waitedMs;
  }

  override enterTurn(): void {
    this.#turns += 1;
    if (this.#turns > 1) return;
    this.#turnSince = this.now();
    this.#endWait(this.#turnSince);
  }

  override leaveTurn(): void {
    this.#turns -= 1;
    if (this.#turns === 0) this.#turnMs += this.now() - this.#turnSince;
  }

  /**
   * Outside of a turn something was done on the thread for so long: it is none of the wait.
   *
   * @internal
   */
  worked(ms: number): void {
    this.#waitsSince += ms;
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
    const now = this.now();
    const wait = at - now - this.slack;
    // A whole number where nothing makes up for the fraction that platforms cut off.
    const ms = this.slack === 0 ? Math.ceil(wait) : wait;
    if (wait > 0) {
      this.#endWait(now);
      this.#timer = setTimeout(this.#look, Math.min(ms, LONGEST));
      return;
    }
    if (at > now && this.#waitsSince === FOREVER) this.#waitsSince = now;
    this.#turn = onNextTurn(this.#look);
  }

  #sleep(): void {
    clearTimeout(this.#timer);
    cancelTurn(this.#turn);
    this.#turn = undefined;
    this.#wakesAt = FOREVER;
  }

  #endWait(now: number): void {
    if (now > this.#waitsSince) this.#waitedMs += now - this.#waitsSince;
    this.#waitsSince = FOREVER;
  }

  readonly #look = (): void => {
    this.#wakesAt = FOREVER;
    this.#running = true;
    try {
      const early = this.nextAt() - this.now();
      if (early > 0 && early <= this.slack && this.#rest !== undefined) {
        if (this.#waitsSince === FOREVER) this.#waitsSince = this.now();
        this.#rest(early);
      }
      const now = this.now();
      if (this.nextAt() > now) return;
      this.enterTurn();
      try {
        while (this.nextAt() <= now) this.step();
      } finally {
        this.leaveTurn();
      }
    } finally {
      this.#running = false;
      this.#endWait(this.now());
      this.wake();
    }
  };
}
