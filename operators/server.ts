import { asyncScheduler, from, Subscription, VirtualTimeScheduler } from 'rxjs';
import type { Observable, ObservableInput, Observer, SchedulerLike, Subscriber } from 'rxjs';
import { FOREVER } from './clock';
import { OptionError, OverflowError } from './errors';
import { alarm } from './alarm';
import type { Alarm } from './alarm';
import type { EdgeEvent } from './events';
import { listen } from './flag';
import { createInbox } from './inbox';
import type { Inbox, InboxOptions } from './inbox';
import { Operation } from './operate';
import { isAfter, Readiness } from './readiness';
import type { ReadinessLike } from './readiness';
import { Tally } from './tally';
import type { Batch } from './tally';
import { VirtualClock } from './virtualClock';

/** Is told what the server does; all times in milliseconds of the scheduler's clock. */
export interface ServiceMeter<T> {
  /** Service of an item begins. */
  started?(item: T, at: number): void;
  /** Service of an item is over; it began at `start` and took `serviceTime`. */
  served?(item: T, start: number, serviceTime: number): void;
  /** From `at` on, its outputs wait for the next gate. */
  blocked?(at: number): void;
  /** They have passed. */
  unblocked?(at: number): void;
}

export interface ServeOptions<T, R> extends InboxOptions<T> {
  /** Kept by the server; one of its own unless given. */
  readonly readiness?: Readiness;
  readonly scheduler?: SchedulerLike;
  /** Measures how long `process` works, in milliseconds; `performance.now` unless given. */
  readonly stopwatch?: () => number;
  /** Milliseconds an item takes, instead of what the stopwatch measures: a number, or a function of both. */
  readonly serviceTime?: number | ((item: T, measured: number) => number);
  /** When the item was offered; the scheduler's time at its arrival unless given. */
  readonly offeredAt?: (item: T) => number;
  /** The next gate's `holding`: until it holds no output of ours, the server is blocked. */
  readonly downstream?: ReadinessLike & Observable<unknown>;
  /** Called with each output before it is emitted, with the time at which service was over. */
  readonly stamp?: (output: R, finish: number) => void;
  readonly meter?: ServiceMeter<T>;
  /** Receives `overrun`, `dropped` and `discarded` events. */
  readonly events?: Partial<Observer<EdgeEvent>>;
  readonly batch?: Batch;
  /** An error of the source, or of a full inbox, comes after what has arrived is served; otherwise at once. */
  readonly delayError?: boolean;
  /** False for an item that is served, but is none to count. */
  readonly counts?: (item: T) => boolean;
}

export function checkServiceTime(serviceTime: number): number {
  if (serviceTime >= 0 && serviceTime < FOREVER) return serviceTime;
  throw new OptionError('serviceTime', serviceTime, 'a number of milliseconds, at least 0');
}

const { isArray } = Array;
const NOTHING: readonly never[] = [];

export class Server<T, R> extends Operation<T, R> {
  private readonly readiness: Readiness;
  private readonly scheduler: SchedulerLike;
  private readonly virtual: VirtualClock | undefined;
  private readonly stopwatch: (() => number) | undefined;
  private readonly inbox: Inbox<T>;
  private readonly tally: Tally;
  private readonly detach: () => void;

  /** When the previous service, and the wait for the next gate, was over. */
  private free = -FOREVER;
  private item: T | undefined;
  /** An item is being worked on. */
  private serving = false;
  /** An item is being worked on, or its outputs have not passed yet. */
  private busy = false;
  private start = -FOREVER;
  private service = 0;
  private finish = 0;
  private outputs: readonly R[] = NOTHING;
  private readonly timer: Alarm;
  private pending: Subscription | undefined;
  private blocked = false;
  private pumping = false;
  private ended = false;
  private failure: { readonly error: unknown } | undefined;

