import { Subscription } from 'rxjs';
import type { SchedulerAction, SchedulerLike } from 'rxjs';
import { Heap } from './heap';

/** Work that a clock does at a time: what `schedule` returns, and `this` inside the work. */
class ClockAction<S> extends Subscription implements SchedulerAction<S> {
  state: S | undefined;
  at = 0;
  order = 0;
  waits = false;
  readonly #clock: Clock;
  readonly #work: (this: SchedulerAction<S>, state?: S) => void;

  constructor(clock: Clock, work: (this: SchedulerAction<S>, state?: S) => void) {
    super();
    this.#clock = clock;
    this.#work = work;
  }

  schedule(state?: S, delay = 0): Subscription {
    if (this.closed) return this;
    this.state = state;
    this.#clock.arm(this as ClockAction<unknown>, delay);
    return this;
  }

  execute(): void {
    this.waits = false;
    this.#work.call(this, this.state);
    if (!this.waits) this.unsubscribe();
  }
}

/**
 * What our clocks share: actions in order of their time, those of one time in the order in which
 * they were scheduled. A clock says what time it is and when to look for due actions.
 */
export abstract class Clock implements SchedulerLike {
  readonly #actions = new Heap<ClockAction<unknown>>(
    (a, b) => a.at < b.at || (a.at === b.at && a.order < b.order),
  );
  #scheduled = 0;

  /** Milliseconds since the clock was made. */
  abstract now(): number;

  schedule<S>(
    work: (this: SchedulerAction<S>, state?: S) => void,
    delay = 0,
    state?: S,
  ): Subscription {
    return new ClockAction<S>(this, work).schedule(state, delay);
  }

  /** Forgets whatever is still scheduled. */
  clear(): void {
    this.#actions.clear();
  }

  /** @internal */
  arm(action: ClockAction<unknown>, delay: number): void {
    action.at = this.now() + Math.max(0, delay);
    action.order = this.#scheduled += 1;
    action.waits = true;
    this.#actions.push(action);
    this.wake();
  }

  /** Something was scheduled. */
  protected abstract wake(): void;

  /** When the next action is due; Infinity if none is. */
  protected nextAt(): number {
    for (;;) {
      const next = this.#actions.peek();
      if (next === undefined) return Infinity;
      if (!next.closed) return next.at;
      this.#actions.pop();
    }
  }

  /** Does the next action. */
  protected step(): void {
    this.#actions.pop()?.execute();
  }
}
