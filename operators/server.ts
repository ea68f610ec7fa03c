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
import type { Attachment, Upstream } from './operate';
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

export class Server<T, R> implements Attachment<T> {
  readonly #process: (item: T) => ObservableInput<R> | undefined;
  readonly #options: ServeOptions<T, R>;
  readonly #subscriber: Subscriber<R>;
  readonly #upstream: Upstream;
  readonly #readiness: Readiness;
  readonly #scheduler: SchedulerLike;
  readonly #virtual: VirtualClock | undefined;
  readonly #stopwatch: (() => number) | undefined;
  readonly #inbox: Inbox<T>;
  readonly #tally: Tally;
  readonly #detach: () => void;

  /** When the previous service, and the wait for the next gate, was over. */
  #free = -FOREVER;
  #item: T | undefined;
  /** An item is being worked on. */
  #serving = false;
  /** An item is being worked on, or its outputs have not passed yet. */
  #busy = false;
  #start = -FOREVER;
  #service = 0;
  #finish = 0;
  #outputs: readonly R[] = NOTHING;
  readonly #timer: Alarm;
  #pending: Subscription | undefined;
  #blocked = false;
  #pumping = false;
  #ended = false;
  #failure: { readonly error: unknown } | undefined;

  constructor(
    process: (item: T) => ObservableInput<R> | undefined,
    options: ServeOptions<T, R>,
    subscriber: Subscriber<R>,
    upstream: Upstream,
  ) {
    const { scheduler = asyncScheduler, readiness = new Readiness(), edge = 'server' } = options;
    this.#process = process;
    this.#options = options;
    this.#subscriber = subscriber;
    this.#upstream = upstream;
    this.#readiness = readiness;
    this.#scheduler = scheduler;
    this.#virtual = scheduler instanceof VirtualClock ? scheduler : undefined;
    this.#stopwatch = stopwatchOf(options, scheduler);
    this.#tally = new Tally({ ...options, edge, scheduler });
    const settle = (): void => {
      this.#settle();
    };
    this.#timer = alarm(scheduler, () => {
      this.#attempt(settle);
    });
    this.#inbox = createInbox({ ...options, edge }, (item) => {
      this.#lose(item, 'dropped');
    });
    this.#detach = readiness.attach((at) => {
      if (!this.#timer.isSet || isAfter(this.#finish, at)) return;
      this.#attempt(() => {
        this.#catchUp(at);
      });
    });
    readiness.free(-FOREVER);
    this.#tally.open(upstream.fail);
    if (options.downstream === undefined) return;
    const unblock = (): void => {
      this.#unblock();
    };
    const reconsider = (): void => {
      if (this.#blocked) this.#attempt(unblock);
    };
    subscriber.add(listen(options.downstream, reconsider, upstream.fail));
  }

  next(item: T): void {
    const { offeredAt, counts } = this.#options;
    const offered = offeredAt === undefined ? this.#scheduler.now() : offeredAt(item);
    this.#catchUp(offered);
    if (this.#subscriber.closed) {
      this.#lose(item, 'discarded');
      this.#tally.flush();
      return;
    }
    const waits = this.#busy || this.#inbox.length > 0;
    if (this.#inbox.length > 0 || isAfter(this.#start, offered)) {
      if (counts === undefined || counts(item)) this.#add('overrun', item, offered);
    }
    if (waits) this.#queue(item);
    else this.#begin(item, offered);
  }

  complete(): void {
    this.#ended = true;
    if (this.#isIdle()) this.#end();
  }

  error(error: unknown): void {
    this.#catchUp(this.#scheduler.now());
    if (this.#options.delayError !== true) {
      this.#upstream.fail(error);
      return;
    }
    this.#failure = { error };
    this.complete();
  }

  discard(): void {
    this.#timer.cancel();
    this.#pending?.unsubscribe();
    this.#discardAll();
    this.#tally.flush();
  }

  closed(): void {
    this.#detach();
    this.#tally.close();
  }

  #queue(item: T): void {
    try {
      this.#inbox.push(item);
    } catch (error) {
      if (!(error instanceof OverflowError)) throw error;
      this.#lose(item, 'discarded');
      this.#upstream.leave();
      this.error(error);
      return;
    }
    this.#readiness.occupy();
  }

  #begin(item: T, offered: number): void {
    const start = isAfter(this.#free, offered) ? this.#free : offered;
    this.#busy = true;
    this.#serving = true;
    this.#item = item;
    this.#start = start;
    this.#readiness.occupy(FOREVER, true);
    this.#options.meter?.started?.(item, start);
    const began = this.#stopwatch === undefined ? 0 : this.#stopwatch();
    const result = this.#process(item);
    if (this.#subscriber.closed) return;
    if (result === undefined) this.#outputs = NOTHING;
    else if (isArray(result)) this.#outputs = result;
    else {
      this.#await(result, began);
      return;
    }
    this.#finishAt(start + this.#serviceTimeOf(began));
  }

  #await(result: ObservableInput<R>, began: number): void {
    const outputs: R[] = [];
    let returned = false;
    let completed = false;
    this.#outputs = outputs;
    const finish = (): void => {
      const over = this.#start + this.#serviceTimeOf(began);
      this.#finishAt(returned ? Math.max(over, this.#scheduler.now()) : over);
    };
    const pending = new Subscription();
    this.#pending = pending;
    const held = this.#virtual?.hold();
    pending.add(held);
    pending.add(
      from(result).subscribe({
        next: (output) => outputs.push(output),
        error: this.#upstream.fail,
        complete: () => {
          completed = true;
          if (!returned) return;
          this.#attempt(finish);
          pending.unsubscribe();
        },
      }),
    );
    returned = true;
    if (!completed) {
      this.#readiness.occupy();
      return;
    }
    returned = false;
    finish();
    pending.unsubscribe();
  }

  #serviceTimeOf(began: number): number {
    const { serviceTime } = this.#options;
    if (typeof serviceTime === 'number') return (this.#service = serviceTime);
    const measured = this.#stopwatch === undefined ? 0 : this.#stopwatch() - began;
    if (serviceTime === undefined) return (this.#service = measured);
    return (this.#service = checkServiceTime(serviceTime(this.#item as T, measured)));
  }

  #finishAt(finish: number): void {
    this.#finish = finish;
    const free = this.#inbox.length === 0 ? finish : FOREVER;
    if (this.#virtual !== undefined || this.#options.serviceTime !== undefined) {
      const remaining = finish > this.#start ? finish - this.#scheduler.now() : 0;
      if (remaining > 0) {
        this.#timer.set(finish);
        this.#readiness.occupy(free);
        return;
      }
    }
    this.#readiness.occupy(free, true);
    this.#settle();
  }

  /** Service is over: the outputs leave. */
  #settle(): void {
    const outputs = this.#outputs;
    const finish = this.#finish;
    const { meter, stamp, downstream } = this.#options;
    meter?.served?.(this.#item as T, this.#start, this.#service);
    this.#serving = false;
    this.#item = undefined;
    this.#outputs = NOTHING;
    for (let i = 0; i < outputs.length && !this.#subscriber.closed; i += 1) {
      const output = outputs[i] as R;
      stamp?.(output, finish);
      this.#subscriber.next(output);
    }
    if (this.#subscriber.closed) return;
    if (downstream?.value !== true) {
      this.#release(finish);
      return;
    }
    this.#blocked = true;
    this.#readiness.occupy();
    meter?.blocked?.(finish);
  }

  #unblock(): void {
    if (this.#options.downstream?.value === true) return;
    this.#blocked = false;
    const now = Math.max(this.#finish, this.#scheduler.now());
    this.#options.meter?.unblocked?.(now);
    this.#release(now);
  }

  #release(at: number): void {
    this.#busy = false;
    this.#free = at;
    if (this.#pumping) return;
    this.#pumping = true;
    try {
      const { offeredAt } = this.#options;
      while (!this.#busy && this.#inbox.length > 0 && !this.#subscriber.closed) {
        const item = this.#inbox.shift() as T;
        this.#begin(item, offeredAt === undefined ? this.#free : offeredAt(item));
      }
    } finally {
      this.#pumping = false;
    }
    if (this.#busy || this.#subscriber.closed) return;
    this.#readiness.free(this.#free);
    if (this.#ended && this.#isIdle()) this.#end();
  }

  #isIdle(): boolean {
    return !this.#busy && this.#inbox.length === 0;
  }

  /** Whatever is over by `at` has its consequences now: ends come before arrivals of the same instant. */
  #catchUp(at: number): void {
    while (this.#timer.isSet && !isAfter(this.#finish, at)) {
      this.#timer.cancel();
      this.#settle();
    }
  }

  #attempt(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#upstream.fail(error);
    }
  }

  #end(): void {
    this.#tally.flush();
    if (this.#failure === undefined) this.#subscriber.complete();
    else this.#subscriber.error(this.#failure.error);
  }

  #discardAll(): void {
    const item = this.#item as T;
    const serving = this.#serving;
    this.#serving = false;
    this.#item = undefined;
    this.#outputs = NOTHING;
    try {
      if (serving) this.#lose(item, 'discarded');
      while (this.#inbox.length > 0) this.#lose(this.#inbox.shift() as T, 'discarded');
    } finally {
      this.#inbox.clear();
    }
  }

  #lose(item: T, type: 'dropped' | 'discarded'): void {
    const { counts } = this.#options;
    if (counts === undefined || counts(item)) this.#add(type, item, this.#scheduler.now());
  }

  #add(type: 'overrun' | 'dropped' | 'discarded', item: T, at: number): void {
    this.#tally.add(type, this.#options.keyOf?.(item), at);
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
