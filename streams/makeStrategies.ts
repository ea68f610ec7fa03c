import { OptionError } from '../operators';
import type { Interval } from './interval';
import type { Strategy, StrategyFactory } from './strategy';

/** The strategies of one run; throws an `OptionError` where they make no sense together, or in it. */
export function makeStrategies(
  strategies: readonly (Strategy | StrategyFactory)[],
  intervals: readonly Interval[],
): readonly Strategy[] {
  const all = strategies.map((strategy) =>
    typeof strategy === 'function' ? strategy() : strategy,
  );
  const known = intervals.map(({ name }) => name);
  const names = new Set<string>();
  for (const strategy of all) {
    const { name, intervals: wakes = [] } = strategy;
    if (typeof name !== 'string' || typeof (strategy.onBar as unknown) !== 'function') {
      throw new OptionError('strategies', name, 'an object with a name and a function onBar');
    }
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
