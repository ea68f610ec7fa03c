import { livenessOf } from '../journal';
import type { FoldedJournal } from '../journal';
import { buildReport } from '../report';
import type { KnownCapacity, Report } from '../report';

/** The report of a journal's run, as far as it was written; a run whose process is gone is interrupted. */
export function reportOfJournal(
  { header, state }: Pick<FoldedJournal, 'header' | 'state'>,
  capacity?: KnownCapacity,
): Report {
  const report = buildReport(state, capacity);
  const liveness = livenessOf(header, state.run.outcome !== undefined);
  if (liveness !== 'interrupted') return report;
  return { ...report, run: { ...report.run, outcome: 'interrupted' } };
}
