import type { ObservableInput, SchedulerLike, Subscriber } from 'rxjs';
import { timerOn } from '../time/timer';
import type { Timer } from '../time/timer';
import { BufferedOperatorSubscriber } from './bufferedOperatorSubscriber';
import { FOREVER } from '../time/clock';
import { when } from './booleanSubject';
import { DeadlockError } from '../errors';
import { PendingService } from '../kernel/pendingService';
import { isAfter, ServerRule } from '../kernel/station';
import { Readiness } from '../readiness';
import type { Process, ServeOptions } from '../serveOptions';
import { ServiceTimer } from '../kernel/serviceTime';
import { systemClock } from '../time/systemClock';
import { isRealTime } from '../time/timeSlice';
import { VirtualClock } from '../time/virtualClock';

const { isArray } = Array;
const NOTHING: readonly never[] = [];

/** One subscription of `serve`: an item arrives, its service begins, its outputs leave, the server is released. */
export class Server<T, R> extends BufferedOperatorSubscriber<T, R> {
  // What is asked for with every item, as fields: the options of two servers seldom have the same shape.
  private readonly offeredAt: ServeOptions<T, R>['offeredAt'];
  private readonly meter: ServeOptions<T, R>['meter'];
  private readonly stamp: ServeOptions<T, R>['onOutput'];
  private readonly passes: ServeOptions<T, R>['filter'];
  private readonly downstream: ServeOptions<T, R>['downstream'];
  /** In errors. */
  private readonly name: string;
  private readonly readiness: Readiness;
  private readonly scheduler: SchedulerLike;
  private readonly virtual: VirtualClock | undefined;
  private readonly times: ServiceTimer<T>;
  private readonly timer: Timer;
  /** Service times are measured, and have passed on the scheduler's clock as well. */
  private readonly passesByItself: boolean;
  private readonly detach: () => void;

  private readonly rule = new ServerRule();
  private item: T | undefined;
  /** An item is being worked on. */
  private serving = false;
  /** An item is being worked on, or its outputs have not passed yet. */
  private busy = false;
  private service = 0;
  private finish = 0;
  /** Of the service whose end is waited for. */
  private outputs: readonly R[] = NOTHING;
  private pending: PendingService<R> | undefined;
  private blocked = false;
  private pumping = false;

  constructor(
    private readonly process: Process<T, R>,
    options: ServeOptions<T, R>,
    subscriber: Subscriber<R>,
  ) {
    super({ edge: 'server', ...options }, subscriber);
    const { scheduler = systemClock(), readiness = new Readiness(), downstream, edge } = options;
    this.offeredAt = options.offeredAt;
    this.meter = options.meter;
    this.stamp = options.onOutput;
    this.passes = options.filter;
    this.downstream = downstream;
    this.readiness = readiness;
    this.scheduler = scheduler;
    this.virtual = scheduler instanceof VirtualClock ? scheduler : undefined;
    this.name = edge === undefined ? 'serve' : `serve "${edge}"`;
    this.times = new ServiceTimer(options, scheduler);
    this.passesByItself = isRealTime(scheduler) && !this.times.isStated;
    const fail = (error: unknown): void => {
      this.fail(error);
    };
    const ring = (): void => {
      this.ring();
    };
    const onTimer = (): void => {
      this.attempt(ring);
    };
    this.timer = timerOn(scheduler, onTimer, options.rank);
    this.detach = readiness.attach({
      name: this.name,
      scheduler,
      fail,
      catchUp: (at) => {
        if (!this.timer.isSet || isAfter(this.finish, at)) return;
        this.attempt(() => {
          this.catchUp(at);
        });
      },
    });
    this.inbox.open(fail);
    if (downstream !== undefined) {
      const unblock = (): void => {
        this.unblock();
      };
      const reconsider = (): void => {
        if (this.blocked) this.attempt(unblock);
      };
      subscriber.add(when(downstream, false, reconsider, fail));
    }
  }

  override next(item: T): void {
    if (!this.isListening) return;
    try {
      this.arrive(item);
    } catch (error) {
      this.fail(error);
    }
  }

  protected override get isIdle(): boolean {
    return !this.busy && this.waiting.length === 0;
  }

  protected override onError(error: unknown): void {
    this.catchUp(this.scheduler.now());
    super.onError(error);
  }

  protected override discard(): void {
    this.timer.cancel();
    this.pending?.cancel();
    const item = this.item as T;
    const { serving } = this;
    this.serving = false;
    this.item = undefined;
    this.outputs = NOTHING;
    try {
      if (serving) this.inbox.discard(item, 'discarded');
    } finally {
      super.discard();
    }
  }

  protected override dispose(): void {
    this.detach();
    super.dispose();
  }

