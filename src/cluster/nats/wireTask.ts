import { readFileSync, statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { z } from 'zod';
import { parseStrategySpec } from '../../strategies/strategySpec';
import { hashOf } from '../task';
import type { Task } from '../task';
import { insideFolder, sentPath } from './insideFolder';
import { TaskError } from './taskError';

const SCHEMA = 1;
const name = z.string().min(1).max(1_000);
const strategySchema = z.union([
  z.strictObject({ name: z.string().regex(/^[\w-]+$/), parameters: z.string().max(10_000) }),
  z.strictObject({
    /** Relative to the worker's folder of modules. */
    module: name,
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    parameters: z.string().max(10_000),
  }),
]);
const wireSchema = z.strictObject({
  type: z.literal('task'),
  schema: z.literal(SCHEMA),
  id: name,
  part: name,
  files: z.array(z.strictObject({ path: name, bytes: z.int().nonnegative() })).min(1),
  strategies: z.array(strategySchema),
  options: z.record(name, z.union([z.string(), z.boolean(), z.array(z.string())])),
});

/** Folders that paths of tasks are relative to. */
export interface TaskFolders {
  readonly data: string;
  /** None: no module is run. */
  readonly modules: string | undefined;
}

/** A task as text: names and paths, never code. Throws a `TaskError` for what no worker would take. */
export function encodeTask(task: Task, modules: string): string {
  const { id, part, files, strategies, options } = task;
  const sent: z.input<typeof wireSchema> = {
    ...{ type: 'task', schema: SCHEMA, id, part },
    files: files.map((path) => ({
      path: sentPath(path, 'the file'),
      bytes: statSync(path).size,
    })),
    strategies: strategies.map((text) => {
      const { source, isPath, parameters } = parseStrategySpec(text);
      if (!isPath) return { name: source, parameters };
      const module = sentPath(relative(resolve(modules), resolve(source)), 'the module');
      return { module, sha256: hashOf(readFileSync(source)), parameters };
    }),
    options: Object.fromEntries(
      Object.entries(options).map(([key, value]) => [
        key,
        typeof value === 'object' ? [...value] : value,
      ]),
    ),
  };
  return JSON.stringify(sent);
}

/**
 * The task that a message holds, with paths of this machine. Throws a `TaskError` for anything that is
 * none, that names a file outside of the folders, or a file that is another one here.
 */
export function decodeTask(text: string, folders: TaskFolders): Task {
  const { id, part, files, strategies, options } = parsed(text);
  return {
    ...{ id, part, options },
    files: files.map(({ path, bytes }) => {
      const file = insideFolder(folders.data, path, 'the file');
      const { size } = statSync(file);
      if (size === bytes) return file;
      throw new TaskError(`the file ${path}: has ${size} bytes here and ${bytes} at the sender`);
    }),
    strategies: strategies.map((strategy) => {
      const behind = strategy.parameters === '' ? '' : `:${strategy.parameters}`;
      const source = 'name' in strategy ? strategy.name : moduleOf(strategy, folders);
      const spec = parseStrategySpec(`${source}${behind}`);
      if (spec.source === source && spec.isPath === !('name' in strategy)) return spec.text;
      throw new TaskError(`the strategy ${spec.text}: is not written as NAME:key=value`);
    }),
  };
}

function parsed(text: string): z.output<typeof wireSchema> {
  try {
    return wireSchema.parse(JSON.parse(text));
  } catch (cause) {
    const [issue] = cause instanceof z.ZodError ? cause.issues : [];
    const where = issue === undefined ? 'no JSON' : `${issue.path.join('.')}: ${issue.message}`;
    throw new TaskError(`not a task of schema ${SCHEMA}: ${where}`, { cause });
  }
}

function moduleOf(
  { module, sha256 }: { readonly module: string; readonly sha256: string },
  { modules }: TaskFolders,
): string {
  if (modules === undefined) {
    throw new TaskError(`the module ${module}: this worker runs none; start it with --modules DIR`);
  }
  const file = insideFolder(modules, module, 'the module');
  if (hashOf(readFileSync(file)) !== sha256) {
    throw new TaskError(`the module ${module}: is another one here than at the sender`);
  }
  return file;
}
