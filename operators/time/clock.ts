import { Subscription } from 'rxjs';
import type { SchedulerAction, SchedulerLike } from 'rxjs';
import { Heap } from '../kernel/heap';
import type { WorkMailbox } from '../kernel/mailbox';
import { FOREVER } from './forever';

type Work<S> = (this: SchedulerAction<S>, state?: S) => void;

/** Work that a clock does at a time: what `schedule` returns, and `this` inside the work. */
class ClockAction<S> extends Subscription implements SchedulerAction<S> {
  at = 0;
  order = 0;
  readonly rank = FOREVER;
  waits = false;
  readonly #clock: Clock;
  #work: Work<S> | undefined;
  #state: S | undefined;

  constructor(clock: Clock, work: Work<S>) {
    super();
    this.#clock = clock;
    this.#work = work;
  }

  /** Does the work once more, or, while it is still waiting, at another time. */
  schedule(state?: S, delay = 0): Subscription {
    if (this.closed) return this;
    this.#state = state;
    this.#clock.arm(this, delay);
    return this;
  }

  execute(): void {
    this.waits = false;
    try {
      this.#work?.call(this, this.#state);
    } catch (error) {
      this.unsubscribe();
      throw error;
    }
    if (!this.waits) this.unsubscribe();
  }

  override unsubscribe(): void {
    if (this.closed) return;
    super.unsubscribe();
    this.#work = undefined;
    this.#state = undefined;
    if (this.waits) this.#clock.disarm();
  }
}

/** Work that is done again and again: see `alarm`. */
class ClockTimer {
  at = 0;
  order = 0;
  waits = false;
  readonly closed = false;
  readonly rank: number;
  readonly #clock: Clock;
  readonly #onTimer: () => void;

  constructor(clock: Clock, onTimer: () => void, rank: number) {
    this.#clock = clock;
    this.#onTimer = onTimer;
    this.rank = rank;
  }

  get isSet(): boolean {
    return this.waits;
  }

  set(at: number): void {
    this.#clock.armAt(this, at);
  }

  cancel(): void {
    if (this.waits) this.#clock.remove(this);
  }

  execute(): void {
    this.waits = false;
    this.#onTimer();
  }
}

/** What a clock needs to know of its actions, no matter what their state is. */
type Armed = Pick<ClockAction<never>, 'at' | 'rank' | 'order' | 'waits' | 'closed' | 'execute'>;

/** This many more canceled actions than others may lie about before they are looked for. */
const LITTER = 32;

/**
 * What our clocks share: actions in order of their time, those of one time in the order in which
 * they were scheduled, behind the timers of stages. A clock says what time it is and when to look for due actions.
 */
export abstract class Clock implements SchedulerLike {
  readonly #actions = new Heap<Armed>(
    (a, b) =>
      a.at < b.at ||
      (a.at === b.at && (a.rank < b.rank || (a.rank === b.rank && a.order < b.order))),
  );
  #scheduled = 0;
  #cancelled = 0;
  #latest: Pick<Armed, 'waits'> | undefined;
  /** When the next action is due; -Infinity where it has to be looked for. */
  #nextAt = FOREVER;

  /** Milliseconds since the clock was made. */
  abstract now(): number;

  schedule<S>(
    work: (this: SchedulerAction<S>, state?: S) => void,
    delay = 0,
    state?: S,
  ): Subscription {
    const action = new ClockAction<S>(this, work);
    this.#latest = action;
    return action.schedule(state, delay);
  }

  /**
   * The action that was scheduled last, if it still waits.
   *
   * @internal
   */
  get latest(): object | undefined {
    return this.#latest?.waits === true ? this.#latest : undefined;
  }

  /**
   * Something was scheduled since `latest` was the last action, and still waits.
   *
   * @internal
   */
  hasScheduledSince(latest: object | undefined): boolean {
    return this.latest !== undefined && this.latest !== latest;
  }

  /**
   * A timer that can be set again and again. At one instant timers of a lower rank come first, and
   * scheduled actions last.
   *
   * @internal
   */
  timer(onTimer: () => void, rank = 0): ClockTimer {
    return new ClockTimer(this, onTimer, rank);
  }

  /**
   * What is posted to the mailbox waits until the action is over that is under way, or anything else that
   * `asStep` runs. None unless set.
   *
   * @internal
   */
  mailbox: WorkMailbox | undefined;

  /** @internal */
  asStep(work: () => void): void {
    if (this.mailbox === undefined) work();
    else this.mailbox.run(work);
  }

  /**
   * Anyone who works on the clock's thread outside of its actions says so: on a real clock that is no time
   * for which it waits. Calls may be nested.
   *
   * @internal
   */
  enterTurn(): void {
    // On a virtual clock no time passes.
  }

  /** @internal */
  leaveTurn(): void {
    // As `enterTurn`.
  }

  /** Forgets what is still scheduled. */
  clear(): void {
    this.#nextAt = FOREVER;
    this.#actions.clear();
    this.#cancelled = 0;
  }

  /** @internal */
  arm(action: Armed, delay: number): void {
    this.armAt(action, this.now() + (delay > 0 ? delay : 0));
  }

  /** @internal */
  armAt(action: Armed, at: number): void {
    if (action.waits) this.#actions.keep((other) => other !== action);
    this.#nextAt = -FOREVER;
    action.at = at;
    action.order = this.#scheduled += 1;
    action.waits = true;
    this.#actions.push(action);
    this.wake();
  }

  /** @internal */
  remove(action: Armed): void {
    action.waits = false;
    this.#nextAt = -FOREVER;
    if (this.#actions.peek() === action) this.#actions.pop();
    else this.#actions.keep((other) => other !== action);
    this.wake();
  }

  /** @internal */
  disarm(): void {
    this.#nextAt = -FOREVER;
    this.#cancelled += 1;
    if (this.#cancelled * 2 > this.#actions.length + LITTER) {
      this.#actions.keep((action) => !action.closed);
      this.#cancelled = 0;
    }
    this.wake();
  }

  /** Something was scheduled, or canceled. */
  protected abstract wake(): void;

  /** When the next action is due; Infinity if none is. */
  protected nextAt(): number {
    if (this.#nextAt === -FOREVER) this.#nextAt = this.#lookForNext();
    return this.#nextAt;
  }

  /** Whether something comes before a timer that is set to `at`: an earlier action, or another timer at that instant. */
  protected isTimerDueBy(at: number): boolean {
    const next = this.nextAt();
    return next < at || (next === at && this.#actions.peek()?.rank !== FOREVER);
  }

  /** Does the next action. */
  protected step(): void {
    this.#nextAt = -FOREVER;
    const { mailbox } = this;
    mailbox?.enter();
    try {
      this.#actions.pop()?.execute();
    } finally {
      mailbox?.leave();
    }
  }

  #lookForNext(): number {
    for (;;) {
      const next = this.#actions.peek();
      if (next === undefined) return FOREVER;
      if (!next.closed) return next.at;
      this.#actions.pop();
      this.#cancelled -= 1;
    }
  }
}
