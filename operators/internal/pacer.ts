import type { SchedulerLike, Subscriber } from 'rxjs';
import { Clock } from '../time/clock';
import { timerOn } from '../time/timer';
import type { Timer } from '../time/timer';
import { when } from './booleanSubject';
import { createBoundedBuffer } from '../kernel/boundedBuffer';
import type { BoundedBuffer } from '../kernel/boundedBuffer';
import { OperatorSubscriber } from './operatorSubscriber';
import { bufferOf, checkSpeed } from './paceOptions';
import type { PaceOptions } from './paceOptions';
import { ReleaseSchedule } from '../kernel/releaseSchedule';
import { LiveOption } from './liveOption';
import { systemClock } from '../time/systemClock';
import { isRealTime, TimeSlice } from '../time/timeSlice';

/** How many items may wait here before `room` says so. */
const ENOUGH = 1_024;

/** The rank of releases: at one instant, services end before. */
const AFTER_SERVICES = 1_000;

/** One subscription of `pace`: items wait, and are released when they are due. */
export class Pacer<T> extends OperatorSubscriber<T, T> {
  // What is read with every item, as fields: the options of two pacers seldom have the same shape.
  private readonly timeOf: PaceOptions<T>['timeOf'];
  private readonly onRelease: PaceOptions<T>['onRelease'];
  private readonly downstream: PaceOptions<T>['downstream'];
  private readonly demand: PaceOptions<T>['demand'];
  private readonly origin: PaceOptions<T>['origin'];
  private readonly delayError: boolean;
  private readonly scheduler: SchedulerLike;
  private readonly clock: Clock | undefined;
  /** On a real clock, releasing leaves the event loop a turn now and then. */
  private readonly turn: TimeSlice | undefined;
  private readonly enough: number;
  private readonly waiting: BoundedBuffer<T>;
  private readonly timer: Timer;
  private readonly active: LiveOption;
  private readonly paused: LiveOption;
  private readonly schedule: ReleaseSchedule;
  private readonly detach: (() => void) | undefined;
  /** An error of the source, which comes after what waits. */
  private failure: { readonly error: unknown } | undefined;
  private releasing = false;
  private ended = false;

  constructor(options: PaceOptions<T>, subscriber: Subscriber<T>) {
    super(subscriber);
    this.timeOf = options.timeOf;
    this.onRelease = options.onRelease;
    this.downstream = options.downstream;
    this.delayError = options.delayError === true;
    this.demand = options.demand;
    this.origin = options.origin;
    const { scheduler = systemClock(), capacity = ENOUGH, active = true, paused = false } = options;
    this.scheduler = scheduler;
    this.clock = scheduler instanceof Clock ? scheduler : undefined;
    this.schedule = new ReleaseSchedule(scheduler, 1, options.skipGaps, options.timeNow);
    this.turn = isRealTime(scheduler) ? new TimeSlice(1) : undefined;
    this.enough = Math.min(ENOUGH, capacity);
    this.waiting = createBoundedBuffer(bufferOf(options), () => undefined);
    const fail = (error: unknown): void => {
      this.fail(error);
    };
    const advance = (): void => {
      this.advance();
    };
    const { edge = 'pace' } = options;
    this.detach = options.demand?.attach({ name: `pace "${edge}"`, scheduler, fail });
    this.timer = timerOn(scheduler, advance, options.rank ?? AFTER_SERVICES);
    const switched = (): void => {
      this.switched();
    };
    const stopOrGo = (): void => {
      this.stopOrGo();
    };
    this.active = new LiveOption(active, switched, fail);
    this.paused = new LiveOption(paused, stopOrGo, fail);
    subscriber.add(this.active.subscription);
    subscriber.add(this.paused.subscription);
    const { speed = 1, downstream } = options;
    if (typeof speed === 'number') this.schedule.setSpeed(speed, false);
    else {
      const changeTo = (next: number): void => {
        this.attempt(() => {
          this.changeSpeed(next);
        });
      };
      subscriber.add(speed.subscribe({ next: changeTo, error: fail }));
    }
    if (downstream !== undefined) subscriber.add(when(downstream, false, advance, fail));
  }

