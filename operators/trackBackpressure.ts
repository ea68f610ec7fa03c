import type { MonoTypeOperatorFunction, SchedulerLike, Subscriber } from 'rxjs';
import type { EdgeEventObserver } from './events';
import { operate, OperatorSubscriber } from './internal/operatorSubscriber';
import { EdgeRule } from './kernel/station';
import { OptionError } from './errors';
import { checkReadiness, timedReadiness } from './readiness';
import type { ReadinessLike, TimedReadiness } from './readiness';
import { checkBatch, EdgeEventBatcher } from './kernel/edgeEventBatcher';
import type { EventBatch } from './kernel/edgeEventBatcher';
import { checkOperatorOptions } from './internal/operatorOptions';

export interface TrackBackpressureOptions<T> {
  /** Names the edge in the events. */
  readonly edge: string;
  /** Receives the counter events. */
  readonly events?: EdgeEventObserver;
  /**
   * Counts by key as well: a symbol, say. With `batch`, at most 65,536 keys are kept: a batch with that many
   * leaves early. Totals stay exact.
   */
  readonly keyOf?: (item: T) => string;
  /**
   * The key's number, where keys have one: small whole numbers from 0. Then a key is looked up once, and
   * not for each item.
   */
  readonly keyNumberOf?: (item: T) => number;
  /** When the producer had the item, in milliseconds; the scheduler's `now()` unless given. */
  readonly offeredAt?: (item: T) => number;
  /** When the clock released the item, in milliseconds: tells *burst* from *behind*. Without it, all is behind. */
  readonly dueAt?: (item: T) => number;
  /** Nothing counts as due before that, in milliseconds: it moves when a clock takes over from something else. */
  readonly dueFloor?: () => number;
  /** Lets events leave in batches; without it, one event per occurrence. */
  readonly batch?: EventBatch;
  /** Tells the time; the same clock as the consumer's. Without it and `offeredAt`, the live value of the readiness decides. */
  readonly scheduler?: SchedulerLike;
  /** False for an item that passes, and keeps the consumer busy, but is none to count. */
  readonly isCounted?: (item: T) => boolean;
}

/**
 * Counts how often an item is offered to a consumer that is not ready, and lets every item pass.
 *
 * ```
 * items      -a-b-c-d-|
 * readiness  t-f---t---
 *            trackBackpressure(readiness, { edge })
 * result     -a-b-c-d-|
 * events     -D-B-B-D-      b and c: a backpressure event before the delivered one
 * ```
 *
 * - Every item that passes is a `delivered` event; one that finds the consumer not ready is a
 *   `backpressure` event before that. Not ready means that the consumer's `freeAt` lies after the
 *   offer: at the same instant it counts as ready. A readiness that keeps no `freeAt` is asked live.
 * - A tracker with a scheduler whose consumer goes by another clock fails at subscription with a
 *   `ReadinessError` that names both.
 * - A backpressure event is a *burst* if everything handed over since the consumer was last ready
 *   was due at the item's own instant, else it is *behind*.
 * - Subscribes to the source at once; completes, fails and unsubscribes with it. What is batched
 *   leaves before completion, before an error and on unsubscription.
 * - What `keyOf`, `keyNumberOf`, `offeredAt`, `dueAt`, `dueFloor`, `counts` or the events' observer
 *   throws is an error of the stream. Counts are kept per subscription.
 * - Should the very question make the subscriber leave (a consumer that finishes just then, and whose
 *   consumer has enough), the item is a `discarded` event.
 *
 * @example
 * const readiness = new Readiness();
 * const events = new Subject<EdgeEvent>();
 * events.subscribe((event) => console.log(event.type, event.count));
 * of('a', 'b')
 *   .pipe(trackBackpressure(readiness, { edge: 'in-out', events }))
 *   .subscribe(() => readiness.next(false));
 * // delivered 1
 * // backpressure 1
 * // delivered 1
 *
 * @param readiness The consumer's: a `Readiness`, or anything with a boolean `value`.
 */
