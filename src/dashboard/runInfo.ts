import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { journalsIn, timingsPathOf } from '../journal';
import type { JournalHeader } from '../journal';
import { runOf } from '../journal/runDirectory';
import { edgesOf } from '../metrics';
import type { MetricsState } from '../metrics';
import { packageVersion } from '../version';
import type { RunInfo } from './protocol';

/** Runs that can be chosen for a comparison. */
const MOST_OTHERS = 100;

/** What does not change while one looks at a run. */
export function runInfo(
  { header, path }: { readonly header: JournalHeader; readonly path: string },
  { topology }: MetricsState,
  directory: string,
): RunInfo {
  return {
    id: header.run,
    startedAt: new Date(header.wall).toISOString(),
    version: packageVersion(),
    stages: topology.map(({ stage: name, title }) => ({ name, title })),
    edges: edgesOf(topology).map(({ name, label, items, producer, consumer, thresholds }) => ({
      name,
      label,
      items,
      producer,
      consumer,
      thresholds,
    })),
    others: journalsIn(directory)
      .filter((other) => resolve(other) !== resolve(path))
      .map(runOf)
      .reverse()
      .slice(0, MOST_OTHERS),
    hasTimings: existsSync(timingsPathOf(path)),
  };
}

/** A journal of the folder, by the exact id of its run; a page can name nothing else. */
export const journalOfRun = (directory: string, run: string): string | undefined =>
  journalsIn(directory).find((path) => runOf(path) === run);
