import { OptionError } from '../../../operators';
import type { Strategy } from '../strategy';

export interface BusyOptions {
  /** Microseconds of work a bar. */
  readonly us?: number;
  readonly symbols?: readonly string[];
  readonly intervals?: readonly string[];
}

/** Burns a stated time per bar and says nothing: for demonstrations and benchmarks. */
export function busy({ us = 100, ...wakes }: BusyOptions = {}): Strategy {
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
