import { OptionError } from '../../../operators';
import type { Strategy } from '../strategy';
import { indicators } from './indicators';
import { perSeries } from './perSeries';
import { checkOptionNames } from '../../../operators/kernel/optionNames';
import type { OptionNames } from '../../../operators/kernel/optionNames';

export interface RsiReversionOptions {
  /** Bars of the relative strength index. */
  readonly period?: number;
  /** Below this it buys, 0 to 100. */
  readonly low?: number;
  /** Above this it sells, 0 to 100. */
  readonly high?: number;
  readonly symbols?: readonly string[];
  readonly intervals?: readonly string[];
}

const OPTIONS: OptionNames<RsiReversionOptions> = {
  period: true,
  low: true,
  high: true,
  symbols: true,
  intervals: true,
};

/** Buys when the relative strength index falls below `low`, sells when it rises above `high`. */
export function rsiReversion(options: RsiReversionOptions = {}): Strategy {
  checkOptionNames('rsiReversion', options, OPTIONS);
  const { period = 14, low = 30, high = 70, ...wakes } = options;
  if (!(low < high)) throw new OptionError('low', low, `less than high, ${high}`);
  const { RSI } = indicators();
  const stateOf = perSeries(() => ({ rsi: new RSI(period), zone: 0 }));
  return {
    name: 'rsi-reversion',
    ...wakes,
    isWarm: (symbol, interval) => stateOf({ symbol, interval }).rsi.isStable,
    onBar(bar) {
      const state = stateOf(bar);
      const rsi = state.rsi.update(bar.close, false);
      if (rsi === null) return undefined;
      const before = state.zone;
      state.zone = rsi < low ? -1 : rsi > high ? 1 : 0;
      if (state.zone === 0 || state.zone === before) return undefined;
      const beyond = state.zone < 0 ? (low - rsi) / low : (rsi - high) / (100 - high);
      return { side: state.zone < 0 ? 'buy' : 'sell', strength: beyond };
    },
  };
}
