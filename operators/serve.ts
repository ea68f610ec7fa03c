import { asyncScheduler, from, Subscription, VirtualTimeScheduler } from 'rxjs';
import type {
  Observable,
  ObservableInput,
  Observer,
  OperatorFunction,
  SchedulerLike,
  Subscriber,
} from 'rxjs';
import { OptionError } from './errors';
import type { EdgeEvent } from './events';
import { createInbox } from './inbox';
import type { Inbox, InboxOptions } from './inbox';
import { operate } from './operate';
import type { Attachment } from './operate';
import { Readiness } from './readiness';
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
  /** Its outputs had to wait for the next gate. */
  blocked?(from: number, to: number): void;
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
  /** False for an item that is served, but is none to count. */
  readonly counts?: (item: T) => boolean;
}

/**
 * A server: one item at a time, in order; the others wait in its inbox. Outputs are emitted when
 * the service time is over.
 *
 * ```
 * items      -a-b-------|
 *            serve(f, { serviceTime: 3, readiness })
 * result     ----A--B---|
 * readiness  tf-----t----
 * ```
 *
 * - `start = max(end of the previous service, offer)`, `finish = start + service time`. A measured
 *   service time moves a `VirtualClock`; on a real clock it has passed by itself; a `TestScheduler`
 *   counts it as 0. A stated one is waited for on every clock.
 * - `process` returns nothing, an array, or any other `ObservableInput`. What it emits is passed on
 *   when it has completed; a promise's or Observable's service ends no earlier than it completes, and a
 *   `VirtualClock` stands still for it.
 * - The readiness turns false with each arrival, and true when nothing is left to do and the next gate
 *   has let all outputs pass.
 * - An item offered while an earlier one still lies unserved is an `overrun` event. A full inbox goes by
 *   `overflow`.
 * - Completes when all is served. An error of the source, of `process` or of a callback passes at once.
 *   Then, and on unsubscription, the item in service and those in the inbox are `discarded` events.
 *
 * @example
 * of(1, 2)
 *   .pipe(serve((n) => [n * 10], { serviceTime: 5 }))
 *   .subscribe((n) => console.log(n));
 * // 10   after 5 ms
 * // 20   after 10 ms
 */
export function serve<T, R>(
  process: (item: T) => ObservableInput<R> | undefined,
  options: ServeOptions<T, R> = {},
): OperatorFunction<T, R> {
  createInbox(options, () => undefined);
  const { serviceTime } = options;
  if (typeof serviceTime === 'number') checkServiceTime(serviceTime);
  return (source) => operate(source, (subscriber) => new Server(process, options, subscriber));
}

function checkServiceTime(serviceTime: number): number {
  if (serviceTime >= 0 && serviceTime < Infinity) return serviceTime;
  throw new OptionError('serviceTime', serviceTime, 'a number of milliseconds, at least 0');
}

const NOTHING: readonly never[] = [];

class Server<T, R> implements Attachment<T> {
  readonly #process: (item: T) => ObservableInput<R> | undefined;
  readonly #options: ServeOptions<T, R>;
  readonly #subscriber: Subscriber<R>;
  readonly #readiness: Readiness;
  readonly #scheduler: SchedulerLike;
  readonly #virtual: VirtualClock | undefined;
  readonly #stopwatch: (() => number) | undefined;
  readonly #inbox: Inbox<T>;
  readonly #tally: Tally;
  readonly #detach: () => void;

  /** When the previous service, and the wait for the next gate, was over. */
  #free = -Infinity;
  #item: T | undefined;
  #busy = false;
  #start = -Infinity;
  #service = 0;
  #finish = 0;
  #outputs: readonly R[] = NOTHING;
  #timer: Subscription | undefined;
  #pending: Subscription | undefined;
  #blocked = false;
  #pumping = false;
  #ended = false;

