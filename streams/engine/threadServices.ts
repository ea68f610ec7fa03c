/**
 * When other stages were served on the coordinator's thread: a release that waits for one of their
 * services is not late by the coordinator's own work.
 */
export class ThreadServices {
  /** Ends of services, and all work up to each; those before the latest due time are let go. */
  #ends: number[] = [];
  #sums: number[] = [];
  #first = 0;
  #total = 0;
  /** Of what was let go. */
  #before = 0;

  /** A service is over at `now`, which took this many milliseconds. */
  add(now: number, took: number): void {
    this.#total += took;
    this.#ends.push(now);
    this.#sums.push(this.#total);
  }

  /**
   * How late a release at `at` is, without the services since it was due; 0 where those are at least
   * half of it. Due times never fall.
   */
  ownLag(due: number, at: number): number {
    while (this.#first < this.#ends.length && (this.#ends[this.#first] as number) <= due) {
      this.#before = this.#sums[this.#first] as number;
      this.#first += 1;
    }
    if (this.#first > 1_024 && this.#first * 2 > this.#ends.length) {
      this.#ends = this.#ends.slice(this.#first);
      this.#sums = this.#sums.slice(this.#first);
      this.#first = 0;
    }
    const served = this.#total - this.#before;
    const lag = at - due;
    // What little time passes between services belongs to them where they hold up most.
    return lag > 2 * served ? lag - served : 0;
  }
}
