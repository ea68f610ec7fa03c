import { rmSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { journalsIn, latestIn, namedIn } from './runDirectory';
import { livenessOf, peekJournal } from './peekJournal';
import { timingsPathOf } from './timings/timingsPath';

/** Which runs stay. */
export type Kept = { readonly count: number } | { readonly since: number };

export interface PrunedRun {
  readonly id: string;
  readonly path: string;
  /** Epoch milliseconds. */
  readonly wall: number;
  /** Of the journal and its service times. */
  readonly bytes: number;
}

export interface Pruned {
  readonly removed: readonly PrunedRun[];
  /** Journals that are still there. */
  readonly kept: number;
}

/**
 * Removes the journals of a folder, with their service times, except those that are kept: the newest
 * `count` runs, or those begun `since` then (epoch milliseconds). The latest run, the baseline, runs that
 * go on, and files that are no journals stay in any case; so do recordings of live sessions.
 */
export async function pruneRuns(
  directory: string,
  kept: Kept,
  { dryRun = false }: { readonly dryRun?: boolean } = {},
): Promise<Pruned> {
  const named = [latestIn(directory), namedIn(directory, 'baseline')].map(
    (path) => path && resolve(path),
  );
  const paths = journalsIn(directory);
  const runs: (PrunedRun & { readonly isOver: boolean })[] = [];
  for (const path of paths) {
    const run = await runIn(path);
    if (run !== undefined) runs.push(run);
  }
  runs.sort((a, b) => b.wall - a.wall);
  const old =
    'count' in kept ? runs.slice(kept.count) : runs.filter(({ wall }) => wall < kept.since);
  const removed = old
    .filter(({ path, isOver }) => isOver && !named.includes(resolve(path)))
    .map(({ id, path, wall, bytes }) => ({ id, path, wall, bytes }))
    .reverse();
  if (!dryRun) {
    for (const { path } of removed) {
      for (const file of [path, timingsPathOf(path)]) rmSync(file, { force: true });
    }
  }
  return { removed, kept: paths.length - removed.length };
}

/** Undefined for what is no journal that can be read: it is somebody else's. */
async function runIn(path: string) {
  try {
    const { header, last, bytes } = await peekJournal(path);
    const timings = statSync(timingsPathOf(path), { throwIfNoEntry: false })?.size ?? 0;
    const isOver = livenessOf(header, last?.event.type === 'finished') !== 'running';
    return { id: header.run, path, wall: header.wall, bytes: bytes + timings, isOver };
  } catch {
    return undefined;
  }
}
