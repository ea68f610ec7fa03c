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
  const { symbols, intervals, needsQuotes, onTrade, onQuote } = strategy;
  return {
    name,
    ...(symbols === undefined ? {} : { symbols }),
    ...(intervals === undefined ? {} : { intervals }),
    ...(needsQuotes === undefined ? {} : { needsQuotes }),
    isWarm: (symbol, interval) => strategy.isWarm?.(symbol, interval) ?? true,
    onBar: (bar, context) => around(() => strategy.onBar(bar, context), 'onBar'),
    ...(onTrade !== undefined && {
      onTrade: (trade, context) => around(() => strategy.onTrade?.(trade, context), 'onTrade'),
    }),
    ...(onQuote !== undefined && {
      onQuote: (quote, context) => around(() => strategy.onQuote?.(quote, context), 'onQuote'),
    }),
  };
}

/** What strategies want besides bars, as their callbacks say. */
export const wishesOf = (strategies: readonly Strategy[]): TickWishes =>
  joinWishes(
    strategies.map(({ onTrade, onQuote, needsQuotes }) => ({
      trades: onTrade !== undefined,
      quotes:
        onQuote !== undefined ? 'delivered' : needsQuotes === true ? ('kept' as const) : undefined,
    })),
  );
