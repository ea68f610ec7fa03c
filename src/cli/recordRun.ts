import { statSync } from 'node:fs';
import { JournalError, record } from '../journal';
import type { Recorded, RecordOptions, TimingRecorder } from '../journal';
import { journalPathOf } from '../journal/runDirectory';
import { grouped } from '../report/format';
import type { Run } from '../replay';
import type { Io } from './io';
import { directoryFor } from './runArgument';

export interface JournalRequest {
  /** A file or a folder, or `none`; the default folder unless given. */
  readonly journal: string | undefined;
  readonly fsync: boolean;
  readonly gzip: boolean;
  readonly quiet: boolean;
  readonly timings: TimingRecorder | undefined;
}

/**
 * Keeps a run's journal, as asked. The returned function waits for its end and returns whether all
 * is in it. Where nobody asked for a journal and none can be written, the run goes without, and
 * that is said.
 */
export function recordRun(run: Run, request: JournalRequest, io: Io): () => Promise<boolean> {
  const { journal, fsync, gzip, timings, quiet } = request;
  if (journal === 'none') return () => Promise.resolve(true);
  const say = (text: string): void => {
    io.stderr.write(`barometer: ${text}\n`);
  };
  const options: RecordOptions = {
    directory: directoryFor(io),
    fsync,
    gzip,
    ...(journal === undefined ? {} : { path: fileOf(journal, run.id) }),
    ...(timings === undefined ? {} : { timings }),
    held: () => {
      if (!quiet) say('the disk does not keep up with the journal: the run is held until it does');
    },
    failed: ({ message }) => {
      say(`${message}; the run goes on without its journal`);
    },
  };
  try {
    const { closed } = record(run, options);
    const whole = closed.then((recorded) => isWhole(recorded, say));
    return () => whole;
  } catch (error) {
    if (journal !== undefined || timings !== undefined || !(error instanceof JournalError)) {
      throw error;
    }
    say(`${error.message}; the run goes without a journal (--journal none says so)`);
    return () => Promise.resolve(true);
  }
}

/** A folder gets a file that bears the run's name. */
function fileOf(path: string, id: string): string {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder ? journalPathOf(path, id) : path;
}

function isWhole({ path, missing, error }: Recorded, say: (text: string) => void): boolean {
  if (error === undefined) return true;
  if (missing > 0) say(`${path} lacks the last ${grouped(missing)} events of the run`);
  else say(error.message);
  return false;
}
