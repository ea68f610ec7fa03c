/** Finished entries are removed when there are this many. */
const KEPT = 64;

/** Signals that strategies have given and the stage has not emitted yet, in order: whose each is. */
export class PendingSignals {
  readonly #entries: { readonly strategy: number; left: number }[] = [];
  #first = 0;

  add(strategy: number, count: number): void {
    this.#entries.push({ strategy, left: count });
  }

  /** The stage has emitted the next one; returns the number of its strategy, undefined where none was pending. */
  shift(): number | undefined {
    const next = this.#entries[this.#first];
    if (next === undefined) return undefined;
    next.left -= 1;
    if (next.left === 0) this.#advance();
    return next.strategy;
  }

  #advance(): void {
    this.#first += 1;
    if (this.#first < KEPT) return;
    this.#entries.splice(0, this.#first);
    this.#first = 0;
  }
}
