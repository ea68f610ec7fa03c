import type { Strategy, StrategyFactory } from '../../streams';
import { wrapStrategy } from '../../streams/strategies/wrapStrategy';

/** A strategy that was found and checked, before it is distinguished from others of its name. */
interface NamedFactory {
  readonly name: string;
  readonly create: StrategyFactory;
  /** As they were written. */
  readonly parameters: string;
}

/** Strategies of the same name are distinguished by their parameters, and by a number where these are the same too. */
export function distinctNames(strategies: readonly NamedFactory[]): StrategyFactory[] {
  const own = strategies.map(({ name }) => name);
  const isUnique = (name: string): boolean => own.indexOf(name) === own.lastIndexOf(name);
  const taken = new Set(own.filter(isUnique));
  return strategies.map(({ name, create, parameters }) => {
    if (isUnique(name)) return create;
    const wanted = parameters === '' ? name : `${name}:${parameters}`;
    let distinct = wanted;
    for (let number = 2; taken.has(distinct); number += 1) distinct = `${wanted} (${number})`;
    taken.add(distinct);
    return () => renamed(create(), distinct);
  });
}

export const renamed = (strategy: Strategy, name: string): Strategy =>
  wrapStrategy(strategy, { name });
