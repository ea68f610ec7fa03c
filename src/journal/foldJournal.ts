import { STANDARD_TOPOLOGY } from '../../streams/topology';
import { initialStateOf, reduceAll } from '../metrics';
import type { MetricsState } from '../metrics';
import type { JournalError } from './journalError';
import { cutAt } from './journalCut';
import type { JournalHeader } from './journalEntry';
import type { JournalPlace } from './lines';
import type { PointInTime } from './pointInTime';
import { openJournal } from './openJournal';
import { checkOptionNames } from '../../operators/kernel/optionNames';
import type { OptionNames } from '../../operators/kernel/optionNames';

/** A run as far as its journal was folded. */
export interface Fold {
  readonly state: MetricsState;
  /** The latest event in it; 0 before the first. */
  readonly seq: number;
  /** When that was heard of: epoch milliseconds. */
  readonly wall: number;
  /** Where the journal goes on. */
  readonly after?: JournalPlace;
}

export interface FoldedJournal extends Fold {
  readonly path: string;
  readonly header: JournalHeader;
  /** What had to be left out. */
  readonly damaged: readonly JournalError[];
}

export interface FoldOptions {
  /** The run as it stood then; as it stands at the end of the journal unless given. */
  readonly at?: PointInTime | undefined;
  /** Goes on from there instead of from the beginning. */
  readonly from?: Fold | undefined;
}

const FOLD_OPTIONS: OptionNames<FoldOptions> = { at: true, from: true };

/**
 * Reads a journal, no matter what has been written of it by now, and folds its events. Lines that are
 * damaged are left out and named in `damaged`. Throws a `JournalError` where there is nothing to fold.
 */
export async function foldJournal(path: string, options: FoldOptions = {}): Promise<FoldedJournal> {
  checkOptionNames('foldJournal', options, FOLD_OPTIONS);
  const damaged: JournalError[] = [];
  const { at, from } = options;
  const journal = await openJournal(path, {
    after: from?.after,
    damaged: (error) => {
      damaged.push(error);
    },
  });
  const { header, batches } = journal;
  let fold: Fold = from ?? { state: emptyState(header), seq: 0, wall: header.wall };
  const cut = at === undefined ? undefined : await cutAt(at, path, header);
  for await (const { entries, after } of batches) {
    const kept = cut === undefined ? entries : entries.filter(cut.keeps);
    const last = kept.at(-1);
    if (last !== undefined) {
      const state = reduceAll(
        fold.state,
        kept.map(({ event }) => event),
      );
      fold = { state, seq: last.seq, wall: last.wall };
    }
    if (cut === undefined) fold = { ...fold, after };
    else if ((entries.at(-1)?.seq ?? 0) > cut.last) break;
  }
  return { path, header, damaged, ...fold };
}

/** The state of a run before its first event. */
export const emptyState = ({ configuration }: JournalHeader): MetricsState =>
  initialStateOf(configuration.topology ?? STANDARD_TOPOLOGY);
