import { rmSync } from 'node:fs';
import { timingsPathOf } from '../journal';
import { runCommand } from './processes';
import type { Program } from './processes';
import { journalOf, keepResult, resultOf } from './results';
import type { TaskResult } from './results';
import type { Task } from './task';

export interface SweepOptions {
  readonly directory: string;
  readonly program: Program;
  /** How many tasks run at a time. */
  readonly jobs: number;
  /** Results that are there already are taken as they are. */
  readonly resume: boolean;
  /** Aborted, no task is begun any more, and those that run are stopped. */
  readonly signal: AbortSignal;
  /** Called with each task that is over. */
  readonly onTask: (task: Task, failure: string | undefined, isOld: boolean) => void;
}

export interface Swept {
  readonly results: readonly TaskResult[];
  readonly failed: readonly { readonly task: Task; readonly why: string }[];
}

/**
 * Runs tasks in processes of their own, and keeps the result of each. What a task leaves is the whole
 * state of its run, never an increment: run twice, it counts once.
 */
export async function sweep(tasks: readonly Task[], options: SweepOptions): Promise<Swept> {
  const { directory, jobs, resume, signal, onTask } = options;
  const results = new Map<string, TaskResult>();
  const failed: { task: Task; why: string }[] = [];
  const waiting = tasks.filter((task) => {
    const old = resume ? resultOf(directory, task.id) : undefined;
    if (old === undefined) return true;
    results.set(task.id, old);
    onTask(task, undefined, true);
    return false;
  });
  const next = waiting.values();
  const work = async (): Promise<void> => {
    for (const task of next) {
      if (signal.aborted) return;
      const done = await runTask(task, options);
      if (typeof done !== 'string') results.set(task.id, done);
      else if (!signal.aborted) failed.push({ task, why: done });
      onTask(task, typeof done === 'string' ? done : undefined, false);
    }
  };
  await Promise.all(Array.from({ length: Math.min(jobs, waiting.length) }, work));
  return {
    results: tasks.flatMap(({ id }) => results.get(id) ?? []),
    failed: failed.sort((a, b) => (a.task.id < b.task.id ? -1 : 1)),
  };
}

/** The result of a task, or why it has none. */
async function runTask(
  task: Task,
  { directory, program, signal }: SweepOptions,
): Promise<TaskResult | string> {
  const journal = journalOf(directory, task);
  for (const path of [journal, timingsPathOf(journal)]) rmSync(path, { force: true });
  const { ended, stop } = runCommand(program, commandOf(directory, task));
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const { code, signal: by, message } = await ended;
  signal.removeEventListener('abort', stop);
  if (code !== 0) {
    const how = by === null ? `exit code ${code ?? 'unknown'}` : `ended by ${by}`;
    return message === '' ? how : `${how}: ${message.replace(/^barometer: /, '')}`;
  }
  return (await keepResult(directory, task)) ?? 'its journal does not come to an end';
}

/** Arguments of the command line that runs a task. */
export const commandOf = (directory: string, task: Task): readonly string[] => [
  'replay',
  ...task.replay,
  '--quiet',
  '--journal',
  journalOf(directory, task),
];
