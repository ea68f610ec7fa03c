import type { StrategySetup } from '../journal/runSetup';
import { moduleHash } from './moduleHash';
import { parsePairs } from './pairs';
import type { StrategyReference } from './strategyReference';
import { parseStrategySpec } from './strategySpec';

/**
 * What the strategies of a run were made of.
 *
 * @param strategies as they were written; undefined for one that was made in code
 * @param names of the strategies, in the same order
 */
export const strategySetups = (
  strategies: readonly (string | StrategyReference | undefined)[],
  names: readonly string[],
): StrategySetup[] =>
  strategies.map((strategy, index) => {
    const name = names[index] ?? '';
    if (strategy === undefined) return { name };
    const { module, parameters = {} } =
      typeof strategy === 'string' ? referenceOf(strategy) : strategy;
    const sha256 = parseStrategySpec(module).isPath ? moduleHash(module) : undefined;
    return { name, module, parameters, ...(sha256 === undefined ? {} : { sha256 }) };
  });

function referenceOf(text: string): StrategyReference {
  const { source, parameters } = parseStrategySpec(text);
  return { module: source, parameters: parameters === '' ? {} : parsePairs(parameters) };
}
