import type { Micros } from '../../streams';
import { JournalError, readTimings, timingsPathOf } from '../journal';
import type { FoldedJournal, Timings } from '../journal';
import { originOf } from './work';

interface RecordedWork {
  readonly timings: Timings;
  readonly origin: Micros;
  /** While it was measured; null where it is unknown. */
  readonly runQueueShare: number | null;
}

/** What a run took, item by item; throws a `JournalError` where that was not recorded. */
export function recordedWork(folded: FoldedJournal): RecordedWork {
  const found = timingsBeside(folded);
  if (found?.run === folded.header.run) return workOf(found, folded);
  if (found !== undefined) {
    throw new JournalError(
      'JOURNAL_INVALID',
      timingsPathOf(folded.path),
      `service times of run ${found.run}, beside the journal of run ${folded.header.run}. Record the run anew.`,
    );
  }
  throw new JournalError(
    'JOURNAL_MISSING',
    timingsPathOf(folded.path),
    `no service times beside the journal of run ${folded.header.run}. Replay ` +
      'without `--no-record-timings`, or name the tick files.',
  );
}

function workOf(timings: Timings, { state }: FoldedJournal): RecordedWork {
  const speed = state.run.configuration?.speed ?? 1;
  const { runQueueShare = null } = state.conditions ?? {};
  return { timings, origin: originOf(timings, speed, state.market.start), runQueueShare };
}

function timingsBeside({ path }: FoldedJournal): Timings | undefined {
  try {
    return readTimings(timingsPathOf(path));
  } catch (error) {
    if (error instanceof JournalError && error.code === 'JOURNAL_MISSING') return undefined;
    throw error;
  }
}
