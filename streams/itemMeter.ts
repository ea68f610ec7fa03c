import type { Item } from './item';

/**
 * Is told what each single item cost, for those who want to know more than totals. All times are
 * milliseconds. It is called on the hot path, in part while a stage's time is being measured.
 */
export interface ItemMeter {
  /** The processor has finished an item; watermarks are items too. */
  processed(item: Item, serviceTime: number): void;
  /** An output of the item that was processed last is on its way to analysis. */
  handedOver(update: Item): void;
  /** Within an update: a strategy's part, by its number in the order in which they were given. */
  charged(strategy: number, took: number): void;
  /** Analysis has finished an update. */
  analysed(update: Item, serviceTime: number): void;
}