  private arrive(item: T): void {
    const { offeredAt } = this;
    const offered = offeredAt === undefined ? this.scheduler.now() : offeredAt(item);
    this.catchUp(offered);
    if (this.subscriber.closed) {
      this.inbox.discard(item, 'discarded');
      this.inbox.flush();
      return;
    }
    const waiting = this.waiting.length;
    if (this.rule.isOverrunAt(offered, waiting)) this.inbox.count('overrun', item, offered);
    if (!this.busy && waiting === 0) this.begin(item, offered);
    else if (this.keep(item)) this.readiness.occupy();
  }

  private begin(item: T, offered: number): void {
    const start = this.rule.begin(offered);
    this.busy = true;
    this.serving = true;
    this.item = item;
    this.readiness.occupy(FOREVER, true);
    this.meter?.onStart?.(item, start);
    const latest = this.virtual?.latest;
    const began = this.times.read();
    const result = this.process(item) as ObservableInput<R> | undefined;
    if (this.subscriber.closed) return;
    if (result === undefined) this.finishAt(this.over(began), NOTHING);
    else if (isArray(result)) this.finishAt(this.over(began), result as readonly R[]);
    else this.await(result, began, latest);
  }

  /**
   * The service is over: when, as the stopwatch or the stated time has it. A stopwatch may be finer than
   * the clock, which it must not overtake: who comes next would be early.
   */
  private over(began: number): number {
    this.service = this.times.since(began, this.item as T);
    const { start } = this.rule;
    const finish = start + this.service;
    if (!this.passesByItself) return finish;
    const now = this.scheduler.now();
    return finish <= now ? finish : Math.max(start, now);
  }

  /** A service that was awaited ends no earlier than it completed. */
  private await(result: ObservableInput<R>, began: number, latest: object | undefined): void {
    const finishNow = (): void => {
      this.finishAt(Math.max(this.over(began), this.scheduler.now()), pending.outputs);
    };
    const pending = new PendingService<R>(
      () => {
        this.attempt(finishNow);
      },
      (error) => {
        this.fail(error);
      },
    );
    this.pending = pending;
    if (pending.run(result, this.virtual)) {
      this.finishAt(this.over(began), pending.outputs);
      pending.cancel();
      return;
    }
    if (this.subscriber.closed) return;
    const { virtual } = this;
    if (virtual?.latest !== undefined && virtual.latest !== latest) {
      throw new DeadlockError(this.name);
    }
    this.readiness.occupy();
  }

  private finishAt(finish: number, outputs: readonly R[]): void {
    this.finish = finish;
    const free = this.waiting.length === 0 ? finish : FOREVER;
    if (this.virtual !== undefined || this.times.isStated) {
      const remaining = finish > this.rule.start ? finish - this.scheduler.now() : 0;
      if (remaining > 0) {
        this.outputs = outputs;
        this.timer.set(finish);
        this.readiness.occupy(free);
        return;
      }
    }
    this.readiness.occupy(free, true);
    this.settle(outputs);
  }

  /** Time has passed until the service was over. */
  private ring(): void {
    const outputs = this.outputs;
    this.outputs = NOTHING;
    this.settle(outputs);
  }

  /** Service is over: the outputs leave. */
  private settle(outputs: readonly R[]): void {
    const finish = this.finish;
    const { meter, stamp, passes, downstream } = this;
    meter?.onServed?.(this.item as T, this.rule.start, this.service);
    this.serving = false;
    this.item = undefined;
    for (let i = 0; i < outputs.length && !this.subscriber.closed; i += 1) {
      const output = outputs[i] as R;
      stamp?.(output, finish);
      if (passes === undefined || passes(output)) this.subscriber.next(output);
    }
    if (this.subscriber.closed) return;
    if (downstream?.holds !== true) {
      this.release(finish);
      return;
    }
    this.blocked = true;
    this.readiness.occupy();
    meter?.onBlocked?.(finish);
  }

  private unblock(): void {
    if (this.downstream?.holds === true) return;
    this.blocked = false;
    const now = Math.max(this.finish, this.scheduler.now());
    this.meter?.onUnblocked?.(now);
    this.release(now);
  }

  private release(at: number): void {
    this.busy = false;
    this.rule.release(at);
    if (this.pumping) return;
    if (this.waiting.length > 0) this.pump();
    if (this.busy || this.subscriber.closed) return;
    this.readiness.free(this.rule.freeAt);
    this.endIfDone();
  }

  /** Serves what waits, until something takes its time. */
  private pump(): void {
    const { offeredAt } = this;
    this.pumping = true;
    try {
      while (!this.busy && this.waiting.length > 0 && !this.subscriber.closed) {
        const item = this.waiting.shift() as T;
        this.begin(item, offeredAt === undefined ? this.rule.freeAt : offeredAt(item));
      }
    } finally {
      this.pumping = false;
    }
  }

  /** Whatever is over by `at` has its consequences now: ends come before arrivals of the same instant. */
  private catchUp(at: number): void {
    while (this.timer.isSet && !isAfter(this.finish, at)) {
      this.timer.cancel();
      this.ring();
    }
  }
}
