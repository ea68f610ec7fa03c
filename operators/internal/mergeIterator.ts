import { Heap } from '../kernel/heap';
import { closeIterator, isPromiseLike } from '../kernel/iteratorOf';
import type { PullIterator } from '../kernel/iteratorOf';

/** The next item of a source. */
interface Head<T> {
  readonly order: number;
  item: T;
  time: number;
}

/**
 * What merges iterators by time: pulls one item ahead of each, and answers at once whenever the
 * iterator that has to be asked does.
 */
export class MergeIterator<T> implements PullIterator<readonly T[]> {
  readonly #opens: readonly (() => PullIterator<T>)[];
  readonly #timeOf: (item: T) => number;
  /** The iterators that have neither ended nor failed, by their order. */
  readonly #iterators: (PullIterator<T> | undefined)[] = [];
  readonly #heads = new Heap<Head<T>>(
    (a, b) => a.time < b.time || (a.time === b.time && a.order < b.order),
  );
  #started = false;
  /** The head whose item was handed out, and whose iterator has to give the next one. */
  #spent: Head<T> | undefined;

  constructor(opens: readonly (() => PullIterator<T>)[], timeOf: (item: T) => number) {
    this.#opens = opens;
    this.#timeOf = timeOf;
  }

  next(): IteratorResult<readonly T[]> | PromiseLike<IteratorResult<readonly T[]>> {
    try {
      const later = this.#started ? this.#goOn() : this.#start();
      if (later === undefined) return this.#take();
      return later.then(() => this.#take()).then(undefined, (error: unknown) => this.#fail(error));
    } catch (error) {
      return this.#fail(error);
    }
  }

  /** Returns all iterators at once, no matter what they are doing; throws the first of their errors. */
  return(): void {
    const errors: unknown[] = [];
    for (const [order, iterator] of this.#iterators.entries()) {
      this.#iterators[order] = undefined;
      try {
        if (iterator !== undefined) closeIterator(iterator);
      } catch (error) {
        errors.push(error);
      }
    }
    this.#heads.clear();
    if (errors.length > 0) throw errors[0];
  }

  #start(): Promise<unknown> | undefined {
    this.#started = true;
    for (const open of this.#opens) this.#iterators.push(open());
    const later: PromiseLike<void>[] = [];
    for (const order of this.#iterators.keys()) {
      const pending = this.#ask(order, undefined);
      if (pending !== undefined) later.push(pending);
    }
    return later.length === 0 ? undefined : Promise.all(later);
  }

  #goOn(): PromiseLike<void> | undefined {
    const spent = this.#spent;
    this.#spent = undefined;
    return spent === undefined ? undefined : this.#ask(spent.order, spent);
  }

  #ask(order: number, head: Head<T> | undefined): PromiseLike<void> | undefined {
    const iterator = this.#iterators[order] as PullIterator<T>;
    const failed = (error: unknown): never => {
      this.#iterators[order] = undefined;
      throw error;
    };
    let result: ReturnType<typeof iterator.next>;
    try {
      result = iterator.next();
    } catch (error) {
      return failed(error);
    }
    if (isPromiseLike(result)) {
      return result.then((arrived) => {
        this.#accept(order, head, arrived);
      }, failed);
    }
    this.#accept(order, head, result);
    return undefined;
  }

  #accept(order: number, head: Head<T> | undefined, result: IteratorResult<T>): void {
    if (result.done === true) {
      this.#iterators[order] = undefined;
      if (head !== undefined) this.#heads.pop();
      return;
    }
    const item = result.value;
    const time = this.#timeOf(item);
    if (head === undefined) {
      this.#heads.push({ order, item, time });
      return;
    }
    head.item = item;
    head.time = time;
    this.#heads.settleTop();
  }

  #take(): IteratorResult<readonly T[]> {
    const head = (this.#spent = this.#heads.peek());
    if (head === undefined) return { done: true, value: undefined };
    return { done: false, value: [head.item] };
  }

  #fail(error: unknown): never {
    try {
      this.return();
    } catch {
      // The error at hand came first: it is the one to tell.
    }
    throw error;
  }
}
