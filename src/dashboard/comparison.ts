import { openJournal } from '../journal';
import { reportOfJournal } from '../views/reportOfJournal';
import { diffOf } from '../views/diff';
import type { Comparison } from './protocol';
import type { FollowedJournal } from './followJournal';
import { seriesOf } from './series';
import { Timeline } from './timeline';

/** Another run, from its journal, beside the one that is shown. */
export async function comparisonWith(
  path: string,
  { header, timeline }: Pick<FollowedJournal, 'header' | 'timeline'>,
): Promise<Comparison> {
  const { header: otherHeader, batches } = await openJournal(path, { damaged: () => undefined });
  const other = new Timeline(otherHeader);
  for await (const { entries } of batches) other.add(entries);
  return {
    diff: diffOf(
      reportOfJournal({ header: otherHeader, state: other.state }),
      reportOfJournal({ header, state: timeline.state }),
    ),
    series: seriesOf(other.marks),
  };
}
