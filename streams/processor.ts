import type { OperatorFunction } from 'rxjs';
import { serve } from '../operators';
import type { ServeOptions } from '../operators';
import { DerivedBars } from './derivedBars';
import type { History } from './history';
import type { Item } from './item';

/**
 * The processor stage: passes base bars on, and builds the derived ones.
 *
 * ```
 * items  -a-b-W-c---|       W: a watermark that closes the window of a and b
 *        processor(history)
 * bars   -a-b-D-c---|
 * ```
 *
 * Emits unfinished bars as well (at the end of the stream): whoever is next decides what to do with them.
 */
export function processor(
  history: History,
  options: ServeOptions<Item, Item> = {},
): OperatorFunction<Item, Item> {
  const derived = new DerivedBars(history);
  return serve<Item, Item>((item) => {
    const { bar, symbol } = item;
    if (bar === undefined) return derived.close(item);
    derived.add(symbol, bar);
    return [updateOf(item, history.derived)];
  }, options);
}

/** A hand-over of its own for the second edge; the first edge's keeps its times. */
const updateOf = (item: Item, derived: number): Item => ({
  bar: item.bar,
  symbol: item.symbol,
  interval: item.interval,
  time: item.time,
  last: item.last,
  base: item.base,
  derived,
  due: item.due,
  offered: item.offered,
});
