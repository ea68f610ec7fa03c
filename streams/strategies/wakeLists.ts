import type { Bar } from '../bars/bar';
import type { Item } from '../bars/item';
import { isTickRow, isTradeRow, quoteOf, tradeOf } from '../bars/tickSeries';
import type { PinnedContext } from './pinnedContext';
import type { Strategy } from './strategy';
import { wishOf } from './wrapStrategy';

/** A strategy and its number, in the order in which they were given. */
export interface Woken {
  readonly strategy: Strategy;
  readonly index: number;
}

/** Which strategies a row wakes: one list for each symbol and interval, found once. */
export class WakeLists {
  readonly #strategies: readonly Strategy[];
  /** By interval, then by symbol. */
  readonly #bySeries: (readonly Woken[] | undefined)[][];
  /** By the numbers of those in it: symbols share their lists. */
  readonly #lists = new Map<string, readonly Woken[]>();

  constructor(strategies: readonly Strategy[], intervals: number) {
    this.#strategies = strategies;
    this.#bySeries = Array.from({ length: intervals }, () => []);
  }

  of({ interval, symbol }: Item, bar: Bar): readonly Woken[] {
    const ofInterval = this.#bySeries[interval] as (readonly Woken[] | undefined)[];
    return (ofInterval[symbol] ??= this.#listOf(bar));
  }

  #listOf(bar: Bar): readonly Woken[] {
    const all = this.#strategies.map((strategy, index) => ({ strategy, index }));
    const woken = all.filter(
      ({ strategy }) => strategy.symbols?.includes(bar.symbol) !== false && hears(strategy, bar),
    );
    const key = woken.map(({ index }) => index).join();
    const list = this.#lists.get(key) ?? woken;
    this.#lists.set(key, list);
    return list;
  }
}

/** Whether a strategy is to be called with rows like this one, as far as they are bars, trades or quotes. */
export function hears(strategy: Strategy, bar: Bar): boolean {
  if (!isTickRow(bar)) return strategy.intervals?.includes(bar.interval) !== false;
  const { trades, quotes } = wishOf(strategy);
  return isTradeRow(bar) ? trades : quotes === 'delivered';
}

/** Calls a strategy with a trade or a quote. */
export function hearing(row: Bar, context: PinnedContext): (strategy: Strategy) => unknown {
  if (isTradeRow(row)) {
    const trade = tradeOf(row);
    return (strategy) => strategy.onTrade?.(trade, context);
  }
  const quote = quoteOf(row);
  return (strategy) => strategy.onQuote?.(quote, context);
}
