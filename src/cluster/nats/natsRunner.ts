import { openNats } from '../../../streams/nats/openNats';
import type { Nats, NatsOptions } from '../../../streams/nats/openNats';
import { answerCodeOf, untilAnswered } from '../../../streams/nats/untilAnswered';
import { writeResult } from '../results';
import type { Runner, RunnerContext } from '../runner';
import type { Task } from '../task';
import { followStates, lastState } from './states';
import { ANSWERS, ensureStreams, stateSubject, STATES, taskSubject } from './subjects';
import { metricsIn } from './taskState';
import type { TaskState } from './taskState';
import { encodeTask } from './wireTask';

export interface NatsRunnerOptions extends NatsOptions {
  /** Name of the sweep on the server: its states are `barometer.state.NAME.*`. */
  readonly name: string;
  /** Folder that paths of strategy modules are relative to, as in `--modules` of workers; the present one unless given. */
  readonly modules?: string;
  /** Takes states of these tasks that the server has; otherwise they run again. False unless given. */
  readonly resume?: boolean;
}

/** How many requests are under way at a time. */
const AT_ONCE = 64;

/**
 * Submits tasks to workers, `barometer worker`, through NATS JetStream, and waits for their states. What
 * is submitted stays on the server: a sweep that was stopped finds it there with `resume`.
 */
export function natsRunner(url: string, options: NatsRunnerOptions): Runner {
  const { name, modules = '.', resume = false } = options;
  return {
    async run(tasks, context) {
      const texts = tasks.map((task) => encodeTask(task, modules));
      const nats = await openNats(url, options);
      try {
        await ensureStreams(nats);
        const over = new Set<Task>();
        await eachOf(tasks, async (task, i) => {
          const state = await leftOver(nats, name, task, resume);
          if (state === undefined) await submit(nats, name, task, texts[i] as string);
          else if (report(task, state, context)) over.add(task);
        });
        await follow(nats, name, new Set(tasks.filter((task) => !over.has(task))), context);
      } finally {
        await nats.close();
      }
    },
  };
}

/** The state that the server has of a task, if it is to be taken; deletes it otherwise. */
async function leftOver(
  nats: Nats,
  name: string,
  task: Task,
  resume: boolean,
): Promise<TaskState | undefined> {
  const subject = stateSubject(name, task.id);
  const found = resume ? await lastState(nats, subject) : undefined;
  if (found?.status === 'done') return found;
  await untilAnswered(nats, () => nats.manager.streams.purge(STATES, { filter: subject }));
  return undefined;
}

async function submit(nats: Nats, name: string, { id }: Task, text: string): Promise<void> {
  try {
    await untilAnswered(nats, () => nats.jetstream.publish(taskSubject(name, id), text));
  } catch (error) {
    // It waits there already, or a worker has it.
    if (answerCodeOf(error) !== ANSWERS.subjectTaken) throw error;
  }
}

/** Reads states as they come until every task is over. */
async function follow(
  nats: Nats,
  name: string,
  open: Set<Task>,
  context: RunnerContext,
): Promise<void> {
  if (open.size === 0) return;
  const bySubject = new Map([...open].map((task) => [stateSubject(name, task.id), task]));
  for await (const { subject, read } of followStates(nats, name, context.signal)) {
    const task = bySubject.get(subject);
    if (task === undefined || !open.has(task)) continue;
    const state = read();
    if (state !== undefined && report(task, state, context)) open.delete(task);
    if (open.size === 0) return;
  }
}

/** Says what came of a task; false where nothing has yet. */
function report(task: Task, state: TaskState, { directory, onOutcome }: RunnerContext): boolean {
  if (state.status === 'running') return false;
  if (state.status === 'failed') {
    onOutcome(task, state.why);
    return true;
  }
  const metrics = metricsIn(state);
  if (metrics === undefined) return false;
  onOutcome(task, writeResult(directory, task, state.checkpoint, metrics));
  return true;
}

async function eachOf<T>(
  items: readonly T[],
  action: (item: T, index: number) => Promise<void>,
): Promise<void> {
  const next = items.entries();
  const work = async (): Promise<void> => {
    for (const [index, item] of next) await action(item, index);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
}
