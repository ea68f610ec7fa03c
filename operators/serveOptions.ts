import type { ObservableInput, SchedulerLike } from 'rxjs';
import type { EdgeEventObserver } from './events';
import type { Holding } from './holding';
import type { BufferOptions } from './kernel/boundedBuffer';
import type { Readiness } from './readiness';
import type { ServiceTimerOptions } from './kernel/serviceTime';
import type { EventBatch } from './kernel/edgeEventBatcher';

/** The work on an item: returns nothing, or its outputs, at once or later. */
export type Process<T, R> = (item: T) => ObservableInput<R> | undefined | void;

/** Is told what the server does; all times in milliseconds of the scheduler's clock. */
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
  /** Kept by the server; one of its own unless given. */
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
