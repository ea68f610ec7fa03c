import { finalize, Observable, tap } from 'rxjs';
import type { MonoTypeOperatorFunction, Observer, SchedulerLike } from 'rxjs';
import type { EdgeEvent } from './events';
import { isReadyAt } from './readiness';
import type { ReadinessLike } from './readiness';
import { checkBatch, Tally } from './tally';
import type { Batch } from './tally';

export interface TrackBackpressureOptions<T> {
  /** Names the edge in the events. */
  readonly edge: string;
  /** Receives the counter events. */
  readonly events?: Partial<Observer<EdgeEvent>>;
  /** Counts by key as well: a symbol, say. */
  readonly keyOf?: (item: T) => string;
  /** When the producer had the item, in milliseconds; the scheduler's `now()` unless given. */
  readonly offeredAt?: (item: T) => number;
  /** When the clock released the item, in milliseconds: tells *burst* from *behind*. Without it, all is behind. */
  readonly dueAt?: (item: T) => number;
  /** Lets events leave in batches; without it, one event per occurrence. */
  readonly batch?: Batch;
  /** Tells the time; without it and `offeredAt`, the live value of the readiness decides. */
  readonly scheduler?: SchedulerLike;
  /** False for an item that passes, and keeps the consumer busy, but is none to count. */
  readonly counts?: (item: T) => boolean;
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
 * - A backpressure event is a *burst* if everything handed over since the consumer was last ready
 *   was due at the item's own instant, else it is *behind*.
 * - Subscribes to the source at once; completes, fails and unsubscribes with it. What is batched
 *   leaves before completion, before an error and on unsubscription.
 * - Whatever `keyOf`, `offeredAt`, `dueAt`, `counts` or the events' observer throws is an error of
 *   the stream. Counts are kept per subscription.
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
  const { keyOf, offeredAt, dueAt, scheduler, counts } = options;
  checkBatch(options.batch);
  return (source) =>
    new Observable<T>((subscriber) => {
      const tally = new Tally(options);
      // The first item handed over since the consumer was last ready; its due time is asked for
      // late, because a mode switch may still move it.
      let earliest: T | undefined;
      let handed = false;
      let closed = false;

      const inspect = (item: T): void => {
        let at = NaN;
        let ready: boolean;
        if (offeredAt !== undefined) ready = isReadyAt(readiness, (at = offeredAt(item)));
        else if (scheduler !== undefined) ready = isReadyAt(readiness, (at = scheduler.now()));
        else ready = readiness.value;
        let burst = false;
        if (dueAt !== undefined) {
          if (ready || !handed) {
            earliest = item;
            handed = true;
          } else burst = dueAt(earliest as T) >= dueAt(item);
        }
        if (counts !== undefined && !counts(item)) return;
        const key = keyOf?.(item);
        if (closed) {
          tally.add('discarded', key, at);
          tally.flush();
        } else tally.deliver(key, at, ready, burst);
      };
      const flush = (): void => {
        tally.flush();
      };
      tally.open((error) => {
        subscriber.error(error);
      });
      source
        .pipe(
          tap({ next: inspect, complete: flush, error: flush }),
          finalize(() => {
            closed = true;
            tally.close();
          }),
        )
        .subscribe(subscriber);
    });
}
