import { Subscription } from 'rxjs';
import { Clock, FOREVER } from './clock';

/** How long the clock keeps the event loop at a time, in milliseconds. */
const SLICE = 10;

/**
 * A clock that stands still while code runs and jumps from one scheduled action to the next when
 * none does: a day passes in the CPU time that its work costs. `serve` lets measured service times
 * move it.
 *
 * It drives itself, asynchronously: actions run as soon as the code that scheduled them has
 * returned, in slices that leave room for input, output and signals. While somebody holds it, it
 * stands still: that is how work outside of it, a file being read or a promise, keeps it from
 * passing over what is yet to be scheduled.
 *
 * An error that an action throws is thrown to the event loop, as an unhandled one.
 *
 * @example
 * const clock = new VirtualClock();
 * timer(86_400_000, clock).subscribe(() => console.log(clock.now()));
 * // 86400000   at once
 */
export class VirtualClock extends Clock {
  #now = 0;
  #holds = 0;
  #awake = false;
  #sliceStart = -Infinity;

  now(): number {
    return this.#now;
  }

  /** The clock stands still until the returned subscription is closed. */
  hold(): Subscription {
    this.#holds += 1;
    return new Subscription(() => {
      this.#holds -= 1;
      this.wake();
    });
  }

  protected wake(): void {
    if (this.#awake || this.#holds > 0 || this.nextAt() === FOREVER) return;
    this.#awake = true;
    if (performance.now() - this.#sliceStart < SLICE) queueMicrotask(this.#run);
    else setImmediate(this.#runSlice);
  }

  readonly #runSlice = (): void => {
    this.#sliceStart = performance.now();
    this.#run();
  };

  readonly #run = (): void => {
    try {
      for (let steps = 1; this.#holds === 0; steps += 1) {
        const at = this.nextAt();
        if (at === FOREVER) break;
        if ((steps & 15) === 0 && performance.now() - this.#sliceStart >= SLICE) break;
        if (at > this.#now) this.#now = at;
        this.step();
      }
    } finally {
      this.#awake = false;
      this.wake();
    }
  };
}
