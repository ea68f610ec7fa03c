/** Milliseconds before the first attempt to connect anew, and at most. */
const FIRST_MS = 1_000;
const LONGEST_MS = 16_000;

/**
 * How long to wait before each further attempt to connect: twice as long each time, with a random half,
 * so that clients that were cut off together do not come back together.
 */
export class Backoff {
  readonly #random: () => number;
  #attempts = 0;

  constructor(random: () => number = Math.random) {
    this.#random = random;
  }

  /** Milliseconds; `isBusy` where the server requested patience. */
  next(isBusy = false): number {
    const longest = isBusy ? LONGEST_MS : Math.min(FIRST_MS * 2 ** this.#attempts, LONGEST_MS);
    this.#attempts += 1;
    return longest / 2 + (longest / 2) * this.#random();
  }

  /** The connection holds. */
  reset(): void {
    this.#attempts = 0;
  }
}
