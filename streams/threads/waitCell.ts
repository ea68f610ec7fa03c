/// <reference lib="es2024.sharedmemory" />

/** Shared cells that different threads write lie this many bytes apart, or they slow each other down. */
export const LINE_BYTES = 128;

/**
 * Wakes a thread that sleeps. The cell is 1 while the sleeper wants to be woken; anyone who rings sets
 * it back to 0 first, so that of a thousand occasions only one costs a notification.
 */
export class WaitCell {
  readonly #cell: Int32Array;
  #asleep = false;

  constructor(cell: Int32Array) {
    this.#cell = cell;
  }

  notify(): void {
    if (Atomics.load(this.#cell, 0) !== 1) return;
    if (Atomics.compareExchange(this.#cell, 0, 1, 0) === 1) Atomics.notify(this.#cell, 0);
  }

  /**
   * Goes to sleep unless `ready()`, which is asked after the sleeper has said that it wants to be
   * woken: what happens in between is not slept through. Calls `woken` later, once.
   *
   * @returns whether it sleeps; false means that there is something to do now
   */
  sleep(ready: () => boolean, woken: () => void): boolean {
    if (this.#asleep) return !ready();
    Atomics.store(this.#cell, 0, 1);
    if (ready()) {
      Atomics.store(this.#cell, 0, 0);
      return false;
    }
    const { async: later, value } = Atomics.waitAsync(this.#cell, 0, 1);
    if (!later) return false;
    this.#asleep = true;
    void value.then(() => {
      this.#asleep = false;
      woken();
    });
    return true;
  }
}
