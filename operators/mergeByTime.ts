import type { Observable } from 'rxjs';
import { isObservable } from 'rxjs';
import { createInbox } from './inbox';
import type { Overflow } from './inbox';
import { Heap } from './heap';
import { OptionError } from './errors';
import { pull } from './pull';
import type { PullOptions, Pullable } from './pull';

export interface MergeByTimeOptions<T> extends Pick<PullOptions, 'readiness' | 'scheduler'> {
  /** What the items are in order of; each source must be in order by itself. */
  readonly timeOf: (item: T) => number;
  /** How many items of an Observable may wait for those of the others. Observables cannot be pulled: without a capacity they are refused. */
  readonly capacity?: number;
  readonly overflow?: Overflow;
  readonly keyOf?: (item: T) => string;
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
 * - Synchronous while all sources are. Completes when all have; fails with the first that does, and
 *   returns the others' iterators, as on unsubscription.
 *
 * @example
 * mergeByTime([[1, 4], [2, 3]], { timeOf: (n) => n }).subscribe((n) => console.log(n));
 * // 1
 * // 2
 * // 3
 * // 4
 */
export function mergeByTime<T>(
  sources: readonly (Pullable<T> | Observable<T>)[],
  options: MergeByTimeOptions<T>,
): Observable<T> {
  const { capacity } = options;
  if (sources.some(isObservable) && capacity === undefined) {
    throw new OptionError('capacity', capacity, 'stated where a source is an Observable');
  }
  const pullables = sources.map((source) =>
    isObservable(source) ? buffered(source, options) : source,
  );
  const chunks = pullables.some((source) => Symbol.asyncIterator in source)
    ? { [Symbol.asyncIterator]: () => mergeAsync(pullables, options.timeOf) }
    : { [Symbol.iterator]: () => mergeSync(pullables as Iterable<T>[], options.timeOf) };
  return pull<T>(chunks, options);
}

/** The next item of a source. */
interface Head<T> {
  readonly order: number;
  item: T;
  time: number;
}

const newHeap = <T>(): Heap<Head<T>> =>
  new Heap((a, b) => a.time < b.time || (a.time === b.time && a.order < b.order));

function* mergeSync<T>(
  sources: readonly Iterable<T>[],
  timeOf: (item: T) => number,
): Generator<readonly T[]> {
  const iterators = sources.map((source) => source[Symbol.iterator]());
  const heads = newHeap<Head<T>['item']>();
  try {
    for (const [order, iterator] of iterators.entries()) {
      const result = iterator.next();
      if (result.done !== true) {
        heads.push({ order, item: result.value, time: timeOf(result.value) });
      }
    }
    for (let head = heads.peek(); head !== undefined; head = heads.peek()) {
      yield [head.item];
      const result = (iterators[head.order] as Iterator<T>).next();
      if (result.done === true) heads.pop();
      else {
        head.item = result.value;
        head.time = timeOf(result.value);
        heads.settleTop();
      }
    }
  } finally {
    for (const iterator of iterators) iterator.return?.();
  }
}

async function* mergeAsync<T>(
  sources: readonly Pullable<T>[],
  timeOf: (item: T) => number,
): AsyncGenerator<readonly T[]> {
  const iterators = sources.map((source) =>
    Symbol.asyncIterator in source ? source[Symbol.asyncIterator]() : source[Symbol.iterator](),
  );
  const heads = newHeap<T>();
  try {
    const firsts = await Promise.all(iterators.map((iterator) => iterator.next()));
    for (const [order, result] of firsts.entries()) {
      if (result.done !== true) {
        heads.push({ order, item: result.value, time: timeOf(result.value) });
      }
    }
    for (let head = heads.peek(); head !== undefined; head = heads.peek()) {
      yield [head.item];
      const result = await (iterators[head.order] as AsyncIterator<T>).next();
      if (result.done === true) heads.pop();
      else {
        head.item = result.value;
        head.time = timeOf(result.value);
        heads.settleTop();
      }
    }
  } finally {
    await Promise.all(iterators.map((iterator) => iterator.return?.()));
  }
}

/** An Observable as something to pull from: what comes early waits in a bounded inbox. */
function buffered<T>(source: Observable<T>, options: MergeByTimeOptions<T>): AsyncIterable<T> {
  return {
    async *[Symbol.asyncIterator]() {
      const inbox = createInbox<T>({ ...options, edge: 'mergeByTime' }, () => undefined);
      let ended = false;
      let failure: { readonly error: unknown } | undefined;
      let wake: () => void = () => undefined;
      const subscription = source.subscribe({
        next(item) {
          try {
            inbox.push(item);
          } catch (error) {
            failure = { error };
            subscription.unsubscribe();
          }
          wake();
        },
        error(error: unknown) {
          failure = { error };
          wake();
        },
        complete() {
          ended = true;
          wake();
        },
      });
      try {
        for (;;) {
          if (failure !== undefined) throw failure.error;
          if (inbox.length > 0) yield inbox.shift() as T;
          else if (ended) return;
          else {
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
          }
        }
      } finally {
        subscription.unsubscribe();
      }
    },
  };
}
