import { defer, finalize, tap } from 'rxjs';
import type { MonoTypeOperatorFunction, Observer, SchedulerLike } from 'rxjs';
import type { EdgeEvent } from './events';
import { isReadyAt } from './readiness';
import type { ReadinessLike } from './readiness';
import { Tally } from './tally';
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
  return (source) =>
    defer(() => {
      const tally = new Tally(options);
      // The first item handed over since the consumer was last ready; its due time is asked for
      // late, because a mode switch may still move it.
      let earliest: T | undefined;
      let handed = false;

      const inspect = (item: T): void => {
        let at = 0;
        let ready: boolean;
        if (offeredAt !== undefined) ready = isReadyAt(readiness, (at = offeredAt(item)));
        else if (scheduler !== undefined) ready = isReadyAt(readiness, (at = scheduler.now()));
        else {
          at = Date.now();
          ready = readiness.value;
        }
        const first = handed ? (earliest as T) : undefined;
        if (dueAt !== undefined && (ready || !handed)) {
          earliest = item;
          handed = true;
        }
        if (counts !== undefined && !counts(item)) return;
        const key = keyOf?.(item);
        if (!ready) {
          const burst = dueAt !== undefined && first !== undefined && dueAt(first) >= dueAt(item);
          tally.add('backpressure', key, at, burst);
        }
        tally.add('delivered', key, at);
      };
      const flush = (): void => {
        tally.flush();
      };
      return source.pipe(
        tap({ next: inspect, complete: flush, error: flush }),
        finalize(() => {
          earliest = undefined;
          tally.close();
        }),
      );
    });
}
