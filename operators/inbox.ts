import { OptionError, OverflowError } from './errors';
import { Ring } from './ring';

/**
 * What a full buffer does with one more item:
 * `error` fails, `dropOldest` and `dropLatest` drop, `conflate` drops the oldest waiting item of the
 * same key (where none waits, the oldest of all), so that order is kept.
 */
export type Overflow = 'error' | 'dropOldest' | 'dropLatest' | 'conflate';

export const DEFAULT_CAPACITY = 1_048_576;

export interface InboxOptions<T> {
  /** How many items may wait: a whole number of at least 1, or Infinity. */
  readonly capacity?: number;
  readonly overflow?: Overflow;
  /** Needed by `conflate`. */
  readonly keyOf?: (item: T) => string;
  /** Named by the overflow error. */
  readonly edge?: string;
}

/** A bounded first-in-first-out buffer. */
export interface Inbox<T> {
  readonly length: number;
  peek(): T | undefined;
  shift(): T | undefined;
  /** Throws an `OverflowError` if the inbox is full and that is its policy: the item is not in it then. */
  push(item: T): void;
  clear(): void;
}

/**
 * Throws an `OptionError` where the options make no sense.
 *
 * @param dropped Called with each item that had to go, which may be the very one that was pushed.
 */
export function createInbox<T>(options: InboxOptions<T>, dropped: (item: T) => void): Inbox<T> {
  const { capacity = DEFAULT_CAPACITY, overflow = 'error', keyOf, edge = 'inbox' } = options;
  if (!(capacity >= 1) || (capacity !== Infinity && !Number.isInteger(capacity))) {
    throw new OptionError('capacity', capacity, 'a whole number of at least 1, or Infinity');
  }
  if (overflow === 'conflate') {
    if (keyOf === undefined) throw new OptionError('keyOf', keyOf, 'given for overflow: conflate');
    return new ConflatingInbox(capacity, keyOf, dropped);
  }
  return new RingInbox(capacity, overflow, edge, dropped);
}

class RingInbox<T> implements Inbox<T> {
  readonly #ring = new Ring<T>();
  readonly #capacity: number;
  readonly #overflow: Exclude<Overflow, 'conflate'>;
  readonly #edge: string;
  readonly #dropped: (item: T) => void;

  constructor(
    capacity: number,
    overflow: Exclude<Overflow, 'conflate'>,
    edge: string,
    dropped: (item: T) => void,
  ) {
    this.#capacity = capacity;
    this.#overflow = overflow;
    this.#edge = edge;
    this.#dropped = dropped;
  }

  get length(): number {
    return this.#ring.length;
  }

  peek(): T | undefined {
    return this.#ring.peek();
  }

  shift(): T | undefined {
    return this.#ring.shift();
  }

  push(item: T): void {
    if (this.#ring.length < this.#capacity) {
      this.#ring.push(item);
      return;
    }
    if (this.#overflow === 'error') throw new OverflowError(this.#edge, this.#ring.length);
    if (this.#overflow === 'dropLatest') {
      this.#dropped(item);
      return;
    }
    const oldest = this.#ring.shift() as T;
    this.#ring.push(item);
    this.#dropped(oldest);
  }

  clear(): void {
    this.#ring.clear();
  }
}

interface Waiting<T> {
  readonly item: T;
  readonly key: string;
  previous: Waiting<T> | undefined;
  next: Waiting<T> | undefined;
}

/** A linked list, because items leave it from the middle. */
class ConflatingInbox<T> implements Inbox<T> {
  #first: Waiting<T> | undefined;
  #last: Waiting<T> | undefined;
  #length = 0;
  readonly #byKey = new Map<string, Ring<Waiting<T>>>();
  readonly #capacity: number;
  readonly #keyOf: (item: T) => string;
  readonly #dropped: (item: T) => void;

  constructor(capacity: number, keyOf: (item: T) => string, dropped: (item: T) => void) {
    this.#capacity = capacity;
    this.#keyOf = keyOf;
    this.#dropped = dropped;
  }

  get length(): number {
    return this.#length;
  }

  peek(): T | undefined {
    return this.#first?.item;
  }

  shift(): T | undefined {
    return this.#first === undefined ? undefined : this.#remove(this.#first);
  }

  push(item: T): void {
    const key = this.#keyOf(item);
    if (this.#length < this.#capacity) {
      this.#append(item, key);
      return;
    }
    const oldest = this.#first as Waiting<T>;
    const superseded = this.#byKey.get(key)?.peek() ?? oldest;
    this.#remove(superseded);
    this.#append(item, key);
    this.#dropped(superseded.item);
  }

  clear(): void {
    this.#first = undefined;
    this.#last = undefined;
    this.#length = 0;
    this.#byKey.clear();
  }

  #append(item: T, key: string): void {
    const waiting: Waiting<T> = { item, key, previous: this.#last, next: undefined };
    if (this.#last === undefined) this.#first = waiting;
    else this.#last.next = waiting;
    this.#last = waiting;
    this.#length += 1;
    let ofKey = this.#byKey.get(key);
    if (ofKey === undefined) this.#byKey.set(key, (ofKey = new Ring()));
    ofKey.push(waiting);
  }

  /** Only ever called with the oldest of its key: the first of all is that too. */
  #remove(waiting: Waiting<T>): T {
    const { item, key, previous, next } = waiting;
    if (previous === undefined) this.#first = next;
    else previous.next = next;
    if (next === undefined) this.#last = previous;
    else next.previous = previous;
    this.#length -= 1;
    const ofKey = this.#byKey.get(key) as Ring<Waiting<T>>;
    ofKey.shift();
    if (ofKey.length === 0) this.#byKey.delete(key);
    return item;
  }
}
