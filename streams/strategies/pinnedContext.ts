import type { Bar } from '../bars/bar';
import type { BarReader } from '../bars/history';
import type { Item } from '../bars/item';
import { barIntervals, isTickRow } from '../bars/tickSeries';
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
    return barIntervals(this.#history.intervals).map(({ name }) => name);
  }

  /** Made when it is requested, so that it can be taken out of the context. */
  get history(): StrategyContext['history'] {
    return (symbol = this.#bar.symbol, interval = this.#interval) =>
      this.#history.view(symbol, interval, this.#item);
  }

  get quote(): StrategyContext['quote'] {
    return (symbol = this.#bar.symbol) => this.#history.quote(symbol, this.#item);
  }

  /** That of the bar; of a tick, the base. */
  get #interval(): string {
    return isTickRow(this.#bar) ? (this.#history.intervals[0]?.name ?? '') : this.#bar.interval;
  }
}
