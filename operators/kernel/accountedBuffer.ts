import type { SchedulerLike } from 'rxjs';
import type { DeadLetter, DeadLetterObserver, LossReason } from './deadLetter';
import { OverflowError } from '../errors';
import type { EdgeEventObserver } from '../events';
import { createBoundedBuffer } from './boundedBuffer';
import type { BoundedBuffer, BufferOptions } from './boundedBuffer';
import { EdgeEventBatcher, observerOf } from './edgeEventBatcher';
import type { EdgeEventBatcherOptions, EventBatch } from './edgeEventBatcher';

export interface AccountedBufferOptions<T> extends BufferOptions<T> {
  readonly edge: string;
  /** Receives `dropped` and `discarded` events. */
  readonly events?: EdgeEventObserver;
  readonly batch?: EventBatch;
  /** As of an `EdgeEventBatcher`. */
  readonly onMany?: EdgeEventBatcherOptions['onMany'];
  /** Receives every lost item. */
  readonly deadLetters?: DeadLetterObserver<T>;
  /** Receives how many items wait, whenever that has changed. */
  readonly depth?: { next(waiting: number): void };
  /** Tells the time of events; the system's clock unless given. */
  readonly scheduler?: SchedulerLike;
}

/** An inbox that keeps count of what gets lost in it. Throws an `OptionError` where the options make no sense. */
export class AccountedBuffer<T> {
  /** What waits. */
  readonly waiting: BoundedBuffer<T>;
  private readonly tally: EdgeEventBatcher;
  private readonly scheduler: SchedulerLike | undefined;
  private readonly depth: AccountedBufferOptions<T>['depth'];
  private letters: ReturnType<typeof observerOf<DeadLetter<T>>>;
  private published = 0;

  constructor(private readonly options: AccountedBufferOptions<T>) {
    this.scheduler = options.scheduler;
    this.depth = options.depth;
    this.letters = observerOf('deadLetters', options.deadLetters);
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

  /** Discards what waits. */
  discardAll(): void {
    try {
      while (this.waiting.length > 0) this.discard(this.waiting.shift() as T, 'discarded');
    } finally {
      this.waiting.clear();
      this.publishDepth();
    }
  }

  /** An item was lost now, here or further on. */
  discard(item: T, type: 'dropped' | 'discarded'): void {
    const at = this.now();
    this.count(type, item, at);
    this.deadLetter(item, type, at);
  }

  count(type: 'overrun' | 'dropped' | 'discarded', item: T, at: number): void {
    const { isCounted, keyOf } = this.options;
    if (isCounted === undefined || isCounted(item)) this.tally.add(type, keyOf?.(item), at);
  }

  /** Lets anyone who wants lost items have one. */
  deadLetter(item: T, reason: LossReason, at: number, error?: unknown): void {
    const { letters } = this;
    if (letters === undefined || this.options.isCounted?.(item) === false) return;
    const { edge } = this.options;
    try {
      letters.next?.({ item, reason, edge, at, ...(error === undefined ? {} : { error }) });
    } catch (thrown) {
      this.letters = undefined;
      throw thrown;
    }
  }

  /** To be called when items have come or gone. */
  publishDepth(): void {
    if (this.depth === undefined || this.published === this.waiting.length) return;
    this.published = this.waiting.length;
    this.depth.next(this.published);
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
