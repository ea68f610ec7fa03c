import { OptionError } from '../../../operators';
import type { BarView } from '../../bars/barView';
import type { Strategy, StrategyContext } from '../strategy';
import { checkOptionNames } from '../../../operators/kernel/optionNames';
import type { OptionNames } from '../../../operators/kernel/optionNames';

export interface BreakoutOptions {
  /** Interval that wakes it and breaks out; the base unless given. */
  readonly fast?: string;
  /** Interval that says what is usual; the shortest derived one unless given, else `fast`. */
  readonly slow?: string;
  /** Symbol that must agree; the first other one to appear unless given, itself if it is alone. */
  readonly other?: string;
  /** How many bars of `slow` make the range. */
  readonly bars?: number;
}

const OPTIONS: OptionNames<BreakoutOptions> = { fast: true, slow: true, other: true, bars: true };

/**
 * Buys when a close leaves the range of the latest slow bars upwards, sells when downwards, while the
 * other symbol moves the same way. Everything is read from history, of two intervals and two symbols;
 * the signal's note says what was read, and a view from which the future could be seen is an error.
 */
export function breakout(options: BreakoutOptions = {}): Strategy {
  checkOptionNames('breakout', options, OPTIONS);
  const { fast, slow, other, bars = 3 } = options;
  if (!(Number.isInteger(bars) && bars >= 1)) {
    throw new OptionError('bars', bars, 'a whole number of at least 1');
  }
  return {
    name: 'breakout',
    onBar(bar, context) {
      const [base, derived] = context.intervals;
      const quick = fast ?? base;
      if (bar.interval !== quick) return undefined;
      const usual = slow ?? derived ?? quick;
      if (!context.intervals.includes(usual)) {
        throw new OptionError('slow', usual, `one of ${context.intervals.join(', ')}`);
      }
      const peer = other ?? context.symbols.find((symbol) => symbol !== bar.symbol) ?? bar.symbol;
      const own = seen(context, context.history(bar.symbol, quick));
      const ownSlow = seen(context, context.history(bar.symbol, usual));
      const peerFast = seen(context, context.history(peer, quick));
      const peerSlow = seen(context, context.history(peer, usual));
      if (own.last('end') !== bar.end || own.last('close') !== bar.close) {
        throw new Error(`the newest row of ${bar.symbol} ${quick} is not the bar that woke it`);
      }
      const range = rangeOf(ownSlow, usual === quick ? 1 : 0, bars);
      const drift = (peerFast.last('close') ?? 0) - (peerFast.last('close', 1) ?? NaN);
      const side = bar.close > range.high ? 'buy' : bar.close < range.low ? 'sell' : 'flat';
      const agrees = side === 'buy' ? drift >= 0 : drift <= 0;
      if (side === 'flat' || !agrees) return undefined;
      const rows = [own, ownSlow, peerFast, peerSlow].map(
        (view) => `${view.symbol} ${view.interval} ${view.length}@${view.time ?? '-'}`,
      );
      return {
        side,
        note: `${rows.join('; ')}; drift ${drift}; range ${range.low}..${range.high}`,
      };
    },
  };
}

/** The view, if nothing in it is later than now. */
function seen(context: StrategyContext, view: BarView): BarView {
  if (view.time === undefined || view.time <= context.time) return view;
  throw new Error(
    `look-ahead: at ${context.time} a bar of ${view.symbol} ${view.interval} that ends at ${view.time} could be read`,
  );
}

function rangeOf(view: BarView, skip: number, bars: number): { low: number; high: number } {
  let low = Infinity;
  let high = -Infinity;
  if (view.length < bars + skip) return { low: -Infinity, high: Infinity };
  for (let back = skip; back < bars + skip; back += 1) {
    low = Math.min(low, view.last('low', back) ?? low);
    high = Math.max(high, view.last('high', back) ?? high);
  }
  return { low, high };
}
