import { defer } from 'rxjs';
import type { OperatorFunction } from 'rxjs';
import { serve } from '../../operators';
import type { ServeOptions } from '../../operators';
import { DerivedBars } from '../bars/derivedBars';
import type { BarWriter } from '../bars/history';
import { itemReading } from '../bars/item';
import type { Item } from '../bars/item';
import { isTickRow } from '../bars/tickSeries';

/**
 * The processor stage: passes base bars on, and builds the derived ones.
 *
 * ```
 * items  -a-b-W-c---|       W: a watermark that closes the window of a and b
 *        processor(history)
 * bars   -a-b-D-c---|
 * ```
 *
 * Emits unfinished bars as well (at the end of the stream): anyone who is next decides what to do with them.
 */
export function processor(
  history: BarWriter,
  options: ServeOptions<Item, Item> = {},
): OperatorFunction<Item, Item> {
  // What is open belongs to a subscription: who comes later starts with nothing.
  return (items) => defer(() => items.pipe(processes(processing(history), options)));
}

/** The stage around its work, for one subscription. */
export const processes = (
  process: (item: Item) => readonly Item[],
  options: ServeOptions<Item, Item>,
): OperatorFunction<Item, Item> =>
  serve(process, { ...itemReading, outputs: 'atEnd', onOutput: stamp, ...options });

/**
 * What the processor does with an item. What it returns is good until it is called again.
 *
 * @param passesOn watermarks too, because strategies are called at them
 */
export function processing(history: BarWriter, passesOn = false): (item: Item) => readonly Item[] {
  const derived = new DerivedBars(history);
  const passedOn: Item[] = [];
  return (item) => {
    const { bar, watermark, symbol } = item;
    if (watermark !== undefined) {
      const closed = derived.close(item, watermark);
      if (!passesOn) return closed;
      item.derived = history.derived;
      closed.push(item);
      return closed;
    }
    if (bar !== undefined && !isTickRow(bar)) derived.add(symbol, bar);
    item.derived = history.derived;
    passedOn[0] = item;
    return passedOn;
  };
}

/** To the next edge, an item is offered when this stage has finished it. */
export const stamp = (item: Item, at: number): void => {
  item.offered = at;
};