  constructor(
    private readonly process: (item: T) => ObservableInput<R> | undefined,
    private readonly options: ServeOptions<T, R>,
    subscriber: Subscriber<R>,
  ) {
    super(subscriber);
    const { scheduler = asyncScheduler, readiness = new Readiness(), edge = 'server' } = options;
    this.readiness = readiness;
    this.scheduler = scheduler;
    this.virtual = scheduler instanceof VirtualClock ? scheduler : undefined;
    this.stopwatch = stopwatchOf(options, scheduler);
    this.tally = new Tally({ ...options, edge, scheduler });
    const settle = (): void => {
      this.settle();
    };
    this.timer = alarm(scheduler, () => {
      this.attempt(settle);
    });
    this.inbox = createInbox({ ...options, edge }, (item) => {
      this.lose(item, 'dropped');
    });
    this.detach = readiness.attach((at) => {
      if (!this.timer.isSet || isAfter(this.finish, at)) return;
      this.attempt(() => {
        this.catchUp(at);
      });
    });
    readiness.free(-FOREVER);
    const fail = (error: unknown): void => {
      this.fail(error);
    };
    this.tally.open(fail);
    if (options.downstream === undefined) return;
    const unblock = (): void => {
      this.unblock();
    };
    const reconsider = (): void => {
      if (this.blocked) this.attempt(unblock);
    };
    subscriber.add(listen(options.downstream, reconsider, fail));
  }

  override next(item: T): void {
    if (!this.listens) return;
    try {
      this.arrive(item);
    } catch (error) {
      this.fail(error);
    }
  }

  private arrive(item: T): void {
    const { offeredAt, counts } = this.options;
    const offered = offeredAt === undefined ? this.scheduler.now() : offeredAt(item);
    this.catchUp(offered);
    if (this.subscriber.closed) {
      this.lose(item, 'discarded');
      this.tally.flush();
      return;
    }
    const waits = this.busy || this.inbox.length > 0;
    if (this.inbox.length > 0 || isAfter(this.start, offered)) {
      if (counts === undefined || counts(item)) this.count('overrun', item, offered);
    }
    if (waits) this.queue(item);
    else this.begin(item, offered);
  }

  protected override onComplete(): void {
    this.ended = true;
    if (this.isIdle()) this.end();
  }

  protected override onError(error: unknown): void {
    this.catchUp(this.scheduler.now());
    if (this.options.delayError !== true) {
      this.fail(error);
      return;
    }
    this.failure = { error };
    this.onComplete();
  }

  protected override discard(): void {
    this.timer.cancel();
    this.pending?.unsubscribe();
    this.discardAll();
    this.tally.flush();
  }

  protected override dispose(): void {
    this.detach();
    this.tally.close();
  }

  private queue(item: T): void {
    try {
      this.inbox.push(item);
    } catch (error) {
      if (!(error instanceof OverflowError)) throw error;
      this.lose(item, 'discarded');
      this.unsubscribe();
      this.onError(error);
      return;
    }
    this.readiness.occupy();
  }

  private begin(item: T, offered: number): void {
    const start = isAfter(this.free, offered) ? this.free : offered;
    this.busy = true;
    this.serving = true;
    this.item = item;
    this.start = start;
    this.readiness.occupy(FOREVER, true);
    this.options.meter?.started?.(item, start);
    const began = this.stopwatch === undefined ? 0 : this.stopwatch();
    const result = this.process(item);
    if (this.subscriber.closed) return;
    if (result === undefined) this.outputs = NOTHING;
    else if (isArray(result)) this.outputs = result;
    else {
      this.await(result, began);
      return;
    }
    this.finishAt(start + this.serviceTimeOf(began));
  }

  private await(result: ObservableInput<R>, began: number): void {
    const outputs: R[] = [];
    let returned = false;
    let completed = false;
    this.outputs = outputs;
    const finish = (): void => {
      const over = this.start + this.serviceTimeOf(began);
      this.finishAt(returned ? Math.max(over, this.scheduler.now()) : over);
    };
    const pending = new Subscription();
    this.pending = pending;
    const held = this.virtual?.hold();
    pending.add(held);
    pending.add(
      from(result).subscribe({
        next: (output) => outputs.push(output),
        error: (error: unknown) => {
          this.fail(error);
        },
        complete: () => {
          completed = true;
          if (!returned) return;
          this.attempt(finish);
          pending.unsubscribe();
        },
      }),
    );
    returned = true;
    if (!completed) {
      this.readiness.occupy();
      return;
    }
    returned = false;
    finish();
    pending.unsubscribe();
  }

