import { OptionError } from '../../../operators';
import type { Strategy } from '../strategy';
import { checkOptionNames } from '../../../operators/kernel/optionNames';
import type { OptionNames } from '../../../operators/kernel/optionNames';

export interface BusyOptions {
  /** Microseconds of work a bar. */
  readonly us?: number;
  readonly symbols?: readonly string[];
  readonly intervals?: readonly string[];
}

const OPTIONS: OptionNames<BusyOptions> = { us: true, symbols: true, intervals: true };

/** Burns a stated time per bar and says nothing: for demonstrations and benchmarks. */
export function busy(options: BusyOptions = {}): Strategy {
  checkOptionNames('busy', options, OPTIONS);
  const { us = 100, ...wakes } = options;
  if (!(us >= 0 && us < Infinity)) throw new OptionError('us', us, 'a number of microseconds');
  return {
    name: 'busy',
    ...wakes,
    onBar() {
      const until = performance.now() + us / 1_000;
      while (performance.now() < until);
      return undefined;
    },
  };
}
