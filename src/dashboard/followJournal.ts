import { statSync } from 'node:fs';
import { livenessOf, openWhenBegun } from '../journal';
import type { JournalError, JournalHeader, Liveness } from '../journal';
import type { MemberView } from './protocol';
import { Timeline } from './timeline';

/** A journal that is being read, and goes on being read while its run writes it. */
export interface FollowedJournal {
  readonly path: string;
  readonly header: JournalHeader;
  readonly timeline: Timeline;
  /** Share of the file that has been read, 0 to 1; 1 for all that there is so far. */
  readonly read: number;
  readonly liveness: Liveness;
  /** What had to be left out. */
  readonly damaged: readonly JournalError[];
  /** Several runs that are shown as one. */
  readonly members?: () => readonly MemberView[];
  /** Calls when there is something new; returns how to stop that. */
  onChange(listener: () => void): () => void;
  /** Settles when the run is over and all of it has been read; rejects where the file cannot be read any more. */
  readonly done: Promise<void>;
  close(): void;
}

/** Milliseconds between two looks at the process of the run. */
const LIVENESS = 1000;

/** Reads a journal from its beginning, in the background. Throws a `JournalError` where there is none. */
export async function followJournal(path: string): Promise<FollowedJournal | undefined> {
  const stop = new AbortController();
  const damaged: JournalError[] = [];
  const journal = await openWhenBegun(path, {
    follow: stop.signal,
    damaged: (error) => damaged.push(error),
  });
  if (journal === undefined) return undefined;
  const { header, batches } = journal;
  const timeline = new Timeline(header);
  const listeners = new Set<() => void>();
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  let bytes = 0;
  const hasFinished = (): boolean => timeline.state.run.outcome !== undefined;
  let liveness = livenessOf(header, false);
  const look = setInterval(() => {
    const now = livenessOf(header, hasFinished());
    if (now === liveness) return;
    liveness = now;
    // What a process that is gone has written is all there will be.
    if (now === 'interrupted') stop.abort();
    changed();
  }, LIVENESS);
  const readAll = async (): Promise<void> => {
    for await (const { entries, after } of batches) {
      timeline.add(entries);
      bytes = after.bytes;
      if (hasFinished()) {
        liveness = 'finished';
        stop.abort();
      }
      changed();
      // Requests are answered between two pieces of a long journal.
      await new Promise(setImmediate);
    }
  };
  if (liveness === 'interrupted') stop.abort();
  const done = readAll().finally(() => {
    clearInterval(look);
    liveness = livenessOf(header, hasFinished());
    bytes = Infinity;
    changed();
  });
  done.catch(() => undefined);
  return {
    path,
    header,
    timeline,
    get read() {
      return Math.min(1, bytes / Math.max(1, sizeOf(path)));
    },
    get liveness() {
      return liveness;
    },
    damaged,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    done,
    close() {
      stop.abort();
      clearInterval(look);
      listeners.clear();
    },
  };
}

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
