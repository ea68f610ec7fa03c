import type { MonoTypeOperatorFunction, Observable, Observer, SchedulerLike } from 'rxjs';
import { OverflowError } from './errors';
import type { EdgeEvent } from './events';
import { listen } from './flag';
import { createInbox } from './inbox';
import type { InboxOptions } from './inbox';
import { operate } from './operate';
import type { ReadinessLike } from './readiness';
import { Switch } from './switch';
import { checkBatch, Tally } from './tally';
import type { Batch } from './tally';

export interface HoldUntilReadyOptions<T> extends InboxOptions<T> {
  /** Names the edge in events and errors. */
  readonly edge?: string;
  /** While false, everything passes at once. True unless given; an Observable that has not emitted means false. */
  readonly active?: boolean | Observable<boolean>;
  /** While true, nothing passes, ready or not, active or not. False unless given. */
  readonly paused?: boolean | Observable<boolean>;
  /** Told true when the gate begins to hold, and false when it holds nothing any more. */
  readonly holding?: Pick<Observer<boolean>, 'next'>;
  /**
   * Called with each item that it was for the gate to let go, before it passes: what was held, and
   * whatever passes while the gate is active.
   */
  readonly released?: (item: T, at: number) => void;
  /** An error of the source, or of a full buffer, comes after what is held; otherwise at once, and what is held is discarded. */
  readonly delayError?: boolean;
  /** Receives `dropped` and `discarded` events. */
  readonly events?: Partial<Observer<EdgeEvent>>;
  readonly batch?: Batch;
  /** Tells the time of events and releases; the system's clock unless given. */
  readonly scheduler?: SchedulerLike;
  /** False for an item that is none to count when it is dropped or discarded. */
  readonly counts?: (item: T) => boolean;
}

/**
 * Holds items until the consumer is ready, and lets them pass one by one, in order.
 *
 * ```
 * items      -a-b-c----d|
 * readiness  t-f---t-f-t-
 *            holdUntilReady(readiness)
 * result     -a----(bc)d|     unless b or c occupy the consumer
 * ```
 *
 * - The readiness is asked again after each item: a consumer that b occupies gets c when it is ready.
 * - Completion waits for what is held. An error passes at once and discards it, unless `delayError`.
 *   Unsubscribing discards it. Discarded items are counted before the error passes.
 * - What the buffer does when it is full is said by `overflow`. With `error` the gate leaves the source,
 *   discards the item that found no room, and goes on as if the source had failed.
 * - A readiness that completes keeps its last value; one that fails, fails the gate. So do `active`
 *   and `paused`.
 * - Whatever a callback throws is an error of the stream. The buffer is kept per subscription.
 *
 * @example
 * const readiness = new Readiness();
 * of('a', 'b')
 *   .pipe(holdUntilReady(readiness))
 *   .subscribe((item) => {
 *     console.log(item);
 *     readiness.next(false);
 *   });
 * // a
 * readiness.next(true);
 * // b
 *
 * @param readiness The consumer's: a `Readiness`, or any Observable with a boolean `value`.
 */
export function holdUntilReady<T>(
  readiness: ReadinessLike & Observable<unknown>,
  options: HoldUntilReadyOptions<T> = {},
): MonoTypeOperatorFunction<T> {
  const {
    edge = 'gate',
    keyOf,
    holding,
    released,
    delayError = false,
    scheduler,
    counts,
  } = options;
  createInbox(options, () => undefined);
  checkBatch(options.batch);
  return (source) =>
    operate(source, (subscriber, { leave, fail }) => {
      const held = createInbox<T>({ ...options, edge }, (item) => {
        lose(item, 'dropped');
      });
      const tally = new Tally({ ...options, edge });
      const now = scheduler === undefined ? Date.now : () => scheduler.now();
      // True while something passes: whatever happens meanwhile has to wait for its turn.
      let passing = false;
      let published = false;
      let ended = false;
      let failure: { readonly error: unknown } | undefined;

      const isOpen = (): boolean => !paused.on && (!active.on || readiness.value);
      const publish = (): void => {
        const holds = held.length > 0;
        if (holds === published) return;
        published = holds;
        holding?.next(holds);
      };
      const lose = (item: T, type: 'dropped' | 'discarded'): void => {
        if (counts === undefined || counts(item)) tally.add(type, keyOf?.(item), now());
      };
      const discardAll = (): void => {
        try {
          while (held.length > 0) lose(held.shift() as T, 'discarded');
        } finally {
          held.clear();
          publish();
        }
      };
      const letGo = (item: T, decided: boolean): void => {
        if (decided && released !== undefined) {
          let told = false;
          try {
            released(item, now());
            told = !subscriber.closed;
          } finally {
            if (!told) {
              lose(item, 'discarded');
              tally.flush();
            }
          }
        }
        subscriber.next(item);
      };
      const drain = (): void => {
        if (passing) return;
        passing = true;
        try {
          while (held.length > 0 && !subscriber.closed && isOpen()) letGo(held.shift() as T, true);
        } finally {
          passing = false;
        }
        publish();
        if (ended && held.length === 0) end();
      };
      const end = (): void => {
        tally.flush();
        if (failure === undefined) subscriber.complete();
        else subscriber.error(failure.error);
      };
      const sourceFailed = (error: unknown): void => {
        if (!delayError) {
          fail(error);
          return;
        }
        failure = { error };
        ended = true;
        if (held.length === 0 && !passing) end();
      };
      const hold = (item: T): void => {
        try {
          held.push(item);
        } catch (error) {
          if (!(error instanceof OverflowError)) throw error;
          lose(item, 'discarded');
          leave();
          sourceFailed(error);
        }
        publish();
      };
      const reconsider = (): void => {
        try {
          drain();
        } catch (error) {
          fail(error);
        }
      };
      const active = new Switch(options.active ?? true, reconsider, fail);
      const paused = new Switch(options.paused ?? false, reconsider, fail);
      tally.open(fail);
      subscriber.add(active.subscription);
      subscriber.add(paused.subscription);
      subscriber.add(listen(readiness, reconsider, fail));

      return {
        next(item) {
          if (passing || held.length > 0 || !isOpen()) {
            hold(item);
            return;
          }
          passing = true;
          try {
            letGo(item, active.on);
          } finally {
            passing = false;
          }
          if (held.length > 0 || ended) drain();
        },
        complete() {
          ended = true;
          if (held.length === 0 && !passing) end();
        },
        error: sourceFailed,
        discard() {
          discardAll();
          tally.flush();
        },
        closed() {
          tally.close();
        },
      };
    });
}
