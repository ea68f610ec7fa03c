import type { OperatorFunction } from 'rxjs';
import { createBoundedBuffer } from './kernel/boundedBuffer';
import { operate } from './internal/operatorSubscriber';
import { Server } from './internal/server';
import { checkServeOptions } from './internal/serveOptions';
import type { Process, ServeOptions } from './internal/serveOptions';
import { checkServiceTime } from './kernel/serviceTime';
import { checkBatch } from './kernel/edgeEventBatcher';
import { checkOperatorOptions } from './internal/operatorOptions';

/**
 * A server: one item at a time, in order; the others wait in its inbox. Outputs are emitted when
 * the service time is over.
 *
 * ```
 * items      -a-b-------|
 *            serve(f, { serviceTime: 3, readiness })
 * result     ----A--B---|
 * readiness  tf-----t----
 * ```
 *
 * - `start = max(end of the previous service, offer)`, `finish = start + service time`. A measured
 *   service time moves a `VirtualClock`; on a real clock it has passed on its own; a `TestScheduler`
 *   counts it as 0. A stated one is waited for on every clock.
 * - `process` returns nothing, an array, or any other `ObservableInput`. What it emits is passed on
 *   when it has completed; a promise's or Observable's service ends no earlier than it completes, and a
 *   `VirtualClock` stands still for it (so it must not itself wait for that clock: state its time instead).
 * - The readiness turns false with each arrival, and true when nothing is left to do and the next gate
 *   has let all outputs pass.
 * - An item offered while an earlier one still lies unserved is an `overrun` event. A full inbox goes by
 *   `overflow`; with `error` the item that found no room is a `discarded` event.
 * - Completes when all is served. An error passes at once, unless it is the source's or the full inbox's
 *   and `delayError` is true. Then, and on unsubscription, the item in service and those in the inbox are
 *   `discarded` events; what `process` subscribed to is left.
 *
 * @example
 * of(1, 2)
 *   .pipe(serve((n) => [n * 10], { serviceTime: 5 }))
 *   .subscribe((n) => console.log(n));
 * // 10   after 5 ms
 * // 20   after 10 ms
 */
export function serve<T, R>(
  process: Process<T, R>,
  options: ServeOptions<T, R> = {},
): OperatorFunction<T, R> {
  checkOperatorOptions('serve', options);
  createBoundedBuffer(options, () => undefined);
  checkBatch(options.batch);
  checkServeOptions(options);
  const { serviceTime } = options;
  if (typeof serviceTime === 'number') checkServiceTime(serviceTime);
  return (source) =>
    operate<T, R>(source, (subscriber) => new Server(process, options, subscriber));
}
