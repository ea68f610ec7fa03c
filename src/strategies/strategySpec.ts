import { existsSync } from 'node:fs';
import { UnusableStrategyError } from './unusableStrategyError';

/** `NAME[:k=v,…]` or `PATH[:k=v,…]`, taken apart. */
export interface StrategySpec {
  /** As it was written. */
  readonly text: string;
  readonly source: string;
  readonly isPath: boolean;
  /** What stands behind the colon, `''` where there is none. */
  readonly parameters: string;
}

const PATH = /[/\\]|\.[cm]?[jt]s$/;

/** The files of the strategies that are modules. */
export const modulesOf = (texts: readonly string[]): string[] =>
  texts.map(parseStrategySpec).flatMap(({ isPath, source }) => (isPath ? [source] : []));

/** A module is distinguished from a name by its slashes or its ending. Windows paths have a colon of their own. */
export function parseStrategySpec(text: string): StrategySpec {
  if (PATH.test(text) && existsSync(text)) {
    return { text, source: text, isPath: true, parameters: '' };
  }
  const [, source = text, parameters = ''] = /^(.*?):([A-Za-z_][\w-]*=.*)$/s.exec(text) ?? [];
  const isPath = PATH.test(source);
  const [, before, rest] = /^(.*?(?:\.[cm]?[jt]s)?):(.*)$/s.exec(source) ?? [];
  if (before !== undefined && (!isPath || /\.[cm]?[jt]s$/.test(before))) {
    throw new UnusableStrategyError(
      text,
      `"${rest ?? ''}" is not written as key=value`,
      `Write it like ${before}:key=value,key=value.`,
    );
  }
  return { text, source, isPath, parameters };
}
