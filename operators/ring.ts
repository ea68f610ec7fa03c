/** A growing first-in-first-out queue: constant time at both ends, nothing kept of what left. */
export class Ring<T> {
  #slots: (T | undefined)[];
  #mask: number;
  #head = 0;
  #length = 0;

  constructor() {
    this.#slots = new Array<T | undefined>(16);
    this.#mask = 15;
  }

  get length(): number {
    return this.#length;
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
    return item;
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
