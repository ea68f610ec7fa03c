import type { Subscription } from 'rxjs';
import type { PendingService } from '../kernel/pendingService';
import { LazyServiceContext } from './serviceContext';
import type { Turn } from './turns';

export const NOTHING: readonly never[] = [];

/** One of the c servers, and the service that it has under way. */
export class Service<T, R> {
  item: T | undefined;
  // NaN makes these fields of times unboxed doubles from the beginning.
  start = NaN;
  /** Milliseconds that the service took. */
  duration = NaN;
  finish = NaN;
  /** What the stopwatch said at the start. */
  began = NaN;
  /** Where there are several servers: how many services began before. */
  order = 0;
  /** An item is being worked on, or its outputs have not passed yet. */
  isTaken = false;
  /** An item is being worked on. */
  isServing = false;
  /** The work is done, and the service time is waited for. */
  isTimed = false;
  /** The next gate holds its outputs. */
  isBlocked = false;
  /** Of a service whose end is waited for. */
  outputs: readonly R[] = NOTHING;
  pending: PendingService<R> | undefined;
  timeout: Subscription | undefined;
  /** Where outputs leave in order of arrival: its place among them. */
  turn: Turn<R> | undefined;
  context = new LazyServiceContext();

  begin(item: T): void {
    if (this.context.isShared) this.context = new LazyServiceContext();
    this.item = item;
    this.isTaken = true;
    this.isServing = true;
  }

  await(pending: PendingService<R>): void {
    this.pending = pending;
    this.context.isShared = true;
  }

  /** Nothing is waited for any more. */
  stopWaiting(): void {
    this.timeout?.unsubscribe();
    this.timeout = undefined;
    this.pending = undefined;
  }

  /** The item was worked on; returns it. */
  end(): T {
    const item = this.item as T;
    this.item = undefined;
    this.isServing = false;
    this.outputs = NOTHING;
    return item;
  }

  /** Leaves the work. */
  cancel(reason?: unknown): void {
    this.pending?.cancel();
    this.stopWaiting();
    this.isTimed = false;
    if (this.isServing) this.context.abort(reason);
  }
}
