import type { MetricsState } from '../../metrics';
import { roundPercent } from '../format';
import type { Confidence, Verdict } from './verdictSchema';

/** From so much on, service times say more of the machine than of the code. */
const DOUBTFUL = 0.2;

export function confidenceOf({ conditions }: MetricsState): { readonly confidence: Confidence } {
  const { runQueueShare = null, gcShare = 0 } = conditions ?? {};
  const notes = [
    ...(runQueueShare !== null && runQueueShare > DOUBTFUL
      ? [
          `The machine was busy: the serving threads waited for a core for ${roundPercent(runQueueShare)} ` +
            `of their time, so service times are between ${roundPercent(1 - runQueueShare)} and 100 % of what was measured.`,
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

/** What a reader is shown: the verdict, and how sure it is. The verdict's own text depends on the run alone. */
export const withNote = ({ text, confidence }: Pick<Verdict, 'text' | 'confidence'>): string =>
  confidence.note === undefined ? text : `${text} ${confidence.note}`;
