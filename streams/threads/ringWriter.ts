import { RingCells } from './ring';
import type { RingMemory } from './ring';

/** This many entries are published at once, unless the producer idles before. */
export const BATCH = 64;

/** The producer's end of a ring with one producer and one consumer. */
export class RingWriter {
  readonly cells: RingCells;
  readonly #capacity: number;
  #written = 0;
  #published = 0;
  /** As far as was looked last. */
  #done = 0;

  /**
   * @param capacity how many entries may be unfinished, if less than there are slots
   * @param step how many entries are finished before a producer that sleeps is woken
   */
  constructor(memory: RingMemory, capacity = memory.slots, step = capacity >> 1) {
    this.cells = new RingCells(memory);
    this.#capacity = Math.min(capacity, memory.slots);
    Atomics.store(this.cells.step, 0, step);
  }

  get unpublished(): number {
    return this.#written - this.#published;
  }

  hasRoom(): boolean {
    if (this.#written - this.#done < this.#capacity) return true;
    this.#done = Number(Atomics.load(this.cells.done, 0));
    return this.#written - this.#done < this.#capacity;
  }

  /** Whether at most this many entries are unfinished, published or not. */
  hasAtMost(count: number): boolean {
    if (this.#written - this.#done <= count) return true;
    this.#done = Number(Atomics.load(this.cells.done, 0));
    return this.#written - this.#done <= count;
  }

  /** Whether the consumer has finished everything, also what is not yet published. */
  isDrained(): boolean {
    return this.hasAtMost(0);
  }

  /** Index of the slot to write the next entry to; there must be room. */
  get slot(): number {
    return this.#written & this.cells.mask;
  }

  /** The entry is written. */
  advance(): void {
    this.#written += 1;
    if (this.#written - this.#published >= BATCH) this.publish();
  }

  /** Everything written becomes visible, and a consumer that sleeps is woken. */
  publish(): void {
    if (this.#published === this.#written) return;
    this.#published = this.#written;
    Atomics.store(this.cells.tail, 0, BigInt(this.#written));
    this.cells.consumer.notify();
  }
}
