import { largestOf } from '../../operators/kernel/extremes';
import type { Micros } from '../../streams/bars/bar';
import type { StageName } from '../../streams/events';
import { STANDARD_TOPOLOGY } from '../../streams/topology';
import { eventOwners } from './eventOwners';
import type { JournalEntry, JournalHeader } from './journalEntry';
import { openJournal } from './openJournal';
import type { PointInTime } from './pointInTime';

/** Which events of a journal make up the state of a run at a point in time. */
interface JournalCut {
  readonly keeps: (entry: JournalEntry) => boolean;
  /** Nothing with a later number is kept. */
  readonly last: number;
}

const DAY_MS = 86_400_000;

/** Reads the journal once where the point is one of market time. */
export async function cutAt(
  moment: PointInTime,
  path: string,
  header: JournalHeader,
): Promise<JournalCut> {
  if ('seq' in moment) return { last: moment.seq, keeps: ({ seq }) => seq <= moment.seq };
  // Recorded market time lies before the run that replays it.
  const isWall = 'wall' in moment || ('time' in moment && moment.time >= header.wall);
  if (isWall) {
    const limit = 'wall' in moment ? moment.wall : moment.time;
    return { last: Infinity, keeps: ({ wall }) => wall <= limit };
  }
  const limitOf = (start: number): number => {
    if ('market' in moment) return moment.market * 1000;
    if ('time' in moment) return moment.time * 1000;
    const { timeOfDay } = moment;
    return (Math.floor(start / 1000 / DAY_MS) * DAY_MS + timeOfDay) * 1000;
  };
  return marketCut(path, header, limitOf);
}

/**
 * Everything due by a market time. Stages end a window one after another, the last ones long after the
 * first where there is a backlog: of each stage the events up to the last window that ends no later are
 * kept, and those of the run itself up to the last of these.
 */
async function marketCut(
  path: string,
  header: JournalHeader,
  limitOf: (start: number) => number,
): Promise<JournalCut> {
  const { topology = STANDARD_TOPOLOGY } = header.configuration;
  const stages = topology.map(({ stage }) => stage);
  const cuts = new Map<StageName, number>(stages.map((stage) => [stage, 0]));
  let limit: number | undefined;
  let first = 0;
  /** Released last. */
  let released: Micros | undefined;
  const { batches } = await openJournal(path, { after: undefined, damaged: () => undefined });
  for await (const { entries } of batches) {
    for (const { seq, event } of entries) {
      if (event.type === 'started') first = seq;
      if (event.type === 'ingested') {
        if (event.marketStart !== undefined) limit ??= limitOf(event.marketStart);
        released = event.marketTime ?? released;
      }
      if (event.type !== 'window') continue;
      const { stage } = event;
      // What came before the first item belongs to every market time; so does a stage that is handed none.
      const to = event.market?.to ?? released ?? -Infinity;
      if (to > (limit ?? -Infinity)) continue;
      for (const of of stage === undefined ? stages : [stage]) cuts.set(of, seq);
    }
  }
  const last = largestOf([first, ...cuts.values()]);
  const ownerOf = eventOwners(header.configuration);
  return {
    last,
    keeps: ({ seq, event }) => {
      const owner = ownerOf(event);
      return seq <= (owner === undefined ? last : (cuts.get(owner) ?? last));
    },
  };
}
