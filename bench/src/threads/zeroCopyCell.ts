import { EDGES, measureRun, poisson, strategyOf } from './measureRun';

/** One cell of the grid. */
export interface ZeroCopyRun {
  /** Lists of bars that each hand-over carries as copies; 0: zero copy. */
  readonly lists: number;
  /** Microseconds that the processor works on an item; the analysis works twice as long. */
  readonly own: number;
  /** Mean milliseconds between items. */
  readonly gapMs: number;
}

export const LISTS = [0, 1, 5] as const;
const OWN = [10, 25, 100, 500, 1_000] as const;
const GAPS = [0.5, 1, 2, 5] as const;

export const RUNS: readonly ZeroCopyRun[] = GAPS.flatMap((gapMs) =>
  OWN.flatMap((own) => LISTS.map((lists) => ({ lists, own, gapMs }))),
);

/** Results of a run, in the order of edges and of stages. */
export interface ZeroCopyFigures {
  /** Shares of items that found the next stage not ready, in percent: counted, and from the cells. */
  readonly shares: readonly [number, number];
  readonly seen: readonly [number, number];
  /** Mean service times of processor and analysis. */
  readonly serviceUs: readonly [number, number];
  /** Percent of the machine that other processes took. */
  readonly others: number;
}

/** Copied lists beside zero copy. */
export interface ZeroCopyCell extends ZeroCopyRun {
  readonly copying: ZeroCopyFigures;
  readonly zero: ZeroCopyFigures;
}

/** Bars in each list. */
export const BARS = 200;

/** Events on the first edge after which its share is accurate to a tenth, also for clustered events. */
const EVENTS = 200;
const FEWEST_ITEMS = 2_000;
const LONGEST_MS = 45_000;
/** Approximate additional cost of an item and of each list in microseconds; used only to choose the length of a measurement. */
const BESIDES = 5;
const A_LIST = 100;
/** Approximate start-up of threads in milliseconds. */
const STARTING = 400;

/** Length of a measurement: enough events at the expected utilization, up to a limit. */
export function itemsFor({ own, gapMs, lists }: ZeroCopyRun): number {
  const utilization = (own + BESIDES + A_LIST * lists) / 1_000 / gapMs;
  const items = Math.max(FEWEST_ITEMS, EVENTS / Math.min(1, utilization));
  return Math.round(Math.min(items, LONGEST_MS / gapMs));
}

/** Approximate length of a run; an overloaded second stage determines it. */
export const plannedMs = (run: ZeroCopyRun, items = itemsFor(run)): number =>
  STARTING + items * Math.max(run.gapMs, (2 * run.own + A_LIST * run.lists) / 1_000);

/**
 * One replay in threads. Those of a cell have the same pacing, rings, readiness, work and arrivals, as
 * far as they go: the lists are all that differs.
 */
export async function zeroCopyRun(
  { own, gapMs, lists }: ZeroCopyRun,
  items: number,
  seed: number,
): Promise<ZeroCopyFigures> {
  const { edges, serviceUs, others } = await measureRun(
    poisson(items, gapMs, seed),
    { threads: { strategies: [strategyOf({ microseconds: 2 * own })] } },
    {
      load: { processor: { microseconds: own } },
      ...(lists === 0 ? {} : { lists: { lists, bars: BARS } }),
    },
  );
  const [first, second] = EDGES.map((edge) => edges[edge]);
  return {
    shares: [100 * (first?.share ?? NaN), 100 * (second?.share ?? NaN)],
    seen: [100 * (first?.seen ?? NaN), 100 * (second?.seen ?? NaN)],
    serviceUs: [serviceUs.processor, serviceUs.analysis],
    others: 100 * others,
  };
}
