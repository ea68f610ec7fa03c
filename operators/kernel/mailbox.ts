/**
 * Work that has to be done one after another: what is asked for from within other work (an observer
 * that answers an event, say) waits until that is over.
 */
export class Mailbox {
  readonly #waiting: (() => void)[] = [];
  #depth = 0;

  /** Does the work at once, or after what is under way. */
  post(work: () => void): void {
    this.#waiting.push(work);
    this.#next();
  }

  /** Does the work at once; what `take` is asked for meanwhile waits. */
  run(work: () => void): void {
    this.#depth += 1;
    try {
      work();
    } finally {
      this.#depth -= 1;
      this.#next();
    }
  }

  #next(): void {
    while (this.#depth === 0) {
      const work = this.#waiting.shift();
      if (work === undefined) return;
      this.run(work);
    }
  }
}
