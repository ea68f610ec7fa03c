import type { SchedulerLike } from 'rxjs';
import { OverflowError } from '../errors';
import type { EdgeEventObserver } from '../events';
import { createBoundedBuffer } from './boundedBuffer';
import type { BoundedBuffer, BufferOptions } from './boundedBuffer';
import { EdgeEventBatcher } from './edgeEventBatcher';
import type { EventBatch } from './edgeEventBatcher';

export interface AccountedBufferOptions<T> extends BufferOptions<T> {
  readonly edge: string;
  /** Receives `dropped` and `discarded` events. */
  readonly events?: EdgeEventObserver;
  readonly batch?: EventBatch;
  /** Tells the time of events; the system's clock unless given. */
  readonly scheduler?: SchedulerLike;
}

/** An inbox that keeps count of what gets lost in it. Throws an `OptionError` where the options make no sense. */
export class AccountedBuffer<T> {
  /** What waits. */
  readonly waiting: BoundedBuffer<T>;
  private readonly tally: EdgeEventBatcher;
  private readonly scheduler: SchedulerLike | undefined;

  constructor(private readonly options: AccountedBufferOptions<T>) {
    this.scheduler = options.scheduler;
    this.waiting = createBoundedBuffer(options, (item) => {
      this.discard(item, 'dropped');
    });
    this.tally = new EdgeEventBatcher(options);
  }

  /** As of an `EdgeEventBatcher`. */
  open(failed: (error: unknown) => void): void {
    this.tally.open(failed);
  }

  /** The error of a full inbox, for which the item was discarded; undefined where it was not. */
  push(item: T): OverflowError | undefined {
    try {
      this.waiting.push(item);
    } catch (error) {
      if (!(error instanceof OverflowError)) throw error;
      this.discard(item, 'discarded');
      return error;
    }
    return undefined;
  }

  /** Discards whatever waits. */
  discardAll(): void {
    try {
      while (this.waiting.length > 0) this.discard(this.waiting.shift() as T, 'discarded');
    } finally {
      this.waiting.clear();
    }
  }

  /** An item was lost now, here or further on. */
  discard(item: T, type: 'dropped' | 'discarded'): void {
    this.count(type, item, this.now());
  }

  count(type: 'overrun' | 'dropped' | 'discarded', item: T, at: number): void {
    const { isCounted: counts, keyOf } = this.options;
    if (counts === undefined || counts(item)) this.tally.add(type, keyOf?.(item), at);
  }

  now(): number {
    const { scheduler } = this;
    return scheduler === undefined ? Date.now() : scheduler.now();
  }

  flush(): void {
    this.tally.flush();
  }

  close(): void {
    this.tally.close();
  }
}
