import { OptionError } from '../../../operators';
import type { Strategy } from '../strategy';
import { indicators } from './indicators';
import { perSeries } from './perSeries';
import { checkOptionNames } from '../../../operators/kernel/optionNames';
import type { OptionNames } from '../../../operators/kernel/optionNames';

export interface SmaCrossOptions {
  /** Bars of the faster average. */
  readonly fast?: number;
  /** Bars of the slower one. */
  readonly slow?: number;
  readonly symbols?: readonly string[];
  readonly intervals?: readonly string[];
}

const OPTIONS: OptionNames<SmaCrossOptions> = {
  fast: true,
  slow: true,
  symbols: true,
  intervals: true,
};

/** Buys when the faster moving average of the closes crosses above the slower one, sells when below. */
export function smaCross(options: SmaCrossOptions = {}): Strategy {
  checkOptionNames('smaCross', options, OPTIONS);
  const { fast = 10, slow = 30, ...wakes } = options;
  if (!(fast < slow)) throw new OptionError('fast', fast, `less than slow, ${slow}`);
  const { SMA } = indicators();
  const stateOf = perSeries(() => ({ fast: new SMA(fast), slow: new SMA(slow), above: 0 }));
  return {
    name: 'sma-cross',
    ...wakes,
    isWarm: (symbol, interval) => stateOf({ symbol, interval }).slow.isStable,
    onBar(bar) {
      const state = stateOf(bar);
      const faster = state.fast.update(bar.close, false);
      const slower = state.slow.update(bar.close, false);
      if (faster === null || slower === null) return undefined;
      const before = state.above;
      state.above = Math.sign(faster - slower) || before;
      if (before === 0 || state.above === before) return undefined;
      return { side: state.above > 0 ? 'buy' : 'sell', strength: Math.abs(faster / slower - 1) };
    },
  };
}
