import { asyncScheduler } from 'rxjs';
import type { ObservableInput, SchedulerLike, Subscriber } from 'rxjs';
import { DeadlockError, OverflowError, ServiceTimeoutError } from '../errors';
import { DEFAULT_CAPACITY } from '../kernel/boundedBuffer';
import { PendingService } from '../kernel/pendingService';
import { ServiceTimer } from '../kernel/serviceTime';
import { isAfter, ServerRule } from '../kernel/station';
import { Readiness } from '../readiness';
import type { Process, ServeOptions } from './serveOptions';
import { FOREVER } from '../time/forever';
import { systemClock } from '../time/systemClock';
import { isRealTime } from '../time/timeSlice';
import { timerOn } from '../time/timer';
import type { Timer } from '../time/timer';
import { VirtualClock } from '../time/virtualClock';
import { WallClock } from '../time/wallClock';
import { when } from './booleanSubject';
import { BufferedOperatorSubscriber } from './bufferedOperatorSubscriber';
import { NOTHING, Service } from './service';
import { Turns } from './turns';

const { isArray } = Array;

/** One subscription of `serve`: an item arrives, its service begins, its outputs leave, the server is released. */
export class Server<T, R> extends BufferedOperatorSubscriber<T, R> {
  // What is read with every item, as fields: the options of two servers seldom have the same shape.
  private readonly offeredAt: ServeOptions<T, R>['offeredAt'];
  private readonly meter: ServeOptions<T, R>['meter'];
  private readonly onOutput: ServeOptions<T, R>['onOutput'];
  private readonly filter: ServeOptions<T, R>['filter'];
  private readonly downstream: ServeOptions<T, R>['downstream'];
  private readonly skips: boolean;
  private readonly handsOn: boolean;
  private readonly capacity: number;
  private readonly timeout: number | undefined;
  /** In errors. */
  private readonly name: string;
  private readonly edge: string;
  private readonly readiness: Readiness;
  private readonly scheduler: SchedulerLike;
  private readonly virtual: VirtualClock | undefined;
  private readonly times: ServiceTimer<T>;
  /** Service times are measured, and have passed on the scheduler's clock as well. */
  private readonly passesByItself: boolean;
  /** What the stopwatch says when the clock says 0; NaN where the two are unrelated. */
  private readonly origin: number;
  /** Set to the earliest end of a service whose time is waited for. */
  private readonly timer: Timer;
  private readonly detach: () => void;
  private readonly services: readonly Service<T, R>[];
  private readonly servers: number;
  private readonly isSingle: boolean;
  private readonly turns: Turns<R> | undefined;

  private readonly rule: ServerRule;
  /** Servers that are not free. */
  private taken = 0;
  private begun = 0;
  /** When the outputs that leave now do so. */
  private leavesAt = NaN;
  private pumping = false;

  constructor(
    private readonly process: Process<T, R>,
    options: ServeOptions<T, R>,
    subscriber: Subscriber<R>,
  ) {
    super({ edge: 'server', ...options }, subscriber);
    const { scheduler = systemClock(), readiness = new Readiness(), downstream, edge } = options;
    const { concurrency = 1, ordered = true, capacity = DEFAULT_CAPACITY } = options;
    this.offeredAt = options.offeredAt;
    this.meter = options.meter;
    this.onOutput = options.onOutput;
    this.filter = options.filter;
    this.downstream = downstream;
    this.skips = options.onError === 'skip';
    this.capacity = capacity;
    this.timeout = options.timeout;
    this.edge = edge ?? 'server';
    this.name = edge === undefined ? 'serve' : `serve "${edge}"`;
    this.readiness = readiness;
    this.scheduler = scheduler;
    this.virtual = scheduler instanceof VirtualClock ? scheduler : undefined;
    this.times = new ServiceTimer(options, scheduler);
    this.passesByItself = isRealTime(scheduler) && !this.times.isStated;
    const isOneClock = scheduler instanceof WallClock && options.stopwatch === undefined;
    this.origin = isOneClock ? scheduler.origin : NaN;
    this.handsOn = options.outputs !== 'atEnd' && !this.times.isStated;
    this.rule = new ServerRule(concurrency);
    this.services = Array.from({ length: concurrency }, () => new Service<T, R>());
    this.servers = concurrency;
    this.isSingle = concurrency === 1;
    if (concurrency > 1 && ordered) {
      this.turns = new Turns(this.edge, capacity, (outputs, at) => {
        this.leavesAt = at;
        this.emit(outputs);
      });
    }
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
        if (!this.timer.isSet || isAfter(this.earliest().finish, at)) return;
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
        this.attempt(unblock);
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
    return this.taken === 0 && this.waiting.length === 0;
  }

  protected override onError(error: unknown): void {
    this.catchUp(this.scheduler.now());
    super.onError(error);
  }

