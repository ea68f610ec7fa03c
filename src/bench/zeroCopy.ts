import { EDGES, measured, poisson, workOf } from './measured';
import type { MeasuredRun } from './measured';

export interface ZeroCopyGrid {
  /** Lists of bars that a copied hand-over carries. */
  readonly lists: readonly number[];
  /** Microseconds that the processor works on an item; the analysis works twice as long. */
  readonly own: readonly number[];
  /** Mean milliseconds between items. */
  readonly gaps: readonly number[];
  /** Of every run; `itemsFor` says, unless given. */
  readonly items?: number | undefined;
  readonly seed: number;
}

export interface ZeroCopyCell {
  readonly lists: number;
  readonly ownUs: readonly [processor: number, analysis: number];
  readonly gapMs: number;
  readonly copying: MeasuredRun;
  readonly zero: MeasuredRun;
  /** How many times the share of events copying has on each edge; absent where zero copy has no event. */
  readonly factors: readonly (number | undefined)[];
  /** The same of what was seen in the cells, hand-overs and wake-ups included. */
  readonly seenFactors: readonly (number | undefined)[];
  /** How many times as long as with zero copy a service takes, of each stage: 1 + copying cost / own work. */
  readonly serviceFactors: readonly number[];
}

/** One replay of the grid; 0 lists: zero copy. */
interface PlannedRun {
  readonly own: number;
  readonly gapMs: number;
  readonly lists: number;
  readonly items: number;
}

/** Bars in each list. */
export const BARS = 200;

/** So many events on the first edge make a share that is good to a tenth of itself, also where they come together. */
const EVENTS = 200;
const FEWEST_ITEMS = 2_000;
const LONGEST_MS = 45_000;
/** What an item and each list cost besides, in microseconds, roughly: it says only how long to measure. */
const BESIDES = 5;
const A_LIST = 100;
/** Milliseconds that it takes to start threads, roughly. */
export const STARTING = 400;

/** Enough for events to be counted, by the utilisation to be expected, and not for longer than is bearable. */
export function itemsFor({ own, gapMs, lists }: Omit<PlannedRun, 'items'>): number {
  const utilisation = (own + BESIDES + A_LIST * lists) / 1_000 / gapMs;
  const items = Math.max(FEWEST_ITEMS, EVENTS / Math.min(1, utilisation));
  return Math.round(Math.min(items, LONGEST_MS / gapMs));
}

/** The runs of each cell of gap and own work, zero copy first. */
export function planZeroCopy({ lists, own: works, gaps, items }: ZeroCopyGrid): PlannedRun[][] {
  return gaps.flatMap((gapMs) =>
    works.map((own) =>
      [0, ...lists].map((carried) => {
        const run = { own, gapMs, lists: carried };
        return { ...run, items: items ?? itemsFor(run) };
      }),
    ),
  );
}

/** About how long a run takes; one whose second stage cannot keep up takes as long as that works. */
export const plannedMs = ({ items, gapMs, own, lists }: PlannedRun): number =>
  STARTING + items * Math.max(gapMs, (2 * own + A_LIST * lists) / 1_000);

/**
 * The same replay at the same speed with copied lists in messages and with zero copy, cell by cell.
 * Both have the same pacing, rings, readiness and work: the lists are all that differs. All runs of
 * a cell have the same arrivals, as far as they go: the one with the rarer events goes further.
 *
 * @param ran called after each replay, with about how long it should have taken
 */
export async function* zeroCopy(
  grid: ZeroCopyGrid,
  ran: (plannedMs: number) => void = () => undefined,
): AsyncGenerator<ZeroCopyCell> {
  const measure = async (planned: PlannedRun): Promise<MeasuredRun> => {
    const { own, gapMs, lists, items } = planned;
    const found = await measured(poisson(items, gapMs, grid.seed), {
      threads: {
        strategies: [{ name: 'work', ...workOf('spinningStrategy', 2 * own) }],
        burden: { processor: workOf('spinning', own) },
        ...(lists === 0 ? {} : { copying: { lists, bars: BARS } }),
      },
    });
    ran(plannedMs(planned));
    return found;
  };
  for (const [first, ...others] of planZeroCopy(grid)) {
    if (first === undefined) continue;
    const { own, gapMs } = first;
    const zero = await measure(first);
    for (const planned of others) {
      const copying = await measure(planned);
      yield {
        lists: planned.lists,
        ownUs: [own, 2 * own],
        gapMs,
        copying,
        zero,
        factors: factorsOf(copying, zero, 'share'),
        seenFactors: factorsOf(copying, zero, 'seen'),
        serviceFactors: (['processor', 'analysis'] as const).map(
          (stage) => copying.serviceUs[stage] / zero.serviceUs[stage],
        ),
      };
    }
  }
}

const factorsOf = (
  { edges: copying }: MeasuredRun,
  { edges: zero }: MeasuredRun,
  by: 'share' | 'seen',
): (number | undefined)[] =>
  EDGES.map((edge) => (zero[edge][by] === 0 ? undefined : copying[edge][by] / zero[edge][by]));
