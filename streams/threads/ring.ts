import { WaitCell, LINE_BYTES } from './waitCell';

/** How many numbers an entry has, and how many entries fit: a power of two. */
export interface RingShape {
  readonly slots: number;
  readonly doubles: number;
  readonly ints: number;
}

/** What crosses to another thread so that it can make its end of the ring. */
export interface RingMemory extends RingShape {
  readonly buffer: SharedArrayBuffer;
}

/** Published position; finished position and its times; the consumer's wait cell; the producer's. */
const LINES = 4;

export function ringMemory(shape: RingShape): RingMemory {
  const { slots, doubles, ints } = shape;
  if (!Number.isInteger(Math.log2(slots))) throw new RangeError(`${slots} slots: no power of two`);
  const bytes = LINES * LINE_BYTES + slots * (8 * doubles + 4 * ints);
  return { ...shape, buffer: new SharedArrayBuffer(bytes) };
}

/** The cells of a ring, each with one writer, and its entries in columns. */
export class RingCells {
  /** How many entries the producer has published. */
  readonly tail: BigInt64Array;
  /** A producer that sleeps is woken when this many more entries are finished, or all are; written once. */
  readonly step: Int32Array;
  /** How many of them the consumer has finished: their slots may be written again. */
  readonly done: BigInt64Array;
  /** When the consumer finished the last of them, in milliseconds; written before `done`. */
  readonly finishedAt: Float64Array;
  /** When it really was: the time of its clock just then, hand-over and wake-up included. */
  readonly seenAt: Float64Array;
  /** Notified when there is something for the consumer. */
  readonly consumer: WaitCell;
  /** Notified when the consumer has finished something. */
  readonly producer: WaitCell;
  readonly doubles: readonly Float64Array[];
  readonly ints: readonly Int32Array[];
  readonly mask: number;

  constructor({ buffer, slots, doubles, ints }: RingMemory) {
    this.tail = new BigInt64Array(buffer, 0, 1);
    this.step = new Int32Array(buffer, 8, 1);
    this.done = new BigInt64Array(buffer, LINE_BYTES, 1);
    this.finishedAt = new Float64Array(buffer, LINE_BYTES + 8, 1);
    this.seenAt = new Float64Array(buffer, LINE_BYTES + 16, 1);
    this.consumer = new WaitCell(new Int32Array(buffer, 2 * LINE_BYTES, 1));
    this.producer = new WaitCell(new Int32Array(buffer, 3 * LINE_BYTES, 1));
    const start = LINES * LINE_BYTES;
    this.doubles = Array.from(
      { length: doubles },
      (_, column) => new Float64Array(buffer, start + column * slots * 8, slots),
    );
    this.ints = Array.from(
      { length: ints },
      (_, column) =>
        new Int32Array(buffer, start + doubles * slots * 8 + column * slots * 4, slots),
    );
    this.mask = slots - 1;
  }
}