  constructor(
    process: (item: T) => ObservableInput<R> | undefined,
    options: ServeOptions<T, R>,
    subscriber: Subscriber<R>,
  ) {
    const { scheduler = asyncScheduler, readiness = new Readiness(), edge = 'server' } = options;
    this.#process = process;
    this.#options = options;
    this.#subscriber = subscriber;
    this.#readiness = readiness;
    this.#scheduler = scheduler;
    this.#virtual = scheduler instanceof VirtualClock ? scheduler : undefined;
    this.#stopwatch = stopwatchOf(options, scheduler);
    this.#tally = new Tally({ ...options, edge, scheduler });
    this.#inbox = createInbox({ ...options, edge }, (item) => {
      this.#lose(item, 'dropped');
    });
    this.#detach = readiness.attach((at) => {
      this.#catchUp(at);
    });
    readiness.free(-Infinity);
    subscriber.add(
      options.downstream?.subscribe({
        next: () => {
          this.#unblock();
        },
        error: (error) => {
          subscriber.error(error);
        },
      }),
    );
  }

  next(item: T): void {
    const { offeredAt, counts } = this.#options;
    const offered = offeredAt === undefined ? this.#scheduler.now() : offeredAt(item);
    this.#catchUp(offered);
    const waits = this.#busy || this.#inbox.length > 0;
    if (this.#inbox.length > 0 || this.#start > offered) {
      if (counts === undefined || counts(item)) this.#add('overrun', item, offered);
    }
    if (!waits) {
      this.#begin(item, offered);
      return;
    }
    this.#inbox.push(item);
    this.#readiness.occupy();
  }

  complete(): void {
    this.#ended = true;
    if (!this.#busy && this.#inbox.length === 0) this.#end();
  }

  error(error: unknown): void {
    this.#discardAll();
    this.#tally.flush();
    this.#subscriber.error(error);
  }

  closed(): void {
    this.#timer?.unsubscribe();
    this.#pending?.unsubscribe();
    this.#detach();
    this.#discardAll();
    this.#tally.close();
  }

  #begin(item: T, offered: number): void {
    const start = offered > this.#free ? offered : this.#free;
    this.#busy = true;
    this.#item = item;
    this.#start = start;
    this.#readiness.occupy();
    this.#options.meter?.started?.(item, start);
    const began = this.#stopwatch === undefined ? 0 : this.#stopwatch();
    const result = this.#process(item);
    if (result === undefined) this.#outputs = NOTHING;
    else if (Array.isArray(result)) this.#outputs = result;
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
        error: (error) => {
          this.error(error);
        },
        complete: () => {
          completed = true;
          if (!returned) return;
          this.#attempt(finish);
          pending.unsubscribe();
        },
      }),
    );
    returned = true;
    if (!completed) return;
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
    if (this.#virtual !== undefined || this.#options.serviceTime !== undefined) {
      const remaining = finish > this.#start ? finish - this.#scheduler.now() : 0;
      if (remaining > 0) {
        this.#timer = this.#scheduler.schedule(() => {
          this.#attempt(() => {
            this.#settle();
          });
        }, remaining);
        if (this.#inbox.length === 0) this.#readiness.occupy(finish);
        return;
      }
    }
    this.#settle();
  }

  /** Service is over: the outputs leave. */
  #settle(): void {
    this.#timer = undefined;
    const outputs = this.#outputs;
    const finish = this.#finish;
    const { meter, stamp, downstream } = this.#options;
    meter?.served?.(this.#item as T, this.#start, this.#service);
    this.#item = undefined;
    this.#outputs = NOTHING;
    for (let i = 0; i < outputs.length && !this.#subscriber.closed; i += 1) {
      const output = outputs[i] as R;
      stamp?.(output, finish);
      this.#subscriber.next(output);
    }
    if (downstream?.value === true) this.#blocked = true;
    else this.#release(finish);
  }

  #unblock(): void {
    if (!this.#blocked || this.#options.downstream?.value === true) return;
    this.#blocked = false;
    const now = Math.max(this.#finish, this.#scheduler.now());
    this.#options.meter?.blocked?.(this.#finish, now);
    this.#attempt(() => {
      this.#release(now);
    });
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
    if (this.#busy) return;
    this.#readiness.free(this.#free);
    if (this.#ended && this.#isIdle()) this.#end();
  }

  #isIdle(): boolean {
    return !this.#busy && this.#inbox.length === 0;
  }

  /** Whatever is over by `at` has its consequences now: ends come before arrivals of the same instant. */
  #catchUp(at: number): void {
    while (this.#timer !== undefined && this.#finish <= at) {
      this.#timer.unsubscribe();
      this.#settle();
    }
  }

  #attempt(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.error(error);
    }
  }

  #end(): void {
    this.#tally.flush();
    this.#subscriber.complete();
  }

  #discardAll(): void {
    if (this.#item !== undefined) this.#lose(this.#item, 'discarded');
    this.#item = undefined;
    this.#busy = false;
    while (this.#inbox.length > 0) this.#lose(this.#inbox.shift() as T, 'discarded');
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
