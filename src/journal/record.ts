import { hostname } from 'node:os';
import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Observable } from 'rxjs';
import type { PipelineEvent, RunConfiguration } from '../../streams/events';
import { versions } from '../version';
import { exitReason, onProcessExit } from './exitHooks';
import { createAppendFile } from './appendFile';
import type { AppendFile } from './appendFile';
import { compress } from './compress';
import { createTimingsFile } from './timings/timingsFile';
import { timingsPathOf } from './timings/timingsPath';
import type { TimingRecorder } from './timings';
import type { JournalError } from './journalError';
import { JOURNAL_SCHEMA } from './journalEntry';
import { JournalWriter } from './journalWriter';
import { newJournalFile, unwritable } from './newJournalFile';
import type { RunSetup } from './runSetup';
import { journalPathOf, pointAt, RUN_DIRECTORY } from './runDirectory';
import { checkOptionNames } from '../../operators/kernel/optionNames';
import type { OptionNames } from '../../operators/kernel/optionNames';

/** What a journal needs of a run. */
export interface Recordable {
  readonly id: string;
  readonly events$: Observable<PipelineEvent>;
  /** What it was made of; the header holds it. */
  readonly setup?: RunSetup;
  /** Keeps the run from reading on, until the returned function is called. */
  hold(by: 'journal'): () => void;
}

export interface RecordOptions {
  /** Where journals go, and the pointer to the latest; `.barometer` unless given. */
  readonly directory?: string;
  /** The journal's own file; named after the run, in the directory, unless given. */
  readonly path?: string;
  /** What the run was made of; what the run itself says unless given. */
  readonly setup?: RunSetup;
  /** What was flushed survives the machine's end, not only the process's. */
  readonly fsync?: boolean;
  /** The finished journal is compressed: `….ndjson.gz`. */
  readonly gzip?: boolean;
  /** The run's item meter: what each item cost is kept in a file beside the journal, `….timings`. */
  readonly timings?: TimingRecorder;
  /** This many bytes may wait for the disk before the run is held; 8 MiB unless given. */
  readonly highWaterMark?: number;
  /** With this many even so, the journal is given up; 256 MiB unless given. */
  readonly maxBuffered?: number;
  /** How files are made; real ones unless given. */
  readonly create?: (path: string) => AppendFile;
  /** Called with the number of the last event that is safe. */
  readonly flushed?: (seq: number) => void;
  /** Called when the run is held because the disk does not keep up. */
  readonly held?: () => void;
  /** Called once, when nothing more can be written. The run goes on. */
  readonly failed?: (error: JournalError) => void;
}

const RECORD_OPTIONS: OptionNames<RecordOptions> = {
  directory: true,
  path: true,
  setup: true,
  fsync: true,
  gzip: true,
  timings: true,
  highWaterMark: true,
  maxBuffered: true,
  create: true,
  flushed: true,
  held: true,
  failed: true,
};

/** What became of a journal. */
export interface Recorded {
  readonly path: string;
  readonly bytes: number;
  /** Events in the file. */
  readonly events: number;
  /** Events that could not be written. */
  readonly missing: number;
  /** The file of service times, where they were recorded. */
  readonly timings?: string;
  /** Why they could not be, or why it was not compressed. */
  readonly error?: JournalError;
}

export interface Recording {
  readonly path: string;
  /** Settles after the run's end, when all is in the file; await it before the process ends. Never rejects. */
  readonly closed: Promise<Recorded>;
}

/**
 * Writes a run's journal: every event from now on, each after the state that contains it. Attach it
 * before the run starts.
 *
 * What is written is written behind the run's back, and at most 50 ms old. If the disk is so slow
 * that too much waits for it, the run is held, and that is an event of the run like any other.
 *
 * Throws a `JournalError` where the file cannot be made.
 */
export function record(run: Recordable, options: RecordOptions = {}): Recording {
  checkOptionNames('record', options, RECORD_OPTIONS);
  const { directory = RUN_DIRECTORY, create = createAppendFile } = options;
  const { path = journalPathOf(directory, run.id) } = options;
  const { setup = run.setup } = options;
  const file = newJournalFile(path, create);
  point(directory, path);
  let error: JournalError | undefined;
  let safe = 0;
  const shared = {
    ...limits(options),
    hold: () => {
      options.held?.();
      return run.hold('journal');
    },
    failed: (cause: unknown) => {
      if (error !== undefined) return;
      error = unwritable(path, cause);
      options.failed?.(error);
    },
  };
  const writer = new JournalWriter(file, {
    ...shared,
    flushed: (seq) => {
      safe = seq;
      options.flushed?.(seq);
    },
  });
  const timings =
    options.timings &&
    createTimingsFile(timingsPathOf(path), options.timings, { create, ...shared });
  let opened = false;
  let at = 0;
  // The process may end before the run: by `process.exit` in a strategy, or a second signal.
  const forget = onProcessExit((code) => {
    if (opened) writer.closeNow(suddenEnd(code, at), Date.now());
  });
  const closed = new Promise<Recorded>((settle) => {
    const end = (): void => {
      forget();
      const close = async (): Promise<Recorded> => {
        await Promise.all([writer.close(), timings?.close()]);
        const { bytes, seq } = writer;
        const journal = { path, bytes, events: safe, missing: seq - safe };
        const recorded = timings === undefined ? journal : { ...journal, timings: timings.path };
        if (error !== undefined) return { ...recorded, error };
        return options.gzip === true ? packed(recorded) : recorded;
      };
      settle(close());
    };
    run.events$.subscribe({
      next: (event) => {
        const wall = Date.now();
        ({ at } = event);
        if (!opened && event.type === 'started') {
          opened = true;
          writer.open({
            ...headerOf(run.id, wall, event.configuration),
            ...(setup === undefined ? {} : { setup }),
          });
          timings?.open(event.configuration);
        }
        writer.write(event, wall);
      },
      error: end,
      complete: end,
    });
  });
  return { path, closed };
}

/** By convention codes above 128 stand for signals. */
const suddenEnd = (code: number, at: number): PipelineEvent => ({
  type: 'finished',
  at,
  wallTime: Date.now(),
  ...(code > 128 ? { outcome: 'stopped' } : { outcome: 'failed', error: exitReason(code) }),
});

const headerOf = (run: string, wall: number, configuration: RunConfiguration) =>
  ({
    seq: 0,
    type: 'journal',
    schema: JOURNAL_SCHEMA,
    run,
    wall,
    pid: process.pid,
    host: hostname(),
    versions: versions(),
    configuration,
  }) as const;

const limits = ({ fsync, highWaterMark: holdAt, maxBuffered: giveUpAt }: RecordOptions) => ({
  ...(fsync === undefined ? {} : { fsync }),
  ...(holdAt === undefined ? {} : { highWaterMark: holdAt }),
  ...(giveUpAt === undefined ? {} : { maxBuffered: giveUpAt }),
});

/** Only what can be read again is worth pointing at. A pointer that cannot be written is no reason not to write the journal somewhere else. */
function point(directory: string, path: string): void {
  if (statSync(path, { throwIfNoEntry: false })?.isFile() === false) return;
  try {
    pointAt('latest', directory, path);
  } catch (error) {
    if (dirname(resolve(path)) === resolve(directory)) throw unwritable(path, error);
  }
}

async function packed(recorded: Recorded): Promise<Recorded> {
  try {
    return { ...recorded, ...(await compress(recorded.path)) };
  } catch (cause) {
    return { ...recorded, error: unwritable(`${recorded.path}.gz`, cause) };
  }
}