  private serviceTimeOf(began: number): number {
    const { serviceTime } = this.options;
    if (typeof serviceTime === 'number') return (this.service = serviceTime);
    const measured = this.stopwatch === undefined ? 0 : this.stopwatch() - began;
    if (serviceTime === undefined) return (this.service = measured);
    return (this.service = checkServiceTime(serviceTime(this.item as T, measured)));
  }

  private finishAt(finish: number): void {
    this.finish = finish;
    const free = this.inbox.length === 0 ? finish : FOREVER;
    if (this.virtual !== undefined || this.options.serviceTime !== undefined) {
      const remaining = finish > this.start ? finish - this.scheduler.now() : 0;
      if (remaining > 0) {
        this.timer.set(finish);
        this.readiness.occupy(free);
        return;
      }
    }
    this.readiness.occupy(free, true);
    this.settle();
  }

  /** Service is over: the outputs leave. */
  private settle(): void {
    const outputs = this.outputs;
    const finish = this.finish;
    const { meter, stamp, downstream } = this.options;
    meter?.served?.(this.item as T, this.start, this.service);
    this.serving = false;
    this.item = undefined;
    this.outputs = NOTHING;
    for (let i = 0; i < outputs.length && !this.subscriber.closed; i += 1) {
      const output = outputs[i] as R;
      stamp?.(output, finish);
      this.subscriber.next(output);
    }
    if (this.subscriber.closed) return;
    if (downstream?.value !== true) {
      this.release(finish);
      return;
    }
    this.blocked = true;
    this.readiness.occupy();
    meter?.blocked?.(finish);
  }

  private unblock(): void {
    if (this.options.downstream?.value === true) return;
    this.blocked = false;
    const now = Math.max(this.finish, this.scheduler.now());
    this.options.meter?.unblocked?.(now);
    this.release(now);
  }

  private release(at: number): void {
    this.busy = false;
    this.free = at;
    if (this.pumping) return;
    this.pumping = true;
    try {
      const { offeredAt } = this.options;
      while (!this.busy && this.inbox.length > 0 && !this.subscriber.closed) {
        const item = this.inbox.shift() as T;
        this.begin(item, offeredAt === undefined ? this.free : offeredAt(item));
      }
    } finally {
      this.pumping = false;
    }
    if (this.busy || this.subscriber.closed) return;
    this.readiness.free(this.free);
    if (this.ended && this.isIdle()) this.end();
  }

  private isIdle(): boolean {
    return !this.busy && this.inbox.length === 0;
  }

  /** Whatever is over by `at` has its consequences now: ends come before arrivals of the same instant. */
  private catchUp(at: number): void {
    while (this.timer.isSet && !isAfter(this.finish, at)) {
      this.timer.cancel();
      this.settle();
    }
  }

  private end(): void {
    this.tally.flush();
    if (this.failure === undefined) this.subscriber.complete();
    else this.subscriber.error(this.failure.error);
  }

  private discardAll(): void {
    const item = this.item as T;
    const serving = this.serving;
    this.serving = false;
    this.item = undefined;
    this.outputs = NOTHING;
    try {
      if (serving) this.lose(item, 'discarded');
      while (this.inbox.length > 0) this.lose(this.inbox.shift() as T, 'discarded');
    } finally {
      this.inbox.clear();
    }
  }

  private lose(item: T, type: 'dropped' | 'discarded'): void {
    const { counts } = this.options;
    if (counts === undefined || counts(item)) this.count(type, item, this.scheduler.now());
  }

  private count(type: 'overrun' | 'dropped' | 'discarded', item: T, at: number): void {
    this.tally.add(type, this.options.keyOf?.(item), at);
  }
}

/** None where the time is stated, or where it is neither asked for nor could pass. */
function stopwatchOf<T, R>(
  { serviceTime, stopwatch = () => performance.now() }: ServeOptions<T, R>,
  scheduler: SchedulerLike,
): (() => number) | undefined {
  if (typeof serviceTime === 'number') return undefined;
  return scheduler instanceof VirtualTimeScheduler ? undefined : stopwatch;
}
