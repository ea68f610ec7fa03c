import { z } from 'zod';
import { OptionError } from '../../operators';
import type { StrategyFactory } from '../../streams';
import { parsePairs, PairsError } from './pairs';
import { BUILT_INS } from './builtIns';
import { distinctNames } from './distinctNames';
import { loadModule } from './loadModule';
import { parseStrategySpec } from './strategySpec';
import type { StrategySpec } from './strategySpec';
import { UnusableStrategyError } from './unusableStrategyError';

/**
 * Strategies as people ask for them: `NAME[:k=v,…]` of a built-in one, or `PATH[:k=v,…]` of a module
 * of their own. Each has a name that no other of them has.
 *
 * Throws an `UnusableStrategyError` for the first that cannot be had.
 *
 * @param intervals of the run, base first
 */
export function loadStrategies(
  texts: readonly string[],
  intervals: readonly string[],
): StrategyFactory[] {
  const loaded = texts.map((text) => {
    const spec = parseStrategySpec(text);
    const parameters = parametersOf(spec);
    const found = spec.isPath
      ? loadModule(spec.source, parameters)
      : { name: spec.source, create: builtIn(spec, parameters, intervals) };
    return { ...found, parameters: spec.parameters };
  });
  return distinctNames(loaded);
}

function parametersOf({ text, parameters }: StrategySpec): Readonly<Record<string, string>> {
  if (parameters === '') return {};
  try {
    return parsePairs(parameters);
  } catch (error) {
    if (!(error instanceof PairsError)) throw error;
    throw new UnusableStrategyError(text, error.message, '', { cause: error });
  }
}

function builtIn(
  { text, source }: StrategySpec,
  parameters: Readonly<Record<string, string>>,
  intervals: readonly string[],
): StrategyFactory {
  const found = BUILT_INS.find(({ name }) => name === source);
  if (found === undefined) {
    throw new UnusableStrategyError(
      source,
      `there is none of that name; there are ${BUILT_INS.map(({ name }) => name).join(', ')}`,
      'A strategy of your own is named by its file, such as ./mine.ts.',
    );
  }
  const unknown = Object.keys(parameters).find((name) => !found.parameters.includes(name));
  if (unknown !== undefined) {
    const known = found.parameters.join(', ');
    throw new UnusableStrategyError(
      text,
      `there is no parameter "${unknown}"`,
      `There are ${known}.`,
    );
  }
  try {
    return found.create(parameters, intervals);
  } catch (error) {
    if (error instanceof OptionError) {
      throw new UnusableStrategyError(text, error.message, '', { cause: error });
    }
    if (!(error instanceof z.ZodError)) throw error;
    const [issue] = error.issues;
    const name = String(issue?.path[0]);
    const what = `${name} is ${parameters[name] ?? ''}, but ${issue?.message ?? ''}`;
    throw new UnusableStrategyError(text, what, '', { cause: error });
  }
}
