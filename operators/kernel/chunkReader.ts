import { closeIterator, isPromiseLike } from './iteratorOf';
import type { PullIterator } from './iteratorOf';
import { stopwatch } from './stopwatch';

/** Milliseconds, from some time on. */
export interface PullStopwatches {
  /** Read before and after a call. */
  readonly called: () => number;
  /** Read when a promise was returned, and when it is kept: it may stand still while nothing is done for it. */
  readonly awaited: () => number;
}

const REAL_TIME: PullStopwatches = { called: stopwatch, awaited: stopwatch };

/** Pulls an iterator chunk by chunk, closes it when it is left, and takes items from the current chunk. */
export class ChunkReader<T> {
  private chunk: readonly T[] = [];
  private next = 0;
  /** True while the iterator looks for its next result: it can't be returned then. */
  private asking = false;
  private left = false;
  /** The iterator has ended, failed or been returned. */
  private over = false;
  /** What the stopwatch said when the chunk was requested, and when it began to be awaited. */
  private asked = NaN;
  private awaited = NaN;
  /** Milliseconds until the iterator had answered, or promised to. */
  private took = 0;
  /** Of the chunk that is being waited for. */
  private later: PromiseLike<void> | undefined;

  /**
   * @param pulled called when a chunk has come, with how many milliseconds it took
   * @param stopwatches what measures that, in a call and while the chunk is awaited: real time both
   */
  constructor(
    private readonly iterator: PullIterator<readonly T[]>,
    private readonly pulled?: (took: number, items: number) => void,
    private readonly stopwatches: PullStopwatches = REAL_TIME,
  ) {}

  /** An item is available. */
  get hasNext(): boolean {
    return this.next < this.chunk.length;
  }

  /** No chunk comes any more. */
  get isOver(): boolean {
    return this.over;
  }

  /** The next item of the current chunk, which stays. */
  peek(): T {
    return this.chunk[this.next] as T;
  }

  /** The next item of the current chunk. */
  take(): T {
    const item = this.chunk[this.next] as T;
    this.next += 1;
    return item;
  }

  /**
   * Asks for the next chunk; a promise where it comes later, the same one for anyone who asks until then.
   * Afterwards it is available, or there is none any more.
   */
  ask(): PromiseLike<void> | undefined {
    if (this.later !== undefined) return this.later;
    const result = this.look();
    if (isPromiseLike(result)) {
      if (this.pulled !== undefined) this.awaited = this.stopwatches.awaited();
      return (this.later = result.then(this.acceptLater, this.failed));
    }
    this.accept(result);
    return undefined;
  }

  /** Returns the iterator at once, unless it is looking for its next result just now: then as soon as it has. */
  leave(): void {
    this.left = true;
    this.chunk = [];
    this.next = 0;
    if (this.over || this.asking) return;
    this.over = true;
    closeIterator(this.iterator);
  }

  private look(): ReturnType<typeof this.iterator.next> {
    this.asking = true;
    if (this.pulled !== undefined) this.asked = this.stopwatches.called();
    try {
      const result = this.iterator.next();
      this.over = !isPromiseLike(result) && result.done === true;
      return result;
    } catch (error) {
      this.over = true;
      throw error;
    } finally {
      if (this.pulled !== undefined) this.took = this.stopwatches.called() - this.asked;
      this.asking = false;
      if (this.left) this.leave();
    }
  }

  private readonly acceptLater = (result: IteratorResult<readonly T[]>): void => {
    if (this.pulled !== undefined) this.took += this.stopwatches.awaited() - this.awaited;
    this.accept(result);
  };

  private readonly accept = (result: IteratorResult<readonly T[]>): void => {
    this.later = undefined;
    if (result.done === true) {
      this.over = true;
      return;
    }
    if (this.left) return;
    this.chunk = result.value;
    this.next = 0;
    this.pulled?.(this.took, this.chunk.length);
  };

  private readonly failed = (error: unknown): never => {
    this.later = undefined;
    this.over = true;
    throw error;
  };
}
