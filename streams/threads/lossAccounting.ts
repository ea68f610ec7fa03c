import type { SchedulerLike } from 'rxjs';
import { EdgeEventBatcher } from '../../operators/kernel/edgeEventBatcher';
import type { EdgeEventBatcherOptions } from '../../operators/kernel/edgeEventBatcher';
import { EdgeRule } from '../../operators/kernel/station';
import { isBar, symbolOf } from '../bars/item';
import type { Item } from '../bars/item';

export interface LossAccountingOptions extends EdgeEventBatcherOptions {
  readonly scheduler: SchedulerLike;
  /** Nothing counts as due before that, in milliseconds of the run. */
  readonly dueFloor: () => number;
}

/** Items that a sender gave up: they never reach the consumer, whose tracker would have counted them. */
export class LossAccounting {
  readonly #rule = new EdgeRule();
  readonly #scheduler: SchedulerLike;
  readonly #dueFloor: () => number;
  readonly #batcher: EdgeEventBatcher;

  constructor(options: LossAccountingOptions) {
    this.#scheduler = options.scheduler;
    this.#dueFloor = options.dueFloor;
    this.#batcher = new EdgeEventBatcher(options);
  }

  open(onError: (error: unknown) => void): void {
    this.#batcher.open(onError);
  }

  close(): void {
    this.#batcher.close();
  }

  /** Any item is offered, lost or not: what is lost later is judged by it. */
  offer(item: Item, ready: boolean): void {
    this.#rule.offer(item.due, ready, this.#dueFloor());
  }

  /** It was offered, found others waiting, and had to go. */
  drop(item: Item): void {
    if (!isBar(item)) return;
    this.#batcher.add('overrun', symbolOf(item), this.#scheduler.now());
    this.#add(item, 'dropped');
  }

  /** It had no room, or still waited when the run was stopped. */
  discard(item: Item): void {
    if (isBar(item)) this.#add(item, 'discarded');
  }

  #add(item: Item, type: 'dropped' | 'discarded'): void {
    const at = this.#scheduler.now();
    const key = symbolOf(item);
    const judgement = this.#rule.offer(item.due, false, this.#dueFloor());
    this.#batcher.deliver(key, at, judgement);
    this.#batcher.add(type, key, at);
  }
}
