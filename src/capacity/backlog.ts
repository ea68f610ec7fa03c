const LEAST = 1024;

/**
 * How many items wait at once, at most: for each one it is asked whether as many as never before
 * do, so it takes one look back, and as much memory as the deepest backlog.
 */
export class Backlog {
  /** When the latest items were or will be served, in order of their coming; a power of two of them. */
  #starts = new Float64Array(LEAST).fill(-Infinity);
  #next = 0;
  #deepest = 0;

  get deepest(): number {
    return this.#deepest;
  }

  /** An item comes at `at` whose service starts at `start`, not before that of those before it. */
  add(at: number, start: number): void {
    const starts = this.#starts;
    const mask = starts.length - 1;
    const number = this.#next;
    starts[number & mask] = start;
    this.#next = number + 1;
    if ((starts[(number - this.#deepest) & mask] as number) > at) {
      this.#deepest += 1;
      if (this.#deepest === mask) this.#grow();
    }
  }

  #grow(): void {
    const { length } = this.#starts;
    const longer = new Float64Array(length * 2).fill(-Infinity);
    for (let back = 1; back <= length; back += 1) {
      const number = this.#next - back;
      longer[number & (length * 2 - 1)] = this.#starts[number & (length - 1)] as number;
    }
    this.#starts = longer;
  }
}
