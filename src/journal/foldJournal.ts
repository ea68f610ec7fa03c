import type { PipelineEvent } from '../../streams/events';
import { STANDARD_TOPOLOGY } from '../../streams/topology';
import { initialStateOf, reduce, reduceAll } from '../metrics';
import type { MetricsState } from '../metrics';
import type { JournalError } from './journalError';
import type { JournalEntry, JournalHeader } from './journalEntry';
import type { JournalPlace } from './lines';
import type { PointInTime } from './pointInTime';
import { openJournal } from './openJournal';

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

/**
 * Reads a journal, whatever has been written of it by now, and folds its events. Lines that are
 * damaged are left out and named in `damaged`. Throws a `JournalError` where there is nothing to fold.
 */
export async function foldJournal(path: string, options: FoldOptions = {}): Promise<FoldedJournal> {
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
  const walk = new Walk(fold, at === undefined ? undefined : limitOf(at, header));
  for await (const { entries, after } of batches) {
    walk.all(entries);
    if (walk.isOver) break;
    fold = { ...walk.fold, after };
  }
  return { path, header, damaged, ...(walk.isOver ? walk.fold : fold) };
}

/** The state of a run before its first event. */
export const emptyState = ({ configuration }: JournalHeader): MetricsState =>
  initialStateOf(configuration.topology ?? STANDARD_TOPOLOGY);

/** Where to stop: before the first event with a later number or wall time, or after the last window of a market time. */
interface Limit {
  readonly seq: number;
  readonly wall: number;
  /** Microseconds, given the first row's. */
  readonly market: (start: number | undefined) => number;
}

const ANY: Limit = { seq: Infinity, wall: Infinity, market: () => Infinity };
const DAY = 86_400_000;

function limitOf(moment: PointInTime, header: JournalHeader): Limit {
  if ('seq' in moment) return { ...ANY, seq: moment.seq };
  if ('wall' in moment) return { ...ANY, wall: moment.wall };
  if ('market' in moment) return { ...ANY, market: () => moment.market * 1000 };
  if ('time' in moment) {
    // Recorded market time lies before the run that replays it.
    const { time } = moment;
    return limitOf(time >= header.wall ? { wall: time } : { market: time }, header);
  }
  const { timeOfDay } = moment;
  const market = (start = Infinity): number =>
    (Math.floor(start / 1000 / DAY) * DAY + timeOfDay) * 1000;
  return { ...ANY, market };
}

/** Counts leave their stages together, at the end of a window: in the midst of them the run stands nowhere. */
const closesWindow = ({ type }: PipelineEvent): boolean => type === 'window' || type === 'started';

/** Folds events until the limit is passed. */
class Walk {
  fold: Fold;
  isOver = false;
  readonly #limit: Limit | undefined;
  #whole: Fold;

  constructor(fold: Fold, limit: Limit | undefined) {
    this.fold = fold;
    this.#whole = fold;
    this.#limit = limit;
  }

  all(entries: readonly JournalEntry[]): void {
    const last = entries.at(-1);
    if (this.#limit !== undefined || last === undefined) {
      for (const entry of entries) this.next(entry);
      return;
    }
    const state = reduceAll(
      this.fold.state,
      entries.map(({ event }) => event),
    );
    this.fold = { state, seq: last.seq, wall: last.wall };
  }

  next({ seq, wall, event }: JournalEntry): void {
    if (this.isOver) return;
    if (this.#limit !== undefined && this.#passes(this.#limit, seq, wall, event)) {
      this.isOver = true;
      return;
    }
    this.fold = { state: reduce(this.fold.state, event), seq, wall };
    if (closesWindow(event)) this.#whole = this.fold;
  }

  #passes(limit: Limit, seq: number, wall: number, event: PipelineEvent): boolean {
    if (seq > limit.seq || wall > limit.wall) return true;
    if (event.type !== 'ingested' || event.marketTime === undefined) return false;
    const start = this.fold.state.market.start ?? event.marketStart;
    if (event.marketTime <= limit.market(start)) return false;
    this.fold = this.#whole;
    return true;
  }
}
