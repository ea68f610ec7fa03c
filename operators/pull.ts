import { Observable, VirtualTimeScheduler } from 'rxjs';
import type { SchedulerLike } from 'rxjs';
import { listen } from './flag';
import type { ReadinessLike } from './readiness';
import { isReal, TURN } from './turn';
import { VirtualClock } from './virtualClock';

export type Pullable<T> = Iterable<T> | AsyncIterable<T>;

export interface PullOptions {
  /** Items are emitted and pulled only while it is ready; always, unless given. */
  readonly readiness?: ReadinessLike & Observable<unknown>;
  /**
   * Given one that runs on the event loop, a long synchronous source leaves it a turn now and then. A
   * `VirtualClock` stands still while a source is being waited for.
   */
  readonly scheduler?: SchedulerLike;
  /** Called when a chunk has come, with how many milliseconds of real time it took. */
  readonly pulled?: (took: number, items: number) => void;
}

/** An iterator whose results come at once or later. */
export interface Pulling<T> {
  next(): IteratorResult<T> | PromiseLike<IteratorResult<T>>;
  return?(): unknown;
}

/** Where time stands still while code runs, it is after so many items that the event loop is thought of: a power of two. */
const SELDOM = 64;

/**
 * Emits the items of an iterable, or asynchronous iterable, of chunks, and pulls the next chunk only
 * when the consumer is ready for more.
 *
 * ```
 * chunks      [a b c] [d]
 * readiness   t-f---t-----
 *             pull(chunks, { readiness })
 * result      (ab)--(cd|)        b made the consumer busy
 * ```
 *
 * - Gets an iterator for each subscriber and pulls at subscription, if ready. A synchronous source is
 *   pulled synchronously.
 * - Completes when it is ready and nothing is left; fails when the source does, or the readiness. A
 *   readiness that completes keeps its last value.
 * - Unsubscribing returns the iterator at once, also while a chunk is being waited for, and does not wait
 *   for what it returns. An iterator that has ended or failed is not returned.
 *
 * @example
 * pull([['a', 'b'], ['c']]).subscribe((item) => console.log(item));
 * // a
 * // b
 * // c
 *
 * @param chunks What to pull from: arrays of items, so that a chunk costs a pull and an item does not.
 */
export function pull<T>(chunks: Pullable<readonly T[]>, options: PullOptions = {}): Observable<T> {
  return pullFrom(() => iteratorOf(chunks), options);
}

/** An iterator over an iterable of either kind. */
export function iteratorOf<T>(source: Pullable<T>): Pulling<T> {
  return Symbol.asyncIterator in source
    ? source[Symbol.asyncIterator]()
    : source[Symbol.iterator]();
}

/** True of what comes later. */
export function isLater<T extends object>(result: T | PromiseLike<T>): result is PromiseLike<T> {
  return 'then' in result;
}

/** Returns an iterator without waiting for it, and without a word if that fails later. */
export function giveBack(iterator: Pulling<unknown>): void {
  const returned = iterator.return?.();
  if (returned instanceof Promise) returned.then(undefined, () => undefined);
}

/** As `pull`; `open` gets the iterator for a subscriber. */
export function pullFrom<T>(
  open: () => Pulling<readonly T[]>,
  { readiness, scheduler, pulled }: PullOptions,
): Observable<T> {
  const takesTurns = scheduler !== undefined && !(scheduler instanceof VirtualTimeScheduler);
  const often = takesTurns && isReal(scheduler) ? 0 : SELDOM - 1;
  return new Observable<T>((subscriber) => {
    const iterator = open();
    let chunk: readonly T[] = [];
    let next = 0;
    let running = false;
    let waiting = false;
    // True while the iterator looks for its next result: it can't be returned then.
    let asking = false;
    // The iterator has ended, failed or been returned.
    let over = false;
    let started = 0;
    let turn = performance.now();
    let emitted = 0;

    const leave = (): void => {
      chunk = [];
      if (over || asking) return;
      over = true;
      giveBack(iterator);
    };
    const ask = (): ReturnType<typeof iterator.next> => {
      asking = true;
      if (pulled !== undefined) started = performance.now();
      try {
        const result = iterator.next();
        over = !isLater(result) && result.done === true;
        return result;
      } catch (error) {
        over = true;
        throw error;
      } finally {
        asking = false;
        if (subscriber.closed) leave();
      }
    };
    const take = (result: IteratorResult<readonly T[]>): void => {
      if (result.done === true) {
        over = true;
        return;
      }
      if (subscriber.closed) return;
      chunk = result.value;
      next = 0;
      pulled?.(performance.now() - started, chunk.length);
    };
    const fail = (error: unknown): never => {
      over = true;
      throw error;
    };
    const wait = (pending: PromiseLike<void>): void => {
      waiting = true;
      const held = scheduler instanceof VirtualClock ? scheduler.hold() : undefined;
      subscriber.add(held);
      pending.then(
        () => {
          waiting = false;
          run();
          held?.unsubscribe();
        },
        (error: unknown) => {
          subscriber.error(error);
        },
      );
    };
    const nextTurn = (): Promise<void> =>
      new Promise((resolve) => {
        setImmediate(() => {
          turn = performance.now();
          resolve();
        });
      });
    const run = (): void => {
      if (running || waiting) return;
      running = true;
      try {
        while (!subscriber.closed && !waiting && readiness?.value !== false) {
          if (takesTurns && (emitted & often) === 0 && performance.now() - turn >= TURN) {
            wait(nextTurn());
          } else if (next < chunk.length) {
            const item = chunk[next] as T;
            next += 1;
            emitted += 1;
            subscriber.next(item);
          } else if (over) subscriber.complete();
          else {
            const result = ask();
            if (isLater(result)) wait(result.then(take, fail));
            else take(result);
          }
        }
      } catch (error) {
        subscriber.error(error);
      } finally {
        running = false;
      }
    };
    subscriber.add(leave);
    if (readiness !== undefined) {
      const failed = (error: unknown): void => {
        subscriber.error(error);
      };
      subscriber.add(listen(readiness, true, run, failed));
    }
    run();
  });
}
