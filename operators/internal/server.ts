import type { ObservableInput, SchedulerLike, Subscriber } from 'rxjs';
import { isAfter, ServerRule } from '../kernel/station';
import { Readiness } from '../readiness';
import { FOREVER } from '../time/forever';
import { systemClock } from '../time/systemClock';
import { timerOn } from '../time/timer';
import type { Timer } from '../time/timer';
import { AwaitedServices } from './awaitedServices';
import { when } from './booleanSubject';
import { BufferedOperatorSubscriber } from './bufferedOperatorSubscriber';
import type { Process, ServeOptions, ServiceMeter } from './serveOptions';
import { NOTHING } from './service';
import type { Service } from './service';
import { ServiceClock } from './serviceClock';
import { ServiceFailures } from './serviceFailures';
import { ServiceOutputs } from './serviceOutputs';
import { ServicePool } from './servicePool';

const { isArray } = Array;

/** One subscription of `serve`: an item arrives, its service begins, its outputs leave, the server is released. */
export class Server<T, R> extends BufferedOperatorSubscriber<T, R> {
  // What is read with every item, as fields: the options of two servers seldom have the same shape.
  private readonly offeredAt: ServeOptions<T, R>['offeredAt'];
  private readonly meter: ServeOptions<T, R>['meter'];
  private readonly onStart: ServiceMeter<T>['onStart'];
  private readonly downstream: ServeOptions<T, R>['downstream'];
  private readonly readiness: Readiness;
  private readonly scheduler: SchedulerLike;
  private readonly clock: ServiceClock<T>;
  /** Tells when an item arrives. */
  private readonly ticker: Pick<SchedulerLike, 'now'>;
  private readonly waits: boolean;
  private readonly outputs: ServiceOutputs<T, R>;
  private readonly awaited: AwaitedServices<T, R>;
  /** Set to the earliest end of a service whose time is waited for. */
  private readonly timer: Timer;
  private readonly detach: () => void;
  private readonly pool: ServicePool<T, R>;
  private readonly isSingle: boolean;
  private readonly rule: ServerRule;
  private readonly process: Process<T, R>;
  private pumping = false;