  override next(item: T): void {
    if (!this.isListening) return;
    try {
      if (this.passesAtOnce()) {
        this.releasing = true;
        try {
          const now = this.scheduler.now();
          this.release(item, now, now);
        } finally {
          this.releasing = false;
        }
        if (this.waiting.length > 0 || this.ended) this.advance();
        return;
      }
      this.waiting.push(item);
      if (this.waiting.length >= (this.active.on ? this.enough : 1)) this.demand?.occupy();
      if (!this.releasing && !this.timer.isSet) this.advance();
    } catch (error) {
      this.fail(error);
    }
  }

  protected override onComplete(): void {
    this.ended = true;
    if (this.waiting.length === 0 && !this.releasing) this.end();
  }

  protected override onError(error: unknown): void {
    if (!this.delayError) {
      this.fail(error);
      return;
    }
    this.failure = { error };
    this.onComplete();
  }

  private end(): void {
    if (this.failure === undefined) this.subscriber.complete();
    else this.subscriber.error(this.failure.error);
  }

  protected override discard(): void {
    this.timer.cancel();
    this.waiting.clear();
  }

  protected override dispose(): void {
    this.detach?.();
  }

  private passesAtOnce(): boolean {
    return (
      !this.active.on &&
      !this.releasing &&
      !this.paused.on &&
      this.waiting.length === 0 &&
      this.downstream?.holds !== true
    );
  }

  private advance(): void {
    if (this.releasing) return;
    this.releasing = true;
    this.timer.cancel();
    try {
      this.releaseAll();
    } catch (error) {
      this.fail(error);
    } finally {
      this.releasing = false;
    }
  }

  private releaseAll(): void {
    const { scheduler, subscriber, waiting, downstream, demand, turn } = this;
    let now = scheduler.now();
    turn?.begin();
    for (;;) {
      if (subscriber.closed) return;
      if (turn !== undefined && waiting.length > 0 && turn.isOver) {
        this.timer.set(scheduler.now());
        return;
      }
      if (this.ended && waiting.length === 0) {
        this.end();
        return;
      }
      if (this.paused.on || downstream?.holds === true) return;
      if (waiting.length === 0) {
        demand?.free(now);
        if (waiting.length === 0 && !this.ended) return;
        continue;
      }
      const item = waiting.peek() as T;
      if (!this.active.on) {
        now = scheduler.now();
        waiting.shift();
        this.release(item, now, now);
        continue;
      }
      const due = this.dueOf(item);
      if (due > now) now = scheduler.now();
      if (due > now) {
        this.timer.set(due);
        return;
      }
      waiting.shift();
      this.release(item, due, now);
      // A control that a callback asked for takes effect before the next item of this instant.
      if (this.clock?.mailbox?.isWaiting === true && waiting.length > 0) {
        this.timer.set(now);
        return;
      }
    }
  }

  private release(item: T, due: number, at: number): void {
    const { timeOf, onRelease } = this;
    this.schedule.release(timeOf(item));
    onRelease?.(item, due, at);
    this.subscriber.next(item);
  }

  private dueOf(item: T): number {
    const { timeOf, origin } = this;
    return this.schedule.dueAt(timeOf(item), origin && (() => origin(item)));
  }

  private switched(): void {
    this.schedule.setActive(this.active.on, this.downstream?.holds === true);
    this.advance();
  }

  private stopOrGo(): void {
    this.schedule.setPaused(this.paused.on);
    this.advance();
  }

  private changeSpeed(speed: number): void {
    checkSpeed(speed);
    this.schedule.setSpeed(speed, this.paused.on);
    this.advance();
  }
}
