import { statSync } from 'node:fs';
import { extname } from 'node:path';
import { JournalError, record, timingsPathOf } from '../journal';
import type { Recorded, RecordOptions, RunSetup, TimingRecorder } from '../journal';
import { journalPathOf } from '../journal/runDirectory';
import { grouped } from '../report/format';
import { terminalText } from '../report/terminalText';
import type { Run } from '../replay';
import type { Io } from './io';
import { directoryFor } from './runArgument';

interface JournalRequest {
  /** A file or a folder, or `none`; the default folder unless given. */
  readonly journal: string | undefined;
  readonly fsync: boolean;
  readonly gzip: boolean;
  readonly quiet: boolean;
  readonly timings: TimingRecorder | undefined;
  readonly setup: RunSetup;
}

/**
 * Keeps a run's journal, as asked. The returned function waits for its end and returns whether all
 * is in it. Where nobody requested a journal and none can be written, the run goes without, and
 * that is said.
 */
export function recordRun(run: Run, request: JournalRequest, io: Io): () => Promise<boolean> {
  const { journal, fsync, gzip, timings, setup, quiet } = request;
  if (journal === 'none') return () => Promise.resolve(true);
  const say = (text: string): void => {
    io.stderr.write(`barometer: ${terminalText(text)}\n`);
  };
  const options: RecordOptions = {
    directory: directoryFor(io),
    setup,
    fsync,
    gzip,
    path: journalFileOf(journal, run.id, io),
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
    if (journal !== undefined || !(error instanceof JournalError)) {
      throw error;
    }
    say(`${error.message}; the run goes without a journal (--journal none says so)`);
    return () => Promise.resolve(true);
  }
}

/** The journal of a run, as requested; a folder gets a file that bears the run's name. */
export function journalFileOf(journal: string | undefined, id: string, io: Io): string {
  if (journal === undefined) return journalPathOf(directoryFor(io), id);
  return isFolder(journal) ? journalPathOf(journal, id) : journal;
}

/** A path that does not exist yet is a folder where it ends with a slash, or its name has no ending. */
function isFolder(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found !== undefined) return found.isDirectory();
  return /[/\\]$/.test(path) || extname(path) === '';
}

/** The files that a run writes for `--journal PATH`, as far as they are known before it. */
export function journalFilesOf(journal: string | undefined): string[] {
  if (journal === undefined || journal === 'none' || isFolder(journal)) return [];
  return [journal, `${journal}.gz`, timingsPathOf(journal)];
}

function isWhole({ path, missing, error }: Recorded, say: (text: string) => void): boolean {
  if (error === undefined) return true;
  if (missing > 0) say(`${path} lacks the last ${grouped(missing)} events of the run`);
  else say(error.message);
  return false;
}