  constructor(process: Process<T, R>, options: ServeOptions<T, R>, subscriber: Subscriber<R>) {
    super({ edge: 'server', ...options }, subscriber);
    const { scheduler = systemClock(), readiness = new Readiness(), downstream } = options;
    const { concurrency = 1, edge = 'server' } = options;
    const name = options.edge === undefined ? 'serve' : `serve "${edge}"`;
    this.offeredAt = options.offeredAt;
    const { meter } = options;
    this.meter = meter;
    this.onStart = meter?.onStart?.bind(meter);
    this.downstream = downstream;
    this.readiness = readiness;
    this.scheduler = scheduler;
    this.isSingle = concurrency === 1;
    this.rule = new ServerRule(concurrency);
    this.pool = new ServicePool(concurrency);
    const clock = (this.clock = new ServiceClock(options, scheduler));
    this.ticker = clock.hasOneReading ? clock : scheduler;
    this.waits = clock.waits;
    const outputs = (this.outputs = new ServiceOutputs(edge, options, subscriber));
    const fail = (error: unknown): void => {
      this.fail(error);
    };
    const attempt = (work: () => void): void => {
      this.attempt(work);
    };
    const failures = new ServiceFailures(
      options,
      clock,
      this.inbox,
      fail,
      (service: Service<T, R>) => {
        if (!subscriber.closed) this.finish(service, NOTHING);
      },
    );
    this.awaited = new AwaitedServices(
      {
        name,
        edge,
        scheduler,
        clock,
        outputs,
        failures,
        attempt,
        isClosed: () => subscriber.closed,
        onLater: () => {
          this.publishReadiness(false);
        },
        finish: (service, results) => {
          this.finish(service, results);
        },
      },
      options,
    );
    this.process = this.awaited.watching(failures.catching(process));
    const ring = (): void => {
      this.ring();
    };
    const onTimer = (): void => {
      this.attempt(ring);
    };
    this.timer = timerOn(scheduler, onTimer, options.rank);
    this.detach = readiness.attach({
      name,
      scheduler,
      fail,
      catchUp: (at) => {
        if (!this.timer.isSet || isAfter(this.pool.earliest().finish, at)) return;
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
    return this.pool.taken === 0 && this.waiting.length === 0;
  }

  protected override onError(error: unknown): void {
    this.catchUp(this.scheduler.now());
    super.onError(error);
  }

  protected override discard(): void {
    this.timer.cancel();
    const items = this.pool.cancel();
    try {
      for (const item of items) this.inbox.discard(item, 'discarded');
    } finally {
      super.discard();
    }
  }

  protected override dispose(): void {
    this.detach();
    super.dispose();
  }

  private arrive(item: T): void {
    const { offeredAt, ticker } = this;
    const offered = offeredAt === undefined ? ticker.now() : offeredAt(item);
    if (this.timer.isSet && this.catchesUpInVain(item, offered)) return;
    if (this.waiting.length > 0 || !this.pool.isFree || this.rule.isOverrunAt(offered)) {
      this.queue(item, offered);
    } else this.begin(item, offered, true);
  }

  /** What ended by then may have made the subscriber leave. */
  private catchesUpInVain(item: T, offered: number): boolean {
    this.catchUp(offered);
    if (!this.subscriber.closed) return false;
    this.inbox.discard(item, 'discarded');
    this.inbox.flush();
    return true;
  }

  /** An item is offered while earlier ones are unserved, or are being served. */
  private queue(item: T, offered: number): void {
    const waiting = this.waiting.length;
    if (this.rule.isOverrunAt(offered, waiting)) this.inbox.count('overrun', item, offered);
    if (waiting === 0 && this.pool.isFree) this.begin(item, offered, false);
    else if (this.keep(item)) {
      this.readiness.occupy();
      this.inbox.publishDepth();
    }
  }

  /** @param isArriving the clock was read a moment ago */
  private begin(item: T, offered: number, isArriving: boolean): void {
    const { clock, rule, onStart } = this;
    rule.begin(offered);
    const service = this.pool.take(item);
    service.start = rule.start;
    this.outputs.begin(service);
    if (this.isSingle) this.readiness.occupyQuietly(FOREVER);
    else this.publishReadiness(true);
    if (onStart !== undefined) onStart(item, service.start);
    clock.begin(service, isArriving);
    const result = this.process(item, service.context) as ObservableInput<R> | undefined;
    if (this.subscriber.closed) return;
    if (result !== undefined && !isArray(result)) {
      this.awaited.await(service, result);
      return;
    }
    clock.end(service);
    this.finish(service, result === undefined ? NOTHING : (result as readonly R[]));
  }

  private finish(service: Service<T, R>, outputs: readonly R[]): void {
    const { finish } = service;
    this.rule.release(finish);
    if (this.waits && this.clock.isAheadOf(service)) {
      this.waitForEnd(service, outputs);
      return;
    }
    if (this.isSingle) this.readiness.occupyQuietly(this.waiting.length === 0 ? finish : FOREVER);
    else this.publishReadiness(true);
    this.settle(service, outputs);
  }

  private waitForEnd(service: Service<T, R>, outputs: readonly R[]): void {
    service.outputs = outputs;
    service.isTimed = true;
    this.setTimer();
    this.publishReadiness(false);
  }

  /** Time has passed until a service was over. */
  private ring(): void {
    const service = this.pool.earliest();
    service.isTimed = false;
    if (!this.isSingle) this.setTimer();
    this.settle(service, service.outputs);
  }

  /** Service is over: the outputs leave. */
  private settle(service: Service<T, R>, outputs: readonly R[]): void {
    const { meter, downstream } = this;
    if (meter !== undefined) meter.onServed?.(service.item as T, service.start, service.duration);
    service.end();
    this.outputs.end(service, outputs);
    if (this.subscriber.closed) return;
    if (downstream !== undefined && downstream.holds) this.block(service);
    else this.release(service);
  }

  private block(service: Service<T, R>): void {
    service.isBlocked = true;
    this.rule.release(FOREVER, service.finish);
    this.publishReadiness(false);
    this.meter?.onBlocked?.(service.finish);
  }

  private unblock(): void {
    for (const service of this.pool.services) {
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
    const { pool } = this;
    pool.release(service);
    if (this.pumping) return;
    if (this.waiting.length > 0) this.pump();
    if (this.subscriber.closed || !pool.isFree) return;
    this.readiness.free(this.rule.freeAt);
    this.endIfDone();
  }

  /** Serves what waits, until something takes its time. */
  private pump(): void {
    const { offeredAt, pool } = this;
    this.pumping = true;
    try {
      while (pool.isFree && this.waiting.length > 0 && !this.subscriber.closed) {
        const item = this.waiting.shift() as T;
        this.inbox.publishDepth();
        this.begin(item, offeredAt === undefined ? this.rule.freeAt : offeredAt(item), false);
      }
    } finally {
      this.pumping = false;
    }
  }

  /** Completes every service that ends at or before `at`: ends precede arrivals of the same instant. */
  private catchUp(at: number): void {
    while (this.timer.isSet && !isAfter(this.pool.earliest().finish, at)) {
      this.timer.cancel();
      this.ring();
    }
  }

  /** Ready while a server is free and nothing waits; `quietly`: see `Readiness.occupyQuietly`. */
  private publishReadiness(quietly: boolean): void {
    const { readiness, rule } = this;
    const isEmpty = this.waiting.length === 0;
    if (isEmpty && this.pool.isFree) readiness.free(rule.freeAt);
    else if (quietly) readiness.occupyQuietly(isEmpty ? rule.freeAt : FOREVER);
    else readiness.occupy(isEmpty ? rule.freeAt : FOREVER);
  }

  private setTimer(): void {
    const first = this.pool.earliest();
    if (first.isTimed) this.timer.set(first.finish);
  }
}
