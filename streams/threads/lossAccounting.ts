import type { SchedulerLike } from 'rxjs';
import { EdgeEventBatcher } from '../../operators/kernel/edgeEventBatcher';
import type { EdgeEventBatcherOptions } from '../../operators/kernel/edgeEventBatcher';
import { isBar, symbolOf } from '../bars/item';
import type { Item } from '../bars/item';

export interface LossAccountingOptions extends EdgeEventBatcherOptions {
  readonly scheduler: SchedulerLike;
}

/** Items that a sender gave up: they never reach the consumer, whose tracker would have counted them. */
export class LossAccounting {
  readonly #scheduler: SchedulerLike;
  readonly #tally: EdgeEventBatcher;

  constructor(options: LossAccountingOptions) {
    this.#scheduler = options.scheduler;
    this.#tally = new EdgeEventBatcher(options);
  }

  open(failed: (error: unknown) => void): void {
    this.#tally.open(failed);
  }

  close(): void {
    this.#tally.close();
  }

  /** It was offered, found others waiting, and had to go. */
  dropped(item: Item): void {
    if (!isBar(item)) return;
    this.#tally.add('overrun', symbolOf(item), this.#scheduler.now());
    this.#add(item, 'dropped');
  }

  /** It had no room, or still waited when the run was stopped. */
  discarded(item: Item): void {
    if (isBar(item)) this.#add(item, 'discarded');
  }

  #add(item: Item, type: 'dropped' | 'discarded'): void {
    const at = this.#scheduler.now();
    const key = symbolOf(item);
    this.#tally.add('backpressure', key, at);
    this.#tally.add('delivered', key, at);
    this.#tally.add(type, key, at);
  }
}
