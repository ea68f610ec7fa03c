import { Observable } from 'rxjs';
import type { SchedulerLike } from 'rxjs';
import type { ReadinessLike } from './readiness';
import { VirtualClock } from './virtualClock';

export type Pullable<T> = Iterable<T> | AsyncIterable<T>;

export interface PullOptions {
  /** Items are emitted and pulled only while it is ready; always, unless given. */
  readonly readiness?: ReadinessLike & Observable<unknown>;
  /** A `VirtualClock` stands still while an asynchronous source is being waited for. */
  readonly scheduler?: SchedulerLike;
  /** Called when a chunk has come, with how many milliseconds of real time it took. */
  readonly pulled?: (took: number, items: number) => void;
}

/** Items that may be emitted in one turn of the event loop, so that a long iterable does not keep it for itself. */
const TURN = 65_536;

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
 * - Pulls at subscription, if ready. Completes after the last item; fails when the source does.
 * - Unsubscribing returns the iterator at once, also while a chunk is being waited for.
 * - A synchronous source is pulled synchronously, with a turn for the event loop now and then.
 *
 * @example
 * pull([['a', 'b'], ['c']]).subscribe((item) => console.log(item));
 * // a
 * // b
 * // c
 */
export function pull<T>(chunks: Pullable<readonly T[]>, options: PullOptions = {}): Observable<T> {
  const { readiness, scheduler, pulled } = options;
  return new Observable<T>((subscriber) => {
    const iterator: Iterator<readonly T[]> | AsyncIterator<readonly T[]> =
      Symbol.asyncIterator in chunks ? chunks[Symbol.asyncIterator]() : chunks[Symbol.iterator]();
    let chunk: readonly T[] = [];
    let next = 0;
    let running = false;
    let waiting = false;
    let exhausted = false;
    let started = 0;
    let turn = 0;

    const take = (result: IteratorResult<readonly T[]>): void => {
      if (result.done === true) {
        exhausted = true;
        return;
      }
      chunk = result.value;
      next = 0;
      pulled?.(performance.now() - started, chunk.length);
    };
    const wait = (pending: PromiseLike<void>): void => {
      waiting = true;
      const held = scheduler instanceof VirtualClock ? scheduler.hold() : undefined;
      const resume = (): void => {
        waiting = false;
        turn = 0;
        run();
        held?.unsubscribe();
      };
      pending.then(resume, (error: unknown) => {
        exhausted = true;
        subscriber.error(error);
        held?.unsubscribe();
      });
    };
    const run = (): void => {
      if (running || waiting) return;
      running = true;
      try {
        while (!subscriber.closed && !waiting && readiness?.value !== false) {
          if (next < chunk.length) {
            const item = chunk[next] as T;
            next += 1;
            turn += 1;
            subscriber.next(item);
          } else if (exhausted) subscriber.complete();
          else if (turn >= TURN) wait(nextTurn());
          else {
            started = performance.now();
            const result = iterator.next();
            if ('then' in result) wait(result.then(take));
            else take(result);
          }
        }
      } catch (error) {
        exhausted = true;
        subscriber.error(error);
      } finally {
        running = false;
      }
    };
    subscriber.add(() => {
      chunk = [];
      if (exhausted) return;
      exhausted = true;
      const returned = iterator.return?.();
      if (returned !== undefined && 'then' in returned) returned.then(undefined, () => undefined);
    });
    if (readiness !== undefined) {
      subscriber.add(
        readiness.subscribe({
          next: run,
          error: (error) => {
            subscriber.error(error);
          },
        }),
      );
    }
    run();
  });
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
