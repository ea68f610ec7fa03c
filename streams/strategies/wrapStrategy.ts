import { joinWishes } from '../bars/tickSeries';
import type { TickWishes } from '../bars/tickSeries';
import type { Strategy } from './strategy';

type Callback = 'onBar' | 'onTrade' | 'onQuote';

interface Wrapping {
  readonly name?: string;
  /** Called instead of each callback, with how to call it. */
  readonly around?: <A>(call: () => A, callback: Callback) => A;
}

const plainly: NonNullable<Wrapping['around']> = (call) => call();

/** A strategy around another one. A wrapper, not a copy: that one may have private state. */
export function wrapStrategy(
  strategy: Strategy,
  { name = strategy.name, around = plainly }: Wrapping,
): Strategy {
  const { symbols, intervals, needsQuotes } = strategy;
  const { trades, quotes } = wishOf(strategy);
  return {
    name,
    ...(symbols === undefined ? {} : { symbols }),
    ...(intervals === undefined ? {} : { intervals }),
    ...(needsQuotes === undefined ? {} : { needsQuotes }),
    isWarm: (symbol, interval) => strategy.isWarm?.(symbol, interval) ?? true,
    onBar: (bar, context) => around(() => strategy.onBar(bar, context), 'onBar'),
    ...(trades && {
      onTrade: (trade, context) => around(() => strategy.onTrade?.(trade, context), 'onTrade'),
    }),
    ...(quotes === 'delivered' && {
      onQuote: (quote, context) => around(() => strategy.onQuote?.(quote, context), 'onQuote'),
    }),
  };
}

/** What a strategy wants besides bars, as its callbacks say. */
export const wishOf = (strategy: Strategy): TickWishes => ({
  trades: strategy.onTrade !== undefined,
  quotes:
    strategy.onQuote !== undefined
      ? 'delivered'
      : strategy.needsQuotes === true
        ? 'kept'
        : undefined,
});

export const wishesOf = (strategies: readonly Strategy[]): TickWishes =>
  joinWishes(strategies.map(wishOf));
