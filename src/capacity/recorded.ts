import type { Micros } from '../../streams';
import { JournalError, readTimings, timingsPathOf } from '../journal';
import type { FoldedJournal, Timings } from '../journal';
import { originOf } from './work';

export interface RecordedWork {
  readonly timings: Timings;
  readonly origin: Micros;
}

/** What a run took that was recorded with `--record-timings`; throws a `JournalError` where it was not. */
export function recordedWork(folded: FoldedJournal): RecordedWork {
  const work = workBeside(folded);
  if (work !== undefined) return work;
  throw new JournalError(
    'NO_JOURNAL',
    timingsPathOf(folded.path),
    `no service times beside the journal of run ${folded.header.run}. Record them by ` +
      '`barometer replay FILE… --record-timings`, or name the tick files.',
  );
}

/** The same; undefined where nothing was recorded. */
export function workBeside({ path, header, state }: FoldedJournal): RecordedWork | undefined {
  const beside = timingsPathOf(path);
  let timings: Timings;
  try {
    timings = readTimings(beside);
  } catch (error) {
    if (error instanceof JournalError && error.code === 'NO_JOURNAL') return undefined;
    throw error;
  }
  if (timings.run !== header.run) {
    throw new JournalError(
      'NOT_A_JOURNAL',
      beside,
      `service times of run ${timings.run}, beside the journal of run ${header.run}. Record the run anew.`,
    );
  }
  const speed = state.run.configuration?.speed ?? 1;
  return { timings, origin: originOf(timings, speed, state.market.start) };
}
