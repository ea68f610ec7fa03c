import type { Micros } from '../../streams';
import { foldJournal, JournalError, readTimings, timingsPathOf } from '../journal';
import type { FoldedJournal, Timings } from '../journal';
import { originOf } from './work';

export interface RecordedWork {
  readonly timings: Timings;
  readonly origin: Micros;
  readonly folded: FoldedJournal;
}

/** What a run took that was recorded with `--record-timings`; throws a `JournalError` where it was not. */
export async function recordedWork(path: string): Promise<RecordedWork> {
  const folded = await foldJournal(path);
  const timings = timingsBeside(path, folded);
  const { run, market } = folded.state;
  const speed = run.configuration?.speed ?? 1;
  return { timings, origin: originOf(timings, speed, market.start), folded };
}

function timingsBeside(path: string, { header }: FoldedJournal): Timings {
  const beside = timingsPathOf(path);
  let timings: Timings;
  try {
    timings = readTimings(beside);
  } catch (error) {
    if (!(error instanceof JournalError) || error.code !== 'NO_JOURNAL') throw error;
    throw new JournalError(
      'NO_JOURNAL',
      beside,
      `no service times beside the journal of run ${header.run}. Record them by ` +
        '`barometer replay FILE… --record-timings`, or name the tick files.',
    );
  }
  if (timings.run === header.run) return timings;
  throw new JournalError(
    'NOT_A_JOURNAL',
    beside,
    `service times of run ${timings.run}, beside the journal of run ${header.run}. Record the run anew.`,
  );
}
