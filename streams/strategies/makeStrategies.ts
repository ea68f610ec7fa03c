import { OptionError } from '../../operators';
import type { Interval } from '../bars/interval';
import { barIntervals } from '../bars/tickSeries';
import type { Strategy, StrategyFactory } from './strategy';
import { strategyFault } from './strategyFault';

/** The strategies of one run; throws an `OptionError` where they make no sense together, or in it. */
export function makeStrategies(
  strategies: readonly (Strategy | StrategyFactory)[],
  intervals: readonly Interval[],
): readonly Strategy[] {
  const all = strategies.map((strategy) =>
    typeof strategy === 'function' ? strategy() : strategy,
  );
  const known = barIntervals(intervals).map(({ name }) => name);
  const names = new Set<string>();
  for (const strategy of all) {
    const fault = strategyFault(strategy);
    if (fault !== undefined) {
      const { part, value, needed } = fault;
      if (part === 'strategy' || part === 'name' || part === 'onBar') {
        throw new OptionError('strategies', strategy, 'objects with a name and a function onBar');
      }
      throw new OptionError(`${part} of ${strategy.name}`, value, needed);
    }
    const { name, intervals: wakes = [] } = strategy;
    if (names.has(name)) {
      throw new OptionError('strategies', name, 'a name that only one strategy has');
    }
    names.add(name);
    const unknown = wakes.find((interval) => !known.includes(interval));
    if (unknown === undefined) continue;
    throw new OptionError(`intervals of ${name}`, unknown, `one of ${known.join(', ')}`);
  }
  return all;
}
