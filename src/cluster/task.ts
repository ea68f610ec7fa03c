import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { modulesOf } from '../strategies';
import type { Part } from './split';

/** Options of `barometer replay` as text, by their names in code: `dayStart` for `--day-start`. */
export type TaskOptions = Readonly<Record<string, string | boolean | readonly string[]>>;

/** One run of a sweep: a part of the input, a set of strategies, and how they are replayed. */
export interface Task {
  /** Name of its files, different for tasks that differ in anything that their result depends on. */
  readonly id: string;
  /** What it covers, for people: `2024-08-08`, `AAPL`. */
  readonly part: string;
  readonly files: readonly string[];
  readonly strategies: readonly string[];
  readonly options: TaskOptions;
}

/** Every part with every set of strategies. `options` are those that all tasks share. */
export function tasksOf(
  parts: readonly Part[],
  strategySets: readonly (readonly string[])[],
  options: TaskOptions,
): readonly Task[] {
  const inputs = new Map<string, string>();
  const stampOf = (path: string, of: (path: string) => string): string => {
    const known = inputs.get(path) ?? of(path);
    inputs.set(path, known);
    return known;
  };
  return parts.flatMap((part) =>
    strategySets.map((strategies) => {
      const task = {
        part: part.name,
        files: part.files,
        strategies,
        options: {
          ...(part.from === undefined ? {} : { from: String(part.from) }),
          ...(part.to === undefined ? {} : { to: String(part.to) }),
          ...(part.symbols === undefined ? {} : { symbols: part.symbols.join(',') }),
          ...options,
        },
      };
      const stamps = [
        ...part.files.map((path) => stampOf(path, versionOf)),
        ...modulesOf(strategies).map((path) => stampOf(path, contentOf)),
      ];
      return { id: idOf(task, [...replayOf(task), ...stamps]), ...task };
    }),
  );
}

/** The arguments of `barometer` that replay a task, without where its journal goes. */
export const replayOf = ({ files, strategies, options }: Omit<Task, 'id'>): readonly string[] => [
  'replay',
  ...files,
  ...strategies.flatMap((strategy) => ['--strategy', strategy]),
  ...Object.entries(options).flatMap(([name, value]) => {
    const flag = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    if (typeof value === 'boolean') return [value ? `--${flag}` : `--no-${flag}`];
    return typeof value === 'string'
      ? [`--${flag}`, value]
      : value.flatMap((one) => [`--${flag}`, one]);
  }),
];

/** A file that has changed makes another task: an old result is not taken for it. */
function versionOf(path: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  return found === undefined ? '' : `${found.size} ${found.mtimeMs}`;
}

function contentOf(path: string): string {
  try {
    return hashOf(readFileSync(path));
  } catch {
    // Anyone who loads the module says what is wrong with it.
    return '';
  }
}

export const hashOf = (content: string | Buffer): string =>
  createHash('sha256').update(content).digest('hex');

function idOf(
  { part, strategies }: Pick<Task, 'part' | 'strategies'>,
  parts: readonly string[],
): string {
  const readable = [part, ...strategies.map((text) => text.replace(/^.*[/\\]/, ''))]
    .join('-')
    .replace(/[^\w.=+-]+/g, '_')
    .slice(-80);
  return `${readable}-${hashOf(JSON.stringify(parts)).slice(0, 10)}`;
}
