import type { Item } from '../bars/item';
import { ITEM_COLUMNS, readItem, writeItem } from './itemColumns';
import type { ItemCells, Rows } from './itemColumns';

/** Items on their way to another thread in one message: references to rows, as in a ring. */
export interface ItemBatch extends ItemCells {
  readonly length: number;
}

export function itemBatch(items: readonly Item[]): ItemBatch {
  const { length } = items;
  const { doubles, ints } = ITEM_COLUMNS;
  const batch = {
    length,
    doubles: Array.from({ length: doubles }, () => new Float64Array(length)),
    ints: Array.from({ length: ints }, () => new Int32Array(length)),
  };
  items.forEach((item, slot) => {
    writeItem(batch, slot, item, false);
  });
  return batch;
}

export function* itemsIn(batch: ItemBatch, rows: Rows): Generator<Item> {
  for (let slot = 0; slot < batch.length; slot += 1) {
    const item = readItem(batch, slot, rows);
    if (item !== undefined) yield item;
  }
}
