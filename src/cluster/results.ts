import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { checkpointOf, foldIn, foldJournal } from '../journal';
import type { Fold } from '../journal';
import { isJournalName, runOf } from '../journal/runDirectory';
import type { MetricsState } from '../metrics';
import { openOutputFile } from '../output';
import type { Task } from './task';

/** What a finished task left. */
export interface TaskResult {
  readonly id: string;
  readonly part: string;
  readonly strategies: readonly string[];
  readonly state: MetricsState;
}

const ENDING = '.result.json';
const SCHEMA = 1;

const resultSchema = z.object({
  type: z.literal('result'),
  schema: z.literal(SCHEMA),
  id: z.string(),
  part: z.string(),
  strategies: z.array(z.string()),
  /** The state at the run's end, as a checkpoint of its journal. */
  checkpoint: z.string(),
});

export const journalOf = (directory: string, { id }: Pick<Task, 'id'>): string =>
  join(directory, `${id}.ndjson`);

const pathOf = (directory: string, id: string): string => join(directory, `${id}${ENDING}`);

/** Whether the run came to its end: a journal that was cut off is no result. */
const isDone = ({ state }: Fold): boolean =>
  state.run.phase === 'finished' && state.run.outcome === 'done';

/**
 * Folds the journal of a task and writes its result, which has its name only when it is whole. Returns
 * undefined where the run did not come to its end.
 */
export async function keepResult(directory: string, task: Task): Promise<TaskResult | undefined> {
  const fold = await foldJournal(journalOf(directory, task));
  if (!isDone(fold)) return undefined;
  const { state, seq, wall } = fold;
  return writeResult(directory, task, checkpointOf({ state, seq, wall }), state);
}

/** Writes what a task left; a file of that name is whole. */
export function writeResult(
  directory: string,
  { id, part, strategies }: Pick<Task, 'id' | 'part' | 'strategies'>,
  checkpoint: string,
  state: MetricsState,
): TaskResult {
  const file = openOutputFile(pathOf(directory, id));
  try {
    const result: z.input<typeof resultSchema> = {
      ...{ type: 'result', schema: SCHEMA, id, part, checkpoint },
      strategies: [...strategies],
    };
    file.write(JSON.stringify(result));
    file.commit();
  } finally {
    file.discard();
  }
  return { id, part, strategies, state };
}

/** The result of a task; undefined where there is none, or none that can be read. */
export function resultOf(directory: string, id: string): TaskResult | undefined {
  try {
    const text = readFileSync(pathOf(directory, id), 'utf8');
    const { part, strategies, checkpoint } = resultSchema.parse(JSON.parse(text));
    return { id, part, strategies, state: foldIn(checkpoint).state };
  } catch {
    return undefined;
  }
}

/** What a folder of a sweep holds. */
export interface Results {
  /** By name, each task once. */
  readonly results: readonly TaskResult[];
  /** Names of the tasks that did not come to their end. */
  readonly unfinished: readonly string[];
}

/**
 * The results of a folder: those that a sweep wrote, and of finished journals that other runners left
 * (`sweep --list` names such commands).
 */
export async function resultsIn(directory: string): Promise<Results> {
  const names = readdirSync(directory).sort();
  const results = new Map<string, TaskResult>();
  const unfinished: string[] = [];
  for (const name of names) {
    if (!name.endsWith(ENDING)) continue;
    const id = name.slice(0, -ENDING.length);
    const result = resultOf(directory, id);
    if (result !== undefined) results.set(id, result);
  }
  for (const name of names) {
    const id = runOf(name);
    if (!isJournalName(name) || results.has(id)) continue;
    const fold = await foldJournal(join(directory, name)).catch(() => undefined);
    if (fold !== undefined && isDone(fold)) {
      const { state } = fold;
      const { files = [], strategies = [] } = state.run.configuration ?? {};
      results.set(id, { id, part: files.join(' '), strategies, state });
    } else unfinished.push(id);
  }
  const byId = [...results.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  return { results: byId, unfinished };
}
