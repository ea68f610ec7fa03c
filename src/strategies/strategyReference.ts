import type { Strategy, StrategyFactory } from '../../streams';

/** A strategy said by its module, so that another thread can make it too. */
export interface StrategyReference {
  /** A built-in strategy's name, or the path of a module as `--strategy` takes it. */
  readonly module: string;
  readonly parameters?: Readonly<Record<string, string | number | boolean>>;
}

export function isReference(
  strategy: Strategy | StrategyFactory | StrategyReference,
): strategy is StrategyReference {
  return typeof strategy === 'object' && 'module' in strategy;
}

/** As written at the command line. */
export function textOf({ module, parameters = {} }: StrategyReference): string {
  const pairs = Object.entries(parameters).map(([key, value]) => `${key}=${value}`);
  return pairs.length === 0 ? module : `${module}:${pairs.join(',')}`;
}
