import type { TaskResult } from './results';
import type { Task } from './task';

/** What came of a task: its result, or the reason why it has none. */
export type TaskOutcome = TaskResult | string;

export interface RunnerContext {
  /** Where results are kept. */
  readonly directory: string;
  /** Aborted, no task is begun any more, and those that run are stopped. */
  readonly signal: AbortSignal;
  /** Called with each task that is over. */
  readonly onOutcome: (task: Task, outcome: TaskOutcome) => void;
}

/** What runs the tasks of a sweep: processes of this machine, or workers on any machines. */
export interface Runner {
  /** Resolves when every task is over, or the signal has stopped them. */
  readonly run: (tasks: readonly Task[], context: RunnerContext) => Promise<void>;
}
