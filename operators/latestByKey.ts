import type { MonoTypeOperatorFunction, Observable } from 'rxjs';
import { holdUntilReady } from './holdUntilReady';
import type { HoldUntilReadyOptions } from './holdUntilReady';
import type { ReadinessLike } from './readiness';

/**
 * Holds the latest item of each key until the consumer is ready, and lets them pass one by one.
 *
 * ```
 * items      a1-a2-b1-a3---|
 * readiness  f---------t----
 *            latestByKey(readiness, keyOf)
 * result     ----------(a3 b1 |)
 * ```
 *
 * - It is `holdUntilReady` with `overflow: 'latest'`: an item takes the place of the one of its key that is
 *   held, so that a key that changes often does not lose its turn. What had that place is a `dropped` event.
 * - Where the consumer is ready, every item passes.
 * - More keys than `capacity` drop the item that is held longest.
 *
 * @example
 * const readiness = new Readiness(false);
 * of('a1', 'a2', 'b1', 'a3')
 *   .pipe(latestByKey(readiness, (item) => item[0] ?? ''))
 *   .subscribe((item) => console.log(item));
 * readiness.next(true);
 * // a3
 * // b1
 *
 * @param readiness The consumer's: a `Readiness`, or any Observable with a boolean `value`.
 */
export function latestByKey<T>(
  readiness: ReadinessLike & Observable<unknown>,
  keyOf: (item: T) => string,
  options: Omit<HoldUntilReadyOptions<T>, 'keyOf' | 'overflow'> = {},
): MonoTypeOperatorFunction<T> {
  return holdUntilReady(readiness, { ...options, keyOf, overflow: 'latest' });
}
