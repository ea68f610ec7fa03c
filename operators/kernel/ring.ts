const FEWEST = 16;

/** An array larger than this is let go when the queue runs empty. */
const KEPT = 65_536;

/** A growing first-in-first-out queue: constant time at both ends, nothing kept of what left. */
export class Ring<T> {
  #slots = new Array<T | undefined>(FEWEST);
  #mask = FEWEST - 1;
  #head = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** How many items fit before the queue has to grow. */
  get room(): number {
    return this.#slots.length;
  }

  push(item: T): void {
    if (this.#length > this.#mask) this.#grow();
    this.#slots[(this.#head + this.#length) & this.#mask] = item;
    this.#length += 1;
  }

  /** The oldest item, which stays; undefined if there is none. */
  peek(): T | undefined {
    return this.#slots[this.#head];
  }

  /** Takes the oldest item; undefined if there is none. */
  shift(): T | undefined {
    if (this.#length === 0) return undefined;
    const item = this.#slots[this.#head];
    this.#slots[this.#head] = undefined;
    this.#head = (this.#head + 1) & this.#mask;
    this.#length -= 1;
    if (this.#length === 0 && this.#slots.length > KEPT) this.clear();
    return item;
  }

  clear(): void {
    this.#slots = new Array<T | undefined>(FEWEST);
    this.#mask = FEWEST - 1;
    this.#head = 0;
    this.#length = 0;
  }

  #grow(): void {
    const from = this.#slots;
    const to = new Array<T | undefined>(from.length * 2);
    for (let i = 0; i < this.#length; i += 1) to[i] = from[(this.#head + i) & this.#mask];
    this.#slots = to;
    this.#mask = to.length - 1;
    this.#head = 0;
  }
}
