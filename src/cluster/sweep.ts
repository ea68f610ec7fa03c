import { resultOf } from './results';
import type { TaskResult } from './results';
import type { Runner } from './runner';
import type { Task } from './task';

export interface SweepOptions {
  /** Where results are kept. */
  readonly directory: string;
  readonly runner: Runner;
  /** Results that are there already are taken as they are; false unless given. */
  readonly resume?: boolean;
  /** Aborted, no task is begun any more, and those that run are stopped. */
  readonly signal?: AbortSignal;
  /** Called with each task that is over. */
  readonly onTask?: (task: Task, failure: string | undefined, isOld: boolean) => void;
}

export interface Swept {
  readonly results: readonly TaskResult[];
  readonly failed: readonly { readonly task: Task; readonly why: string }[];
}

/**
 * Runs tasks and keeps the result of each. What a task leaves is the whole state of its run, never an
 * increment: run twice, it counts once.
 */
export async function sweep(
  tasks: readonly Task[],
  { directory, runner, resume = false, signal, onTask }: SweepOptions,
): Promise<Swept> {
  const results = new Map<string, TaskResult>();
  const failed = new Map<string, { task: Task; why: string }>();
  const waiting = tasks.filter((task) => {
    const old = resume ? resultOf(directory, task.id) : undefined;
    if (old === undefined) return true;
    results.set(task.id, old);
    onTask?.(task, undefined, true);
    return false;
  });
  const { signal: never } = new AbortController();
  const stopping = signal ?? never;
  await runner.run(waiting, {
    directory,
    signal: stopping,
    onOutcome: (task, outcome) => {
      const failure = typeof outcome === 'string' ? outcome : undefined;
      if (typeof outcome !== 'string') results.set(task.id, outcome);
      // A task that was stopped has not failed.
      else if (!stopping.aborted) failed.set(task.id, { task, why: outcome });
      onTask?.(task, failure, false);
    },
  });
  return {
    results: tasks.flatMap(({ id }) => results.get(id) ?? []),
    failed: tasks.flatMap(({ id }) => failed.get(id) ?? []),
  };
}
