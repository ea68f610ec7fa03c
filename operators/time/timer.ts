import type { SchedulerLike, Subscription } from 'rxjs';
import { Clock } from './clock';

/** One thing that is to happen at a time, which may be set again and again. */
export interface Timer {
  /** Sets it to a time of the scheduler's clock, in milliseconds, and no other. */
  set(at: number): void;
  cancel(): void;
  readonly isSet: boolean;
}

/** An alarm on any scheduler; on our own clocks, setting it allocates nothing and is exact. */
export function timerOn(scheduler: SchedulerLike, ring: () => void): Timer {
  return scheduler instanceof Clock ? scheduler.timer(ring) : new ScheduledTimer(scheduler, ring);
}

class ScheduledTimer implements Timer {
  readonly #scheduler: SchedulerLike;
  readonly #ring: () => void;
  #scheduled: Subscription | undefined;

  constructor(scheduler: SchedulerLike, ring: () => void) {
    this.#scheduler = scheduler;
    this.#ring = ring;
  }

  get isSet(): boolean {
    return this.#scheduled !== undefined;
  }

  set(at: number): void {
    this.cancel();
    this.#scheduled = this.#scheduler.schedule(() => {
      this.#scheduled = undefined;
      this.#ring();
    }, at - this.#scheduler.now());
  }

  cancel(): void {
    this.#scheduled?.unsubscribe();
    this.#scheduled = undefined;
  }
}
