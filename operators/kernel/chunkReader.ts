import { closeIterator, isPromiseLike } from './iteratorOf';
import type { PullIterator } from './iteratorOf';

/** An iterator that is asked for one chunk after another, and given back when it is left; items are taken from the chunk at hand. */
export class ChunkReader<T> {
  private chunk: readonly T[] = [];
  private next = 0;
  /** True while the iterator looks for its next result: it can't be returned then. */
  private asking = false;
  private left = false;
  /** The iterator has ended, failed or been returned. */
  private over = false;
  private asked = 0;
  /** Of the chunk that is being waited for. */
  private later: PromiseLike<void> | undefined;

  /** @param pulled Called when a chunk has come, with how many milliseconds of real time it took. */
  constructor(
    private readonly iterator: PullIterator<readonly T[]>,
    private readonly pulled?: (took: number, items: number) => void,
  ) {}

  /** An item is at hand. */
  get hasNext(): boolean {
    return this.next < this.chunk.length;
  }

  /** No chunk comes any more. */
  get isOver(): boolean {
    return this.over;
  }

  /** The next item, of those at hand, which stays. */
  peek(): T {
    return this.chunk[this.next] as T;
  }

  /** The next item, of those at hand. */
  take(): T {
    const item = this.chunk[this.next] as T;
    this.next += 1;
    return item;
  }

  /**
   * Asks for the next chunk; a promise where it comes later, the same one for whoever asks until then.
   * Afterwards it is at hand, or there is none any more.
   */
  ask(): PromiseLike<void> | undefined {
    if (this.later !== undefined) return this.later;
    const result = this.look();
    if (isPromiseLike(result)) return (this.later = result.then(this.accept, this.failed));
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
    if (this.pulled !== undefined) this.asked = performance.now();
    try {
      const result = this.iterator.next();
      this.over = !isPromiseLike(result) && result.done === true;
      return result;
    } catch (error) {
      this.over = true;
      throw error;
    } finally {
      this.asking = false;
      if (this.left) this.leave();
    }
  }

  private readonly accept = (result: IteratorResult<readonly T[]>): void => {
    this.later = undefined;
    if (result.done === true) {
      this.over = true;
      return;
    }
    if (this.left) return;
    this.chunk = result.value;
    this.next = 0;
    this.pulled?.(performance.now() - this.asked, this.chunk.length);
  };

  private readonly failed = (error: unknown): never => {
    this.later = undefined;
    this.over = true;
    throw error;
  };
}
