import type { Bar } from '../bars/bar';
import type { BarReader } from '../bars/history';
import type { Item } from '../bars/item';
import type { StrategyContext } from './strategy';

/** What a strategy can see with one bar. */
export class PinnedContext implements StrategyContext {
  readonly #history: BarReader;
  readonly #item: Item;
  readonly #bar: Bar;

  constructor(history: BarReader, item: Item, bar: Bar) {
    this.#history = history;
    this.#item = item;
    this.#bar = bar;
  }

  get time(): number {
    return this.#bar.end;
  }

  get symbols(): readonly string[] {
    return this.#history.symbols(this.#item);
  }

  get intervals(): readonly string[] {
    return this.#history.intervals.map(({ name }) => name);
  }

  /** Made when it is asked for, so that it can be taken out of the context. */
  get history(): StrategyContext['history'] {
    return (symbol = this.#bar.symbol, interval = this.#bar.interval) =>
      this.#history.view(symbol, interval, this.#item);
  }
}
