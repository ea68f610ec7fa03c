import type { MonoTypeOperatorFunction } from 'rxjs';
import { createBoundedBuffer } from './kernel/boundedBuffer';
import { operate } from './internal/operatorSubscriber';
import { bufferOf, checkSpeed } from './internal/paceOptions';
import type { PaceOptions } from './internal/paceOptions';
import { Pacer } from './internal/pacer';
import { checkOperatorOptions } from './internal/operatorOptions';

/**
 * Releases items when they are due: `start + (time - origin) / speed`.
 *
 * ```
 * items      (abc|)                  of times 0, 4 and 6
 *            pace({ timeOf, speed: 2 })
 * result     a-b(c|)
 * ```
 *
 * - A change of speed and the end of a pause continue from the items' present time: no jump, no burst.
 * - While not active, an item is due when it comes. When that ends, the clock is set to the earliest item
 *   not yet handed over: the last one released, if the next gate still holds it, else the next.
 * - Completion waits for the last item. An error passes at once, and so does an `OverflowError` when too many
 *   wait: a source that knows no end is better pulled, with `room`. What waits here then, or on
 *   unsubscription, has not been offered to anybody and is not counted.
 * - What a callback throws is an error of the stream, and so is an error of an Observable option. One that
 *   completes keeps its last value.
 *
 * @example
 * of({ t: 0 }, { t: 20 })
 *   .pipe(pace({ timeOf: ({ t }) => t, speed: 2 }))
 *   .subscribe(({ t }) => console.log(t));
 * // 0
 * // 20   10 ms later
 */
export function pace<T>(options: PaceOptions<T>): MonoTypeOperatorFunction<T> {
  checkOperatorOptions('pace', options);
  if (typeof options.speed === 'number') checkSpeed(options.speed);
  createBoundedBuffer(bufferOf(options), () => undefined);
  return (source) => operate<T, T>(source, (subscriber) => new Pacer(options, subscriber));
}
