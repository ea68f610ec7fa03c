import type { MetricsState } from '../../metrics';
import type { Effect } from '../actions/action';
import { busyRange, DOUBTFUL, rangeOf } from '../busyMachine';
import { roundPercent } from '../format';
import type { Confidence, Verdict } from './verdictSchema';

/** @param speeds as they follow from what was measured */
export function confidenceOf(
  { conditions }: MetricsState,
  speeds?: Effect,
): { readonly confidence: Confidence } {
  const { runQueueShare = null, gcShare = 0 } = conditions ?? {};
  const notes = [
    ...(runQueueShare !== null && runQueueShare > DOUBTFUL
      ? [
          `The machine was busy: the serving threads waited for a core for ${roundPercent(runQueueShare)} ` +
            `of their time, so service times are between ${roundPercent(1 - runQueueShare)} and 100 % of what was measured.` +
            rangesText(speeds, runQueueShare),
        ]
      : []),
    ...(gcShare > DOUBTFUL
      ? [`Garbage collection took ${roundPercent(gcShare)} of the run's real time.`]
      : []),
  ];
  return {
    confidence: {
      runQueueShare,
      gcShare,
      ...(notes.length === 0 ? {} : { note: notes.join(' ') }),
    },
  };
}

function rangesText(speeds: Effect | undefined, share: number): string {
  const calm = speeds && busyRange(speeds.sustainableSpeed, share);
  const stable = speeds && busyRange(speeds.stableSpeed, share);
  if (calm === undefined || stable === undefined) return '';
  return ` The sustainable speed is ${rangeOf(calm)}, and it is stable up to ${rangeOf(stable)}.`;
}

/** What a reader is shown: the verdict, and how sure it is. The verdict's own text depends on the run alone. */
export const withNote = ({ text, confidence }: Pick<Verdict, 'text' | 'confidence'>): string =>
  confidence.note === undefined ? text : `${text} ${confidence.note}`;
