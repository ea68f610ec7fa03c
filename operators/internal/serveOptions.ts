import type { ObservableInput, SchedulerLike } from 'rxjs';
import type { EdgeEventObserver } from '../events';
import type { Holding } from '../holding';
import type { BufferOptions } from '../kernel/boundedBuffer';
import type { DeadLetterObserver } from '../kernel/deadLetter';
import { OptionError } from '../errors';
import type { Readiness } from '../readiness';
import type { ServiceContext } from './serviceContext';
import type { ServiceTimerOptions } from '../kernel/serviceTime';
import type { EventBatch } from '../kernel/edgeEventBatcher';

/** The work on an item: returns nothing, or its outputs, at once or later. */
export type Process<T, R> = (
  item: T,
  context: ServiceContext,
) => ObservableInput<R> | undefined | void;

/** Is informed of what the server does; all times in milliseconds of the scheduler's clock. */
export interface ServiceMeter<T> {
  /** Service of an item begins. */
  onStart?(item: T, at: number): void;
  /** Service of an item is over; it began at `start` and took `serviceTime`. */
  onServed?(item: T, start: number, serviceTime: number): void;
  /** From `at` on, its outputs wait for the next gate. */
  onBlocked?(at: number): void;
  /** They have passed. */
  onUnblocked?(at: number): void;
}

export interface ServeOptions<T, R> extends BufferOptions<T>, ServiceTimerOptions<T> {
  /** How many items are served at once: a whole number of at least 1; 1 unless given. */
  readonly concurrency?: number;
  /** Outputs leave in order of arrival, those of later items waiting for those of earlier ones; true unless given. Otherwise as services end. */
  readonly ordered?: boolean;
  /**
   * `immediate`, unless given: what a promise or Observable of `process` emits leaves as it comes, unless
   * `serviceTime` says how long a service takes. `atEnd`: all of it when the service is over; at most
   * `capacity` outputs may wait.
   */
  readonly outputs?: 'immediate' | 'atEnd';
  /**
   * `fail`, unless given: an error of `process` is an error of the stream. `skip`: the item counts as served
   * without further outputs, is a dead letter, and the next one is served.
   */
  readonly onError?: 'fail' | 'skip';
  /**
   * Milliseconds that what `process` returned may take until it completes: then it is unsubscribed from, and
   * its error is a `ServiceTimeoutError`. On a `VirtualClock`, which stands still for it, of real time.
   */
  readonly timeout?: number;
  /** Kept by the server; its own unless given. */
  readonly readiness?: Readiness;
  readonly scheduler?: SchedulerLike;
  /** When the item was offered; the scheduler's time at its arrival unless given. */
  readonly offeredAt?: (item: T) => number;
  /** The next gate's `holding`: until it holds no output of ours, the server is blocked. */
  readonly downstream?: Holding;
  /** Called with each output before it is emitted, with the time at which service was over. */
  readonly onOutput?: (output: R, finish: number) => void;
  /** Called with each output then: false for one that ends here. A `filter` behind the server would cost more than all else that becomes of an output. */
  readonly filter?: (output: R) => boolean;
  readonly meter?: ServiceMeter<T>;
  /** Receives `overrun`, `dropped` and `discarded` events. */
  readonly events?: EdgeEventObserver;
  readonly batch?: EventBatch;
  /** Receives every lost item: dropped, discarded, skipped or timed out. */
  readonly deadLetters?: DeadLetterObserver<T>;
  /** Receives how many items wait in the inbox whenever that has changed: a `BehaviorSubject<number>`, say. */
  readonly depth?: { next(waiting: number): void };
  /** An error of the source, or of a full inbox, comes after what has arrived is served; otherwise at once. */
  readonly delayError?: boolean;
  /**
   * At one instant, services end in order of their rank: the number of stages behind, in a pipeline.
   *
   * @internal
   */
  readonly rank?: number;
  /** False for an item that is served, but is none to count. */
  readonly isCounted?: (item: T) => boolean;
}

/** Throws an `OptionError` where the options make no sense. */
export function checkServeOptions<T, R>(options: ServeOptions<T, R>): void {
  const { concurrency = 1, onError = 'fail', outputs = 'immediate', timeout = 1 } = options;
  if (!(concurrency >= 1) || !Number.isSafeInteger(concurrency)) {
    throw new OptionError('concurrency', concurrency, 'a whole number of at least 1');
  }
  if (!['fail', 'skip'].includes(onError))
    throw new OptionError('onError', onError, 'fail or skip');
  if (!['immediate', 'atEnd'].includes(outputs)) {
    throw new OptionError('outputs', outputs, 'immediate or atEnd');
  }
  if (!(timeout > 0))
    throw new OptionError('timeout', timeout, 'a positive number of milliseconds');
}