  protected override discard(): void {
    this.timer.cancel();
    const inService = this.services.filter(({ isServing }) => isServing);
    inService.sort((a, b) => a.order - b.order);
    for (const service of this.services) service.cancel();
    try {
      for (const service of inService) this.inbox.discard(service.end(), 'discarded');
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
    if (waiting === 0 && this.taken < this.servers) this.begin(item, offered);
    else if (this.keep(item)) {
      this.readiness.occupy();
      this.inbox.publishDepth();
    }
  }

  private begin(item: T, offered: number): void {
    const service = this.freeServer();
    this.rule.begin(offered);
    service.begin(item, (this.begun += 1));
    service.start = this.rule.start;
    this.taken += 1;
    if (this.turns !== undefined) service.turn = this.turns.take();
    if (this.isSingle) this.readiness.occupy(FOREVER, true);
    else this.publishReadiness(true);
    this.meter?.onStart?.(item, service.start);
    const latest = this.virtual?.latest;
    service.began = this.times.read();
    let result: ObservableInput<R> | undefined;
    try {
      result = this.process(item, service.context) as ObservableInput<R> | undefined;
    } catch (error) {
      if (!this.skips) throw error;
      if (!this.subscriber.closed) this.skip(service, error);
      return;
    }
    if (this.subscriber.closed) return;
    if (result !== undefined && !isArray(result)) {
      this.await(service, result, latest);
      return;
    }
    this.end(service);
    this.finish(service, result === undefined ? NOTHING : (result as readonly R[]));
  }

  /**
   * The service is over: when, as the stopwatch or the stated time has it. A stopwatch may be finer than
   * the clock, which it must not overtake: who comes next would be early. (Times are handed on in fields: as
   * arguments and results of functions they would be objects.)
   */
  private end(service: Service<T, R>): void {
    const { start } = service;
    const duration = this.times.since(service.began, service.item as T);
    const finish = start + duration;
    service.duration = duration;
    service.finish = finish;
    if (!this.passesByItself) return;
    const { origin } = this;
    // A reading of the clock costs more than all the rest of this, so it is spared where the stopwatch's will do.
    const now = origin === origin ? service.began + duration - origin : this.scheduler.now();
    if (finish > now) service.finish = start > now ? start : now;
  }

  /** A service that was awaited ends no earlier than it completed. */
  private endNow(service: Service<T, R>): void {
    this.end(service);
    service.finish = Math.max(service.finish, this.scheduler.now());
  }

  private await(
    service: Service<T, R>,
    result: ObservableInput<R>,
    latest: object | undefined,
  ): void {
    const finishNow = (): void => {
      service.stopWaiting();
      this.endNow(service);
      this.finish(service, pending.outputs);
    };
    const pending = new PendingService<R>(
      () => {
        this.attempt(finishNow);
      },
      (error) => {
        if (!this.skips) this.fail(error);
        else {
          this.attempt(() => {
            this.skip(service, error);
          });
        }
      },
    );
    service.await(pending);
    if (pending.run(result, this.virtual)) {
      service.stopWaiting();
      this.end(service);
      this.finish(service, pending.outputs);
      pending.cancel();
      return;
    }
    if (this.subscriber.closed || service.pending !== pending) return;
    const { virtual } = this;
    if (virtual?.latest !== undefined && virtual.latest !== latest) {
      throw new DeadlockError(this.name);
    }
    this.publishReadiness(false);
    this.startTimeout(service);
    pending.handOn((output) => {
      this.take(service, pending, output);
    });
  }

  /** An output comes while its service goes on. */
  private take(service: Service<T, R>, pending: PendingService<R>, output: R): void {
    try {
      if (!this.handsOn) {
        pending.outputs.push(output);
        if (pending.outputs.length > this.capacity) {
          throw new OverflowError(`${this.edge} (outputs of one item)`, this.capacity);
        }
      } else if (this.turns === undefined || service.turn === undefined) {
        this.leavesAt = this.scheduler.now();
        this.emit([output]);
      } else {
        this.turns.add(service.turn, [output], this.scheduler.now());
      }
    } catch (error) {
      this.fail(error);
    }
  }

  private startTimeout(service: Service<T, R>): void {
    const { timeout, virtual } = this;
    if (timeout === undefined) return;
    const expire = (): void => {
      const error = new ServiceTimeoutError(this.edge, timeout);
      service.context.abort(error);
      if (this.skips) this.skip(service, error, 'timedOut');
      else this.fail(error);
    };
    const onTimeout = (): void => {
      this.attempt(expire);
    };
    // A virtual clock stands still for what is awaited, so real time decides.
    service.timeout =
      virtual === undefined
        ? this.scheduler.schedule(onTimeout, timeout)
        : asyncScheduler.schedule(() => {
            virtual.asStep(onTimeout);
          }, timeout);
  }

  /** The work has failed, and the item is lost; the stream goes on. */
  private skip(
    service: Service<T, R>,
    error: unknown,
    reason: 'skipped' | 'timedOut' = 'skipped',
  ): void {
    const { pending } = service;
    service.stopWaiting();
    if (pending?.isLater === true) this.endNow(service);
    else this.end(service);
    this.inbox.deadLetter(service.item as T, reason, service.finish, error);
    if (!this.subscriber.closed) this.finish(service, NOTHING);
    pending?.cancel();
  }

  private finish(service: Service<T, R>, outputs: readonly R[]): void {
    const { finish } = service;
    this.rule.release(finish);
    const isWaitedFor =
      (this.virtual !== undefined || this.times.isStated) &&
      finish > service.start &&
      finish > this.scheduler.now();
    if (isWaitedFor) {
      service.outputs = outputs;
      service.isTimed = true;
      this.setTimer();
      this.publishReadiness(false);
      return;
    }
    if (this.isSingle) this.readiness.occupy(this.waiting.length === 0 ? finish : FOREVER, true);
    else this.publishReadiness(true);
    this.settle(service, outputs);
  }

  /** Time has passed until a service was over. */
  private ring(): void {
    const service = this.earliest();
    service.isTimed = false;
    if (!this.isSingle) this.setTimer();
    this.settle(service, service.outputs);
  }

  /** Service is over: the outputs leave. */
  private settle(service: Service<T, R>, outputs: readonly R[]): void {
    const { meter, downstream, turns } = this;
    if (meter?.onServed !== undefined) {
      meter.onServed(service.item as T, service.start, service.duration);
    }
    service.end();
    if (turns === undefined || service.turn === undefined) {
      this.leavesAt = service.finish;
      this.emit(outputs);
    } else {
      if (outputs.length > 0) turns.add(service.turn, outputs, service.finish);
      turns.end(service.turn, service.finish);
    }
    if (this.subscriber.closed) return;
    if (downstream?.holds !== true) {
      this.release(service);
      return;
    }
    service.isBlocked = true;
    this.rule.release(FOREVER, service.finish);
    this.publishReadiness(false);
    meter?.onBlocked?.(service.finish);
  }

  private emit(outputs: readonly R[]): void {
    const { onOutput, filter } = this;
    const at = onOutput === undefined ? NaN : this.leavesAt;
    for (let i = 0; i < outputs.length && !this.subscriber.closed; i += 1) {
      const output = outputs[i] as R;
      onOutput?.(output, at);
      if (filter === undefined || filter(output)) this.subscriber.next(output);
    }
  }

  private unblock(): void {
    for (const service of this.services) {
      if (this.downstream?.holds === true) return;
      if (!service.isBlocked) continue;
      service.isBlocked = false;
      const now = Math.max(service.finish, this.scheduler.now());
      this.meter?.onUnblocked?.(now);
      this.rule.release(now);
      this.release(service);
    }
  }

  private release(service: Service<T, R>): void {
    service.isTaken = false;
    this.taken -= 1;
    if (this.pumping) return;
    if (this.waiting.length > 0) this.pump();
    if (this.subscriber.closed || this.taken === this.servers) return;
    this.readiness.free(this.rule.freeAt);
    this.endIfDone();
  }

  /** Serves what waits, until something takes its time. */
  private pump(): void {
    const { offeredAt } = this;
    this.pumping = true;
    try {
      while (this.taken < this.servers && this.waiting.length > 0 && !this.subscriber.closed) {
        const item = this.waiting.shift() as T;
        this.inbox.publishDepth();
        this.begin(item, offeredAt === undefined ? this.rule.freeAt : offeredAt(item));
      }
    } finally {
      this.pumping = false;
    }
  }

  /** Completes every service that ends at or before `at`: ends precede arrivals of the same instant. */
  private catchUp(at: number): void {
    while (this.timer.isSet && !isAfter(this.earliest().finish, at)) {
      this.timer.cancel();
      this.ring();
    }
  }

  /** Ready while a server is free and nothing waits; `quietly` as of `Readiness.occupy`. */
  private publishReadiness(quietly: boolean): void {
    const { readiness, rule } = this;
    const isEmpty = this.waiting.length === 0;
    if (isEmpty && this.taken < this.servers) readiness.free(rule.freeAt);
    else readiness.occupy(isEmpty ? rule.freeAt : FOREVER, quietly);
  }

  private freeServer(): Service<T, R> {
    const { services } = this;
    if (this.isSingle) return services[0] as Service<T, R>;
    let i = 0;
    while ((services[i] as Service<T, R>).isTaken) i += 1;
    return services[i] as Service<T, R>;
  }

  /** The service that ends first of those whose time is waited for; requested only while there is one. */
  private earliest(): Service<T, R> {
    const { services } = this;
    let first = services[0] as Service<T, R>;
    for (let i = 1; i < services.length; i += 1) {
      const other = services[i] as Service<T, R>;
      if (other.isTimed && (!first.isTimed || endsBefore(other, first))) first = other;
    }
    return first;
  }

  private setTimer(): void {
    const first = this.earliest();
    if (first.isTimed) this.timer.set(first.finish);
  }
}

const endsBefore = <T, R>(a: Service<T, R>, b: Service<T, R>): boolean =>
  a.finish < b.finish || (a.finish === b.finish && a.order < b.order);
