import { RingCells } from './ring';
import type { RingMemory } from './ring';
import { BATCH } from './ringWriter';

/** The consumer's end of a ring with one producer and one consumer. */
export class RingReader {
  readonly cells: RingCells;
  #taken = 0;
  #finished = 0;
  #published = 0;
  #notified = 0;
  #tail = 0;

  constructor(memory: RingMemory) {
    this.cells = new RingCells(memory);
  }

  /** How many entries can be taken, as far as is known; none means that there was none just now. */
  available(): number {
    if (this.#tail === this.#taken) this.#tail = Number(Atomics.load(this.cells.tail, 0));
    return this.#tail - this.#taken;
  }

  /** Index of the slot to read the next entry from; there must be one. */
  get slot(): number {
    return this.#taken & this.cells.mask;
  }

  /** The entry is read. It keeps its slot until it is finished. */
  take(): void {
    this.#taken += 1;
  }

  /** The oldest unfinished entry is finished, `at` a time of the clock that all threads share, which says `now`. */
  finish(at: number, now = at): void {
    this.#finished += 1;
    this.cells.finishedAt[0] = at;
    this.cells.seenAt[0] = now;
    if (this.#finished === this.#tail || this.#finished - this.#published >= BATCH) this.publish();
  }

  /**
   * What is finished becomes visible to the producer. One that sleeps is woken when all is finished,
   * or a step of it: it would fill a little room and sleep again.
   */
  publish(): void {
    if (this.#published === this.#finished) return;
    this.#published = this.#finished;
    Atomics.store(this.cells.done, 0, BigInt(this.#finished));
    if (!this.#hasFinishedAll() && !this.#hasFinishedStep()) return;
    this.#notified = this.#finished;
    this.cells.producer.notify();
  }

  #hasFinishedAll(): boolean {
    if (this.#finished !== this.#tail) return false;
    this.#tail = Number(Atomics.load(this.cells.tail, 0));
    return this.#finished === this.#tail;
  }

  #hasFinishedStep(): boolean {
    return this.#finished - this.#notified >= Atomics.load(this.cells.step, 0);
  }
}
