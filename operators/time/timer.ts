import type { SchedulerLike, Subscription } from 'rxjs';
import { Clock } from './clock';

/** One thing that is to happen at a time, which may be set again and again. */
export interface Timer {
  /** Sets it to a time of the scheduler's clock, in milliseconds, and no other. */
  set(at: number): void;
  cancel(): void;
  readonly isSet: boolean;
}

/**
 * A timer on any scheduler. On our own clocks setting it allocates nothing and is exact, and of timers at
 * one instant those of a lower rank come first.
 */
export function timerOn(scheduler: SchedulerLike, onTimer: () => void, rank = 0): Timer {
  return scheduler instanceof Clock
    ? scheduler.timer(onTimer, rank)
    : new ScheduledTimer(scheduler, onTimer);
}

class ScheduledTimer implements Timer {
  readonly #scheduler: SchedulerLike;
  readonly #onTimer: () => void;
  #scheduled: Subscription | undefined;

  constructor(scheduler: SchedulerLike, onTimer: () => void) {
    this.#scheduler = scheduler;
    this.#onTimer = onTimer;
  }

  get isSet(): boolean {
    return this.#scheduled !== undefined;
  }

  set(at: number): void {
    this.cancel();
    this.#scheduled = this.#scheduler.schedule(() => {
      this.#scheduled = undefined;
      this.#onTimer();
    }, at - this.#scheduler.now());
  }

  cancel(): void {
    this.#scheduled?.unsubscribe();
    this.#scheduled = undefined;
  }
}
