import { capacityOf, NoWorkError } from '../capacity/capacity';
import { capacityReport } from '../capacity/capacityReport';
import { recordedWork } from '../capacity/recorded';
import { JournalError } from '../journal';
import type { FollowedJournal } from './followJournal';
import type { CapacityView } from './protocol';

/** The curve over speeds of a run whose service times were recorded; undefined where there is none. */
export function capacityView({
  path,
  header,
  timeline,
}: Pick<FollowedJournal, 'path' | 'header' | 'timeline'>): CapacityView | undefined {
  const { state, seq, wall } = timeline;
  try {
    const folded = { path, header, state, seq, wall, damaged: [] };
    const { timings, origin } = recordedWork(folded);
    const { answer, curve, sustainableSpeed } = capacityReport({
      source: { run: header.run, files: [], strategies: timings.strategies },
      capacity: capacityOf(timings, { origin }),
    });
    const speed = Number.isFinite(sustainableSpeed) ? sustainableSpeed : null;
    return { answer, curve, sustainableSpeed: speed };
  } catch (error) {
    // Nothing was recorded, or nothing was served.
    if (error instanceof NoWorkError || error instanceof JournalError) return undefined;
    throw error;
  }
}