export function trackBackpressure<T>(
  readiness: ReadinessLike,
  options: TrackBackpressureOptions<T>,
): MonoTypeOperatorFunction<T> {
  checkReadiness(readiness);
  checkOperatorOptions('trackBackpressure', options);
  checkOptions(options);
  return (source) =>
    operate<T, T>(source, (subscriber) => new Tracker(readiness, options, subscriber));
}

function checkOptions({ edge, batch }: Partial<TrackBackpressureOptions<never>> = {}): void {
  if (typeof edge !== 'string') throw new OptionError('edge', edge, 'the name of the edge');
  checkBatch(batch);
}

/** What is read with every item is kept in fields: the options of two trackers seldom have the same shape, and V8 would have to look which it is. */
class Tracker<T> extends OperatorSubscriber<T, T> {
  private readonly batcher: EdgeEventBatcher;
  private readonly offeredAt: TrackBackpressureOptions<T>['offeredAt'];
  private readonly scheduler: SchedulerLike | undefined;
  private readonly dueAt: TrackBackpressureOptions<T>['dueAt'];
  private readonly dueFloor: TrackBackpressureOptions<T>['dueFloor'];
  private readonly isCounted: TrackBackpressureOptions<T>['isCounted'];
  private readonly keyOf: TrackBackpressureOptions<T>['keyOf'];
  private readonly keyNumberOf: TrackBackpressureOptions<T>['keyNumberOf'];
  // It keeps times and no item: an old object that is given a young one at every turn costs V8 more than the rest of all this.
  private readonly rule = new EdgeRule();
  /** The readiness, if it can answer for a time, and this tracker knows times. */
  private readonly timed: TimedReadiness | undefined;
  private readonly unwatch: (() => void) | undefined;

  constructor(
    private readonly readiness: ReadinessLike,
    options: TrackBackpressureOptions<T>,
    subscriber: Subscriber<T>,
  ) {
    super(subscriber);
    this.offeredAt = options.offeredAt;
    this.scheduler = options.scheduler;
    this.dueAt = options.dueAt;
    this.dueFloor = options.dueFloor;
    this.isCounted = options.isCounted;
    this.keyOf = options.keyOf;
    this.keyNumberOf = options.keyNumberOf;
    const { scheduler, edge } = options;
    const knowsTimes = scheduler !== undefined || options.offeredAt !== undefined;
    this.timed = knowsTimes ? timedReadiness(readiness) : undefined;
    if (scheduler !== undefined) {
      this.unwatch = this.timed?.watch({ name: `trackBackpressure "${edge}"`, scheduler });
    }
    this.batcher = new EdgeEventBatcher(options);
    this.batcher.open((error) => {
      this.fail(error);
    });
  }

  override next(item: T): void {
    if (!this.isListening) return;
    try {
      this.inspect(item);
      this.subscriber.next(item);
    } catch (error) {
      this.fail(error);
    }
  }

  protected override onComplete(): void {
    this.batcher.flush();
    this.subscriber.complete();
  }

  protected override discard(): void {
    this.batcher.flush();
  }

  protected override dispose(): void {
    this.unwatch?.();
    this.batcher.close();
  }

  private inspect(item: T): void {
    const { offeredAt, dueAt, isCounted, scheduler, timed } = this;
    let at = NaN;
    if (offeredAt !== undefined) at = offeredAt(item);
    else if (scheduler !== undefined) at = scheduler.now();
    const ready = timed === undefined ? this.readiness.value : timed.isReadyAt(at);
    const due = dueAt === undefined ? NaN : dueAt(item);
    const judgement = this.rule.offer(due, ready, this.dueFloor?.());
    if (isCounted !== undefined && !isCounted(item)) return;
    const key = this.keyOf?.(item);
    if (this.subscriber.closed) this.lose(key, at);
    else this.batcher.deliver(key, at, judgement, this.keyNumberOf?.(item));
  }

  private lose(key: string | undefined, at: number): void {
    this.batcher.add('discarded', key, at);
    this.batcher.flush();
  }
}
