import { isObservable } from 'rxjs';
import type { Observable } from 'rxjs';
import { ChunkReader } from './kernel/chunkReader';
import { OptionError } from './errors';
import type { EdgeEventObserver } from './events';
import { createBoundedBuffer } from './kernel/boundedBuffer';
import type { BufferOptions } from './kernel/boundedBuffer';
import { MergeIterator } from './internal/mergeIterator';
import { iterateEachValue } from './internal/iterateEachValue';
import { pullFrom } from './pull';
import type { PullOptions } from './pull';
import { iteratorOf } from './kernel/iteratorOf';
import type { Pullable } from './kernel/iteratorOf';
import { checkOperatorOptions } from './internal/operatorOptions';

export interface MergeByTimeOptions<T>
  extends Pick<PullOptions, 'readiness' | 'scheduler'>, Omit<BufferOptions<T>, 'capacity'> {
  /** What the items are in order of; each source must be in order. */
  readonly timeOf: (item: T) => number;
  /** How many items of an Observable may wait for those of the others. Observables cannot be pulled: without a capacity they are refused. */
  readonly capacity?: number;
  /** Receives `dropped` and `discarded` events of the Observables' items. */
  readonly events?: EdgeEventObserver;
}

/**
 * Merges sources, each in order of time, into one in order of time; items of equal times come in the
 * order of the sources.
 *
 * ```
 * sources    [1 4 4]  [2 4 5]
 *            mergeByTime(sources, { timeOf })
 * result     1 2 4 4 4 5        the first source's 4s first
 * ```
 *
 * - Pulls one item ahead of each source and no more, and only while `readiness`, if given, is ready.
 *   Observables are subscribed to with the first pull; what they emit early waits in a bounded buffer each.
 * - Synchronous while all sources are. Completes when all have, and `readiness` is ready. Fails with the
 *   first that does, in its turn: an Observable's error, its buffer's overflow too, comes behind what it
 *   emitted before.
 * - Then, and on unsubscription, the other iterators are returned and the Observables left, at once,
 *   what they wait for. What waited in a buffer is discarded, and counted.
 *
 * @example
 * mergeByTime([[1, 4], [2, 3]], { timeOf: (n) => n }).subscribe((n) => console.log(n));
 * // 1
 * // 2
 * // 3
 * // 4
 *
 * @param sources Iterables and asynchronous iterables of items, and Observables, each in order of time.
 */
export function mergeByTime<T>(
  sources: readonly (Pullable<T> | Observable<T>)[],
  options: MergeByTimeOptions<T>,
): Observable<T> {
  checkOperatorOptions('mergeByTime', options);
  const { capacity, timeOf, edge = 'mergeByTime' } = options;
  if (capacity === undefined && sources.some(isObservable)) {
    throw new OptionError('capacity', capacity, 'stated where a source is an Observable');
  }
  createBoundedBuffer(options, () => undefined);
  const opens = sources.map(
    (source) => () =>
      isObservable(source) ? iterateEachValue(source, { ...options, edge }) : iteratorOf(source),
  );
  return pullFrom(() => new ChunkReader(new MergeIterator(opens, timeOf)), options);
}
