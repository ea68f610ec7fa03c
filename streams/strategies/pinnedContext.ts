import type { Bar } from '../bars/bar';
import type { BarReader } from '../bars/history';
import type { Item } from '../bars/item';
import { barIntervals, isTickRow } from '../bars/tickSeries';
import { OptionError } from '../../operators';
import { sessionsIn } from '../bars/moments';
import { localParts } from '../bars/localTime';
import type { Interval } from '../bars/interval';
import type { StrategyContext } from './strategy';

/** What a strategy can see with one bar. */
export class PinnedContext implements StrategyContext {
  readonly #history: BarReader;
  readonly #item: Item;
  readonly #bar: Bar;
  readonly isLeadIn: boolean;

  constructor(history: BarReader, item: Item, bar: Bar, isLeadIn = false) {
    this.#history = history;
    this.#item = item;
    this.#bar = bar;
    this.isLeadIn = isLeadIn;
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
    return (symbol = this.#symbol, interval = this.#interval) =>
      this.#history.view(symbol, interval, this.#item);
  }

  get quote(): StrategyContext['quote'] {
    return (symbol = this.#symbol) => this.#history.quote(symbol, this.#item);
  }

  get session(): StrategyContext['session'] {
    const { start, end } = this.#bar;
    const session = sessionsIn(this.#base)(end > start ? end - 1 : end);
    return session.isOpen ? { start: session.start, end: session.end } : undefined;
  }

  get localTime(): StrategyContext['localTime'] {
    return (zone = this.#base.calendar?.zone ?? 'UTC', time = this.time) => localParts(zone, time);
  }

  get #base(): Interval {
    return this.#history.intervals[0] as Interval;
  }

  get #symbol(): string {
    if (this.#item.bar !== undefined) return this.#bar.symbol;
    throw new OptionError('symbol', 'none', 'given: there is no bar whose symbol it could be');
  }

  /** That of the bar; of a tick, and where there is no bar, the base. */
  get #interval(): string {
    const isBar = this.#item.bar !== undefined && !isTickRow(this.#bar);
    return isBar ? this.#bar.interval : this.#base.name;
  }
}
