import { BUILT_INS } from './builtIns';
import { parametersOfModule } from './loadModule';
import { parseStrategySpec } from './strategySpec';
import { UnusableStrategyError } from './unusableStrategyError';

/** A strategy and its parameters. */
export interface StrategyHelp {
  /** The name of a built-in strategy, or the path of a module. */
  readonly strategy: string;
  readonly summary?: string;
  /** A line each; absent where a module does not declare them. */
  readonly parameters?: readonly string[];
}

export const builtInHelp = (): StrategyHelp[] =>
  BUILT_INS.map(({ name, summary, parameters }) => ({ strategy: name, summary, parameters }));

/** Throws an `UnusableStrategyError` where there is none of that name, and where a module cannot be loaded. */
export function strategyHelp(text: string): StrategyHelp {
  const { source, isPath } = parseStrategySpec(text);
  if (isPath) {
    const parameters = parametersOfModule(source);
    return { strategy: source, ...(parameters === undefined ? {} : { parameters }) };
  }
  const found = builtInHelp().find(({ strategy }) => strategy === source);
  if (found !== undefined) return found;
  const names = BUILT_INS.map(({ name }) => name).join(', ');
  throw new UnusableStrategyError(
    source,
    `there is none of that name; there are ${names}`,
    'A strategy of your own is named by its file, such as ./mine.ts.',
  );
}

/** For people: the strategy, and its parameters below. */
export function renderStrategyHelp({ strategy, summary, parameters }: StrategyHelp): string[] {
  const head = summary === undefined ? strategy : `${strategy}: ${summary}`;
  if (parameters === undefined) {
    return [head, '  It does not say which parameters it takes: export const parameters = [...].'];
  }
  if (parameters.length === 0) return [head, '  It takes no parameters.'];
  return [head, ...parameters.map((line) => `  ${line}`)];
}
