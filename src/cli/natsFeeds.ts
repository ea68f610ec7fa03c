import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LiveSource } from '../../streams/live/liveSource';
import type { NatsOptions } from '../../streams/nats/openNats';
import { publicationOf } from '../../streams/nats/rowSubjects';
import { saveBacklog } from '../../streams/nats/saveBacklog';
import type { Run } from '../replay';
import { UsageError } from './usageError';

/** Feeds, and files with the rows that come before theirs. */
export interface FeedsWithBacklog {
  readonly feeds: readonly LiveSource[];
  readonly files: readonly string[];
  /** Removes the files. */
  readonly discard: () => void;
}

/** Saves what the publications hold by now; their feeds begin behind it. */
export async function withBacklog(feeds: readonly LiveSource[]): Promise<FeedsWithBacklog> {
  if (!feeds.some(({ kind }) => kind === 'nats')) {
    throw new UsageError('--backlog: only a nats:// feed has one');
  }
  const folder = mkdtempSync(join(tmpdir(), 'barometer-backlog-'));
  const discard = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const files: string[] = [];
    const behind: LiveSource[] = [];
    for (const feed of feeds) {
      if (feed.kind !== 'nats') {
        behind.push(feed);
        continue;
      }
      const path = join(folder, `${files.length}.frames`);
      const { rows, sequence } = await saveBacklog(feed.url, feed.access, path);
      if (rows > 0) files.push(path);
      behind.push({ ...feed, after: sequence });
    }
    return { feeds: behind, files, discard };
  } catch (error) {
    discard();
    throw error;
  }
}

/** Keeps the state of a run over a partition on the partition's server; returns what sends the last one. */
export async function sharePartition(
  feeds: readonly LiveSource[],
  access: NatsOptions,
  run: Run,
): Promise<() => Promise<void>> {
  const feed = feeds.find((one) => one.kind === 'nats');
  if (feed === undefined) return () => Promise.resolve();
  const { shareState } = await import('../cluster/nats/shareState.js');
  const { stream, symbols } = publicationOf(feed.url);
  const member = symbols.length === 0 ? 'all' : symbols.join('+');
  return shareState(feed.url, access, { group: stream, member }, run);
}
