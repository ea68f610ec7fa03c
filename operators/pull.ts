import { Observable, VirtualTimeScheduler } from 'rxjs';
import type { SchedulerLike } from 'rxjs';
import { ChunkReader } from './kernel/chunkReader';
import { when } from './internal/booleanSubject';
import { isPromiseLike, iteratorOf } from './kernel/iteratorOf';
import type { Pullable, PullIterator } from './kernel/iteratorOf';
import { checkReadiness } from './readiness';
import type { ReadinessLike } from './readiness';
import { isRealTime, CHECK_EVERY, TimeSlice } from './time/timeSlice';
import { Clock } from './time/clock';
import { VirtualClock } from './time/virtualClock';
import { checkOperatorOptions } from './internal/operatorOptions';

const { isArray } = Array;

export interface PullOptions {
  /** Items are emitted and pulled only while it is ready; always, unless given. */
  readonly readiness?: ReadinessLike & Observable<unknown>;
  /**
   * Given one that runs on the event loop, a long synchronous source leaves it a turn now and then. A
   * `VirtualClock` stands still while a source is being waited for.
   */
  readonly scheduler?: SchedulerLike;
  /** Called when a chunk has come, with how many milliseconds of real time it took. */
  readonly onPull?: (took: number, items: number) => void;
}

/**
 * Emits the items of an iterable, or asynchronous iterable, and pulls the next one only when the consumer is
 * ready for more.
 *
 * ```
 * chunks      [a b c] [d]
 * readiness   t-f---t-----
 *             pull(chunks, { readiness })
 * result      (ab)--(cd|)        b made the consumer busy
 * ```
 *
 * - What is pulled is an item, or an array of items: a chunk, so that a pull costs a chunk and not an item.
 *   Items that are arrays themselves have to be wrapped in chunks.
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
 * @param source What to pull from: an array, a generator, lines of a file, a stream of Node's or of the web.
 */
export function pull<T>(source: Pullable<readonly T[]>, options?: PullOptions): Observable<T>;
export function pull<T>(source: Pullable<T>, options?: PullOptions): Observable<T>;
export function pull<T>(
  source: Pullable<T | readonly T[]>,
  options: PullOptions = {},
): Observable<T> {
  checkOperatorOptions('pull', options);
  const { onPull } = options;
  return pullFrom(() => new ChunkReader<T>(chunksOf(iteratorOf(source)), onPull), options);
}

/** An item that is no array becomes its own chunk. */
function chunksOf<T>(iterator: PullIterator<T | readonly T[]>): PullIterator<readonly T[]> {
  const wrap = (result: IteratorResult<T | readonly T[]>): IteratorResult<readonly T[]> =>
    result.done === true || isArray(result.value)
      ? (result as IteratorResult<readonly T[]>)
      : { done: false, value: [result.value as T] };
  return {
    next: () => {
      const result = iterator.next();
      return isPromiseLike(result) ? result.then(wrap) : wrap(result);
    },
    return: () => iterator.return?.(),
  };
}

/** As `pull`; `open` gets the chunks for a subscriber. */
export function pullFrom<T>(
  open: () => ChunkReader<T>,
  { readiness, scheduler }: Pick<PullOptions, 'readiness' | 'scheduler'>,
): Observable<T> {
  const takesTurns = scheduler !== undefined && !(scheduler instanceof VirtualTimeScheduler);
  if (readiness !== undefined) checkReadiness(readiness);
  const clock = scheduler instanceof Clock ? scheduler : undefined;
  const seldom = takesTurns && isRealTime(scheduler) ? 1 : CHECK_EVERY;
  return new Observable<T>((subscriber) => {
    const chunks = open();
    let running = false;
    let waiting = false;
    const turn = new TimeSlice(seldom);

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
    /** An item is a step: what is posted to the clock's mailbox meanwhile comes before the next one. */
    const emit = (): void => {
      const mailbox = clock?.mailbox;
      mailbox?.enter();
      try {
        subscriber.next(chunks.take());
      } finally {
        mailbox?.leave();
      }
    };
    const run = (): void => {
      if (running || waiting) return;
      running = true;
      clock?.enterTurn();
      try {
        while (!subscriber.closed && !waiting && readiness?.value !== false) {
          if (takesTurns && turn.isOver) {
            wait(turn.yieldToEventLoop());
          } else if (chunks.hasNext) emit();
          else if (chunks.isOver) subscriber.complete();
          else {
            const later = chunks.ask();
            if (later !== undefined) wait(later);
          }
        }
      } catch (error) {
        subscriber.error(error);
      } finally {
        clock?.leaveTurn();
        running = false;
      }
    };
    subscriber.add(() => {
      chunks.leave();
    });
    if (readiness !== undefined) {
      const failed = (error: unknown): void => {
        subscriber.error(error);
      };
      subscriber.add(when(readiness, true, run, failed));
    }
    run();
  });
}
