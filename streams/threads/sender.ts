import { OverflowError } from '../../operators';
import type { Overflow } from '../../operators';
import { createBoundedBuffer } from '../../operators/kernel/boundedBuffer';
import { isAfter } from '../../operators/kernel/station';
import type { Bar } from '../bars/bar';
import type { EdgeName } from '../events';
import { isBar, symbolOf } from '../bars/item';
import type { Item } from '../bars/item';
import { writeEnd, writeItem } from './itemColumns';
import { LossAccounting } from './lossAccounting';
import type { LossAccountingOptions } from './lossAccounting';
import { remoteReadiness } from './remoteReadiness';
import type { RemoteReadiness } from './remoteReadiness';
import type { RingMemory } from './ring';
import { RowBacklog } from './rowBacklog';
import type { Backlog } from './rowBacklog';
import { RingWriter } from './ringWriter';
import type { ThreadInstrument } from './threadInstrument';

interface SenderOptions extends Pick<
  LossAccountingOptions,
  'events' | 'batch' | 'scheduler' | 'dueFloor'
> {
  readonly ring: RingMemory;
  readonly edge: EdgeName;
  /** How many items may wait on their way to the consumer, and what is done with one more. */
  readonly capacity: number;
  readonly overflow?: Overflow | undefined;
  /** While the gate is active: how many items may be unfinished before it holds. */
  readonly demand: number;
  /** Whether the gate before it is active: then it is ready as long as there is credit. */
  readonly isGated: () => boolean;
  /** Called with an unfinished bar before its entry is published. */
  readonly onUnfinished: (bar: Bar) => void;
  readonly onHandOver?: ThreadInstrument['onHandOver'];
  /** Called with each item that had to go. */
  readonly onDrop?: (item: Item) => void;
}

/**
 * The producer's end of an edge between two threads. The ring is the consumer's inbox; what does not
 * fit waits before it, where the inbox's policy can still reach it.
 */
export class Sender {
  /** How many items of each symbol went to the consumer. */
  readonly sent = new Map<string, number>();
  readonly #consumer: RemoteReadiness;
  readonly #options: SenderOptions;
  readonly #ring: RingWriter;
  readonly #waiting: Backlog;
  /** How many items may be unfinished on credit. */
  readonly #credit: number;
  readonly #losses: LossAccounting;
  #ended = false;
  #endWritten = false;
  #onEmpty: () => void = () => undefined;
  #watching = false;
  #publishing = false;

