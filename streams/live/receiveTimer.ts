import type { Micros } from '../bars/bar';

/** A timer of the platform can wait no longer, in milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1;

/** Fires once at a receive time, at the earliest of those that it was armed with; never early. */
export class ReceiveTimer {
  readonly #now: () => Micros;
  readonly #onTimer: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #firesAt: Micros = Infinity;

  constructor(now: () => Micros, onTimer: () => void) {
    this.#now = now;
    this.#onTimer = onTimer;
  }

  arm(at: Micros): void {
    if (at >= this.#firesAt) return;
    this.#firesAt = at;
    this.#wait();
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#firesAt = Infinity;
  }

  #wait(): void {
    clearTimeout(this.#timer);
    const at = this.#firesAt;
    const wait = Math.max(0, Math.ceil((at - this.#now()) / 1_000));
    this.#timer = setTimeout(this.#fire, Math.min(wait, LONGEST_TIMER));
  }

  readonly #fire = (): void => {
    if (this.#now() < this.#firesAt) {
      this.#wait();
      return;
    }
    this.#firesAt = Infinity;
    this.#onTimer();
  };
}
