import type { Item } from '../bars/item';
import type { ServedStage } from '../topology';

/**
 * Is informed of what each single item cost, for those who want to know more than totals. All times are
 * milliseconds. It is called on the hot path, in part while a stage's time is being measured.
 */
export interface ItemMeter {
  /** The processor has finished an item; watermarks are items too. */
  onProcessed(item: Item, serviceTime: number): void;
  /** An output of the item that was processed last is on its way to analysis. */
  onHandOver(update: Item): void;
  /** Within an update: a strategy's part, by its number in the order in which they were given. */
  onCharge(strategy: number, took: number): void;
  /** Within an update: for so long a strategy was awaited. */
  onAwaited?(ms: number): void;
  /** The inbox before a stage dropped an item, which is never served. */
  onDropped?(item: Item, stage: ServedStage): void;
  /** Analysis has finished an update. */
  onAnalyzed(update: Item, serviceTime: number): void;
}