  constructor(options: SenderOptions) {
    const { ring, capacity, overflow = 'error', edge, demand } = options;
    this.#options = options;
    const inRing = entriesInRing(ring.slots, capacity, overflow);
    this.#credit = Math.min(demand, inRing);
    this.#ring = new RingWriter(ring, inRing, this.#credit >> 1);
    this.#losses = new LossAccounting(options);
    // One is in service, and not waiting.
    const rest = Math.max(1, capacity - inRing + 1);
    this.#waiting =
      overflow === 'error'
        ? new RowBacklog(rest, edge)
        : createBoundedBuffer<Item>(
            { capacity: rest, overflow, edge, keyOf: symbolOf, isCounted: isBar },
            (item) => {
              this.#losses.drop(item);
              options.onDrop?.(item);
            },
          );
    this.#consumer = remoteReadiness(
      () => this.#hasCredit(this.#credit - 1),
      () => {
        this.#watching = true;
        this.#sleep();
      },
    );
  }

  /** Whether there is credit: the consumer may be behind by this many items, and no more. */
  get readiness(): RemoteReadiness['readiness'] {
    return this.#consumer.readiness;
  }

  open(onError: (error: unknown) => void): void {
    this.#losses.open(onError);
  }

  close(): void {
    this.#losses.close();
  }

  /** Everything that was handed over is finished. */
  isDrained(): boolean {
    return this.#waiting.length === 0 && this.#ring.isDrained();
  }

  /** Throws an `OverflowError` where there is no room and that is the policy. */
  push(item: Item): void {
    const onCredit = this.#options.isGated();
    const ready = onCredit || this.#isReadyAt(item.offered);
    this.#losses.offer(item, ready);
    if (isBar(item)) this.#options.onHandOver?.(ready);
    // Nobody may have been woken yet for a little room.
    while (this.#waiting.length > 0 && this.#ring.hasRoom()) {
      this.#write(this.#waiting.shift() as Item);
    }
    if (this.#waiting.length === 0 && this.#ring.hasRoom()) {
      this.#write(item, onCredit);
      return;
    }
    try {
      this.#waiting.push(item);
    } catch (error) {
      if (error instanceof OverflowError) this.#losses.discard(item);
      throw error;
    }
    this.#sleep();
  }

  /**
   * Nothing comes any more; the consumer hears of it when all before is taken.
   *
   * @param onEmpty called when nothing waits here any more
   */
  end(onEmpty: () => void): void {
    this.#ended = true;
    this.#onEmpty = onEmpty;
    this.#refill();
  }

  publish(): void {
    this.#ring.publish();
  }

  /** What waits is given up. */
  discard(): void {
    while (this.#waiting.length > 0) this.#losses.discard(this.#waiting.shift() as Item);
    this.#waiting.clear();
  }

  #hasCredit(unfinished: number): boolean {
    return this.#waiting.length === 0 && this.#ring.hasAtMost(unfinished);
  }

  /** What the cell says of the time of an offer, with all that it took items to get there. */
  #isReadyAt(offered: number): boolean {
    return this.isDrained() && !isAfter(this.#ring.cells.seenAt[0] as number, offered);
  }

  #write(item: Item, onCredit = false): void {
    if (item.bar?.complete === false) this.#options.onUnfinished(item.bar);
    if (item.bar !== undefined) {
      const { symbol } = item.bar;
      this.sent.set(symbol, (this.sent.get(symbol) ?? 0) + 1);
    }
    writeItem(this.#ring.cells, this.#ring.slot, item, onCredit);
    this.#ring.advance();
    this.#publishSoon();
  }

  /** Published when the batch is full, or else when the producer has nothing more to do. */
  #publishSoon(): void {
    if (this.#publishing || this.#ring.unpublished === 0) return;
    this.#publishing = true;
    queueMicrotask(() => {
      this.#publishing = false;
      this.#ring.publish();
    });
  }

  #refill(): void {
    while (this.#waiting.length > 0 && this.#ring.hasRoom()) {
      this.#write(this.#waiting.shift() as Item);
    }
    if (this.#ended && !this.#endWritten && this.#waiting.length === 0 && this.#ring.hasRoom()) {
      this.#endWritten = true;
      writeEnd(this.#ring.cells, this.#ring.slot);
      this.#ring.advance();
      this.#publishSoon();
      this.#onEmpty();
      return;
    }
    if (this.#waits()) this.#sleep();
  }

  #waits(): boolean {
    return this.#waiting.length > 0 || (this.#ended && !this.#endWritten);
  }

  /** Until there is room for what waits, or half of the credit is back and somebody wants to know. */
  #sleep(): void {
    const isTime = (): boolean =>
      (this.#watching && this.#hasCredit(this.#credit >> 1)) ||
      (this.#waits() && this.#ring.hasRoom());
    this.#ring.publish();
    const asleep = this.#ring.cells.producer.sleep(isTime, this.#look);
    if (!asleep) queueMicrotask(this.#look);
  }

  readonly #look = (): void => {
    this.#refill();
    if (!this.#watching) return;
    if (!this.#hasCredit(this.#credit >> 1)) {
      this.#sleep();
      return;
    }
    this.#watching = false;
    this.#consumer.notify();
  };
}

/** What may be dropped has to wait where it can be reached: then little is in the ring. */
function entriesInRing(slots: number, capacity: number, overflow: Overflow): number {
  const reachable = overflow === 'dropOldest' || overflow === 'conflate';
  return Math.max(1, Math.min(slots, reachable ? capacity >> 3 : capacity));
}
