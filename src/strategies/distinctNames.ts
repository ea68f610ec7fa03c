import type { Strategy, StrategyFactory } from '../../streams';

/** A strategy that was found and checked, before it is told apart from others of its name. */
interface NamedFactory {
  readonly name: string;
  readonly create: StrategyFactory;
  /** As they were written. */
  readonly parameters: string;
}

/** Strategies of the same name are told apart by their parameters, and by a number where these are the same too. */
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

/** A wrapper, not a copy: the strategy may have private state. */
export function renamed(strategy: Strategy, name: string): Strategy {
  const { symbols, intervals } = strategy;
  return {
    name,
    ...(symbols === undefined ? {} : { symbols }),
    ...(intervals === undefined ? {} : { intervals }),
    isWarm: (symbol, interval) => strategy.isWarm?.(symbol, interval) ?? true,
    onBar: (bar, context) => strategy.onBar(bar, context),
  };
}
