import { JournalError, peekJournal, livenessOf } from '../journal';
import { runOf } from '../journal/runDirectory';
import type { StatusName } from './status';

/** A line of the list of runs. */
export interface RunEntry {
  readonly id: string;
  readonly path: string;
  /** What is wrong with the journal, where it cannot be read. */
  readonly state: StatusName | 'unreadable' | 'empty';
  readonly problem?: string;
  readonly bytes?: number;
  readonly startedAt?: string;
  readonly mode?: string;
  readonly speed?: number;
  readonly time?: string;
  readonly events?: string;
  /** Share of the input read, 0 to 1, where the journal's end tells it. */
  readonly progress?: number;
  readonly files?: readonly string[];
}

/** What the ends of a journal tell of its run. */
export async function runEntryOf(path: string): Promise<RunEntry> {
  const id = runOf(path);
  try {
    const { header, last, ingested, bytes } = await peekJournal(path);
    const finished = last?.event.type === 'finished' ? last.event : undefined;
    const { mode, speed, time, files } = header.configuration;
    return {
      id: header.run,
      path,
      state: finished?.outcome ?? liveState(livenessOf(header, false), last?.event.type),
      bytes,
      startedAt: new Date(header.wall).toISOString(),
      mode,
      speed,
      time,
      events: String(last?.seq ?? 0),
      ...(ingested === undefined ? {} : { progress: ingested.progress }),
      files,
    };
  } catch (error) {
    // No matter what is wrong with one journal, the others are listed.
    const isEmpty = error instanceof JournalError && error.code === 'JOURNAL_EMPTY';
    return {
      id,
      path,
      state: isEmpty ? 'empty' : 'unreadable',
      problem: error instanceof Error ? error.message : String(error),
    };
  }
}

const liveState = (liveness: string, lastType: string | undefined): StatusName =>
  liveness === 'interrupted' ? 'interrupted' : lastType === 'paused' ? 'paused' : 'running';
