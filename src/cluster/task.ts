import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { modulesOf } from '../strategies';
import type { Part } from './split';

/** One run of a sweep: a part of the input, a set of strategies, and the command that replays it. */
export interface Task {
  /** Name of its files, different for tasks that differ in anything that their result depends on. */
  readonly id: string;
  readonly part: string;
  readonly strategies: readonly string[];
  /** Arguments of `barometer replay`, without where the journal goes. */
  readonly replay: readonly string[];
}

/** Every part with every set of strategies. `options` are those of `replay` that all tasks share. */
export function tasksOf(
  parts: readonly Part[],
  strategySets: readonly (readonly string[])[],
  options: readonly string[],
): readonly Task[] {
  const inputs = new Map<string, string>();
  const stampOf = (path: string, of: (path: string) => string): string => {
    const known = inputs.get(path) ?? of(path);
    inputs.set(path, known);
    return known;
  };
  return parts.flatMap((part) =>
    strategySets.map((strategies) => {
      const replay = [
        ...part.files,
        ...(part.from === undefined ? [] : ['--from', String(part.from)]),
        ...(part.to === undefined ? [] : ['--to', String(part.to)]),
        ...(part.symbols === undefined ? [] : ['--symbols', part.symbols.join(',')]),
        ...strategies.flatMap((strategy) => ['--strategy', strategy]),
        ...options,
      ];
      const stamps = [
        ...part.files.map((path) => stampOf(path, versionOf)),
        ...modulesOf(strategies).map((path) => stampOf(path, contentOf)),
      ];
      return {
        id: idOf(part, strategies, [...replay, ...stamps]),
        part: part.name,
        strategies,
        replay,
      };
    }),
  );
}

/** A file that has changed makes another task: an old result is not taken for it. */
function versionOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? '' : `${found.size} ${found.mtimeMs}`;
}

function contentOf(path: string): string {
  try {
    return hashOf(readFileSync(path, 'utf8'));
  } catch {
    // Anyone who loads the module says what is wrong with it.
    return '';
  }
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

function idOf(part: Part, strategies: readonly string[], parts: readonly string[]): string {
  const readable = [part.name, ...strategies.map((text) => text.replace(/^.*[/\\]/, ''))]
    .join('-')
    .replace(/[^\w.=+-]+/g, '_')
    .slice(-80);
  return `${readable}-${hashOf(JSON.stringify(parts)).slice(0, 10)}`;
}
