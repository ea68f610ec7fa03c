import { capacityOf, NoWorkError } from '../capacity/capacity';
import { capacityReport } from '../capacity/capacityReport';
import { workBeside } from '../capacity/recorded';
import type { FollowedJournal } from './followJournal';
import type { CapacityView } from './protocol';

/** The curve over speeds of a run whose service times were recorded; undefined where there is none. */
export function capacityView({
  path,
  header,
  timeline,
}: Pick<FollowedJournal, 'path' | 'header' | 'timeline'>): CapacityView | undefined {
  const { state, seq, wall } = timeline;
  const work = workBeside({ path, header, state, seq, wall, damaged: [] });
  if (work === undefined) return undefined;
  const { timings, origin } = work;
  try {
    const { answer, curve, sustainableSpeed } = capacityReport({
      source: { run: header.run, files: [], strategies: timings.strategies },
      capacity: capacityOf(timings, { origin }),
    });
    const speed = Number.isFinite(sustainableSpeed) ? sustainableSpeed : null;
    return { answer, curve, sustainableSpeed: speed };
  } catch (error) {
    if (error instanceof NoWorkError) return undefined;
    throw error;
  }
}
