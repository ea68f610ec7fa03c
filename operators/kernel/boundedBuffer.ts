import { OptionError, OverflowError } from '../errors';
import { Ring } from './ring';

/**
 * What a full buffer does with one more item:
 * `error` fails, `dropOldest` and `dropLatest` drop, `conflate` drops the oldest waiting item of the
 * same key (where none waits, the oldest of all), so that order is kept. `latest` keeps the latest item of
 * each key, full or not, in the place of the one before; what is full drops the oldest.
 */
export type Overflow = (typeof OVERFLOWS)[number];

const OVERFLOWS = ['error', 'dropOldest', 'dropLatest', 'conflate', 'latest'] as const;

export const DEFAULT_CAPACITY = 1_048_576;

export interface BufferOptions<T> {
  /** How many items may wait: a whole number of at least 1, or Infinity. */
  readonly capacity?: number;
  readonly overflow?: Overflow;
  /** Needed by `conflate` and `latest`. */
  readonly keyOf?: (item: T) => string;
  /** False for an item that is none to count: it takes no room, and is never dropped. */
  readonly isCounted?: (item: T) => boolean;
  /** Named by the overflow error. */
  readonly edge?: string;
}

/** A bounded first-in-first-out buffer. */
export interface BoundedBuffer<T> {
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
export function createBoundedBuffer<T>(
  options: BufferOptions<T>,
  dropped: (item: T) => void,
): BoundedBuffer<T> {
  const { capacity = DEFAULT_CAPACITY, overflow = 'error', edge = 'inbox' } = options;
  const { keyOf, isCounted } = options;
  if (!(capacity >= 1) || (capacity !== Infinity && !Number.isInteger(capacity))) {
    throw new OptionError('capacity', capacity, 'a whole number of at least 1, or Infinity');
  }
  if (!OVERFLOWS.includes(overflow)) {
    throw new OptionError('overflow', overflow, `one of ${OVERFLOWS.join(', ')}`);
  }
  if (overflow === 'conflate' || overflow === 'latest') {
    if (keyOf === undefined) {
      throw new OptionError('keyOf', keyOf, `given for overflow: ${overflow}`);
    }
    return new ConflatingBuffer(capacity, keyOf, dropped, isCounted, overflow === 'latest');
  }
  if (overflow === 'dropOldest' && isCounted !== undefined) {
    return new ConflatingBuffer(capacity, () => '', dropped, isCounted);
  }
  return new RingBuffer(capacity, overflow, edge, dropped, isCounted);
}

class RingBuffer<T> implements BoundedBuffer<T> {
  readonly #ring = new Ring<T>();
  readonly #capacity: number;
  readonly #overflow: 'error' | 'dropOldest' | 'dropLatest';
  readonly #edge: string;
  readonly #dropped: (item: T) => void;
  readonly #isCounted: ((item: T) => boolean) | undefined;
  /** Items that take no room. */
  #uncounted = 0;

  constructor(
    capacity: number,
    overflow: 'error' | 'dropOldest' | 'dropLatest',
    edge: string,
    dropped: (item: T) => void,
    isCounted: ((item: T) => boolean) | undefined,
  ) {
    this.#isCounted = isCounted;
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
    const item = this.#ring.shift();
    if (this.#uncounted > 0 && this.#isCounted?.(item as T) === false) this.#uncounted -= 1;
    return item;
  }

  push(item: T): void {
    if (this.#isCounted?.(item) === false) {
      this.#uncounted += 1;
      this.#ring.push(item);
      return;
    }
    const taken = this.#ring.length - this.#uncounted;
    if (taken < this.#capacity) {
      this.#ring.push(item);
      return;
    }
    if (this.#overflow === 'error') throw new OverflowError(this.#edge, taken);
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
    this.#uncounted = 0;
  }
}

interface Waiting<T> {
  item: T;
  /** Undefined for an item that takes no room. */
  readonly key: string | undefined;
  previous: Waiting<T> | undefined;
  next: Waiting<T> | undefined;
}

/** A linked list, because items leave it from the middle. */
class ConflatingBuffer<T> implements BoundedBuffer<T> {
  #first: Waiting<T> | undefined;
  #last: Waiting<T> | undefined;
  #length = 0;
  /** Items that take room, and the oldest of them. */
  #taken = 0;
  #oldest: Waiting<T> | undefined;
  readonly #byKey = new Map<string, Ring<Waiting<T>>>();
  readonly #capacity: number;
  readonly #keyOf: (item: T) => string;
  readonly #dropped: (item: T) => void;
  readonly #isCounted: ((item: T) => boolean) | undefined;
  readonly #keepsLatest: boolean;

  constructor(
    capacity: number,
    keyOf: (item: T) => string,
    dropped: (item: T) => void,
    isCounted: ((item: T) => boolean) | undefined,
    keepsLatest = false,
  ) {
    this.#isCounted = isCounted;
    this.#keepsLatest = keepsLatest;
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
    const key = this.#isCounted?.(item) === false ? undefined : this.#keyOf(item);
    if (this.#keepsLatest && key !== undefined) {
      const waiting = this.#byKey.get(key)?.peek();
      if (waiting !== undefined) {
        const before = waiting.item;
        waiting.item = item;
        this.#dropped(before);
        return;
      }
    }
    if (key === undefined || this.#taken < this.#capacity) {
      this.#append(item, key);
      return;
    }
    const oldest = this.#oldest as Waiting<T>;
    const superseded = this.#byKey.get(key)?.peek() ?? oldest;
    this.#remove(superseded);
    this.#append(item, key);
    this.#dropped(superseded.item);
  }

  clear(): void {
    this.#first = undefined;
    this.#last = undefined;
    this.#length = 0;
    this.#taken = 0;
    this.#oldest = undefined;
    this.#byKey.clear();
  }

  #append(item: T, key: string | undefined): void {
    const waiting: Waiting<T> = { item, key, previous: this.#last, next: undefined };
    if (this.#last === undefined) this.#first = waiting;
    else this.#last.next = waiting;
    this.#last = waiting;
    this.#length += 1;
    if (key === undefined) return;
    this.#taken += 1;
    this.#oldest ??= waiting;
    let ofKey = this.#byKey.get(key);
    if (ofKey === undefined) this.#byKey.set(key, (ofKey = new Ring()));
    ofKey.push(waiting);
  }

  /** Only ever called with the oldest of its key, or with one that has none: the first of all is either. */
  #remove(waiting: Waiting<T>): T {
    const { item, key, previous, next } = waiting;
    if (previous === undefined) this.#first = next;
    else previous.next = next;
    if (next === undefined) this.#last = previous;
    else next.previous = previous;
    this.#length -= 1;
    if (key === undefined) return item;
    this.#taken -= 1;
    if (this.#oldest === waiting) this.#oldest = nextWithKey(waiting);
    const ofKey = this.#byKey.get(key) as Ring<Waiting<T>>;
    ofKey.shift();
    if (ofKey.length === 0) this.#byKey.delete(key);
    return item;
  }
}

function nextWithKey<T>(waiting: Waiting<T>): Waiting<T> | undefined {
  let { next } = waiting;
  while (next !== undefined && next.key === undefined) next = next.next;
  return next;
}
