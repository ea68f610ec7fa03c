import { rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { extname, join } from 'node:path';
import { timingsPathOf } from '../journal';
import { journalOf, keepResult } from './results';
import { runCommand } from './runCommand';
import type { Program } from './runCommand';
import type { Runner, RunnerContext, TaskOutcome } from './runner';
import { replayOf } from './task';
import type { Task } from './task';

export interface ProcessesOptions {
  /** How many tasks run at a time; one for each core unless given. */
  readonly jobs?: number;
  /** How the command line is started; as a process of Node.js unless given. */
  readonly program?: Program;
}

/** Runs each task in a child process, which ends when this process ends, even if it is killed. */
export function processes({
  jobs = availableParallelism(),
  program = OWN_PROGRAM,
}: ProcessesOptions = {}): Runner {
  return {
    async run(tasks, context) {
      const next = tasks.values();
      const work = async (): Promise<void> => {
        for (const task of next) {
          if (context.signal.aborted) return;
          context.onOutcome(task, await runTask(task, program, context));
        }
      };
      await Promise.all(Array.from({ length: Math.min(jobs, tasks.length) }, work));
    },
  };
}

const IS_SOURCE = extname(__filename) === '.ts';
const OWN_PROGRAM: Program = {
  file: process.execPath,
  args: [
    ...(IS_SOURCE
      ? ['-r', createRequire(__filename).resolve('ts-node/register/transpile-only')]
      : []),
    join(__dirname, `../cli/main${extname(__filename)}`),
  ],
};

async function runTask(
  task: Task,
  program: Program,
  { directory, signal }: RunnerContext,
): Promise<TaskOutcome> {
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
  ...replayOf(task),
  '--quiet',
  '--journal',
  journalOf(directory, task),
];
