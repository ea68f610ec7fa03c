import type { EdgeName } from '../../streams';
import { EDGES, measured, poisson, workOf } from './measured';
import { waitCell, waitedMs } from './runQueue';
import { dueTimes, tandem } from './tandem';
import { randomStrategy, randomWork, roundsPerMs } from './work';
import type { RandomWork, Service } from './work';

export interface UtilisationGrid {
  /** Of the processor and of the analysis, each with each. */
  readonly utilisations: readonly number[];
  readonly gaps: readonly number[];
  readonly service: Service;
  /** Near ties besides, at the first gap: constant services of two stages that take nearly the same. */
  readonly ties: boolean;
  readonly items: number;
  readonly seed: number;
}

/** Not-ready shares on one edge. */
export interface ThreeShares {
  /** As counted by the threads. */
  readonly threads: number;
  /** As really found by the producer: hand-overs, wake-ups and late timers included. */
  readonly seen: number;
  /** (a) The recursion over the service times that the threads recorded. */
  readonly recursion: number;
  /** (b) The simulated replay, with service times measured on one thread. */
  readonly simulated: number;
}

/** How a stage's thread fared. */
export interface StageTimes {
  readonly stage: 'processor' | 'analysis';
  /** Mean service times in milliseconds, of the thread and of the simulated replay. */
  readonly threads: number;
  readonly simulated: number;
  /** Share of the run's time for which the thread waited for a processor; null where the system does not tell. */
  readonly runQueue: number | null;
}

export interface PlannedCell {
  readonly utilisation: readonly [processor: number, analysis: number];
  readonly gapMs: number;
  readonly service: Service;
  /** Within reach of threads: mean gaps of 10 ms and more, and no ties. */
  readonly judged: boolean;
}

export interface UtilisationCell extends PlannedCell {
  readonly edges: Readonly<Record<EdgeName, ThreeShares>>;
  readonly stages: readonly StageTimes[];
  /** Share of the machine that other processes took during the threaded run. */
  readonly others: number;
}

/**
 * Items of a run. Arrivals and work are the same on both sides of (b), so what is left to chance is
 * how fast the loops ran: resampled with services 2 % apart, a share's difference has a standard
 * deviation of up to 0.7 points with 500 items, 0.5 with 1,000 (0.7 where both stages are at 1.2),
 * 0.3 with 4,000, beside the 1.6 points that 2 % make by themselves. 3 points are four to six of them.
 */
export const ITEMS = 1_000;

/** Mean gaps from here on are judged. */
const JUDGED_GAP = 10;

/** Utilisations by constant services: the edge of the knife, and 4 % beside it. */
const TIES = [
  [0.5, 0.5],
  [0.8, 0.8],
  [0.8, 0.77],
] as const;

export function planUtilisations(grid: UtilisationGrid): readonly PlannedCell[] {
  const { gaps, utilisations, service } = grid;
  const cells = gaps.flatMap((gapMs) =>
    utilisations.flatMap((first) =>
      utilisations.map((second): PlannedCell => {
        const judged = service === 'exponential' && gapMs >= JUDGED_GAP;
        return { utilisation: [first, second], gapMs, service, judged };
      }),
    ),
  );
  const [gapMs] = gaps;
  if (!grid.ties || gapMs === undefined) return cells;
  const ties = TIES.map((utilisation): PlannedCell => ({
    utilisation,
    gapMs,
    service: 'constant',
    judged: false,
  }));
  return [...cells, ...ties];
}

/** About how long a cell takes: the threads as long as arrivals and the slowest stage, one thread the sum of its work. */
export function plannedMs({ utilisation, gapMs }: PlannedCell, items: number): number {
  const [first, second] = utilisation;
  return 400 + items * gapMs * (Math.max(1, first, second) + first + second);
}

/**
 * Threads against the recursion and against the simulation: Poisson arrivals, and stages that do the
 * same amounts of work everywhere.
 */
export async function* threadsAgainstSimulated(
  grid: UtilisationGrid,
): AsyncGenerator<UtilisationCell> {
  const perMs = roundsPerMs();
  for (const planned of planUtilisations(grid)) {
    const { utilisation, gapMs, service } = planned;
    const [first, second] = utilisation.map((share, index) => ({
      seed: grid.seed + 1 + index,
      rounds: share * gapMs * perMs,
      service,
    })) as [RandomWork, RandomWork];
    yield await cell(grid, planned, { processor: first, analysis: second });
  }
}

type Works = Readonly<Record<'processor' | 'analysis', RandomWork>>;

async function cell(
  { items, seed }: UtilisationGrid,
  planned: PlannedCell,
  works: Works,
): Promise<UtilisationCell> {
  const { gapMs } = planned;
  const times = { processor: [] as number[], analysis: [] as number[] };
  const waits = { processor: waitCell(), analysis: waitCell() };
  const watched = (stage: 'processor' | 'analysis'): RandomWork => ({
    ...works[stage],
    waits: waits[stage],
  });
  const threads = await measured(poisson(items, gapMs, seed), {
    threads: {
      strategies: [{ name: 'work', ...workOf('randomStrategy', watched('analysis')) }],
      burden: { processor: workOf('randomWork', watched('processor')) },
      itemTimes: (stage, some) => times[stage].push(...some),
    },
  });
  const simulatedTimes = { processor: [] as number[], analysis: [] as number[] };
  const item = randomWork(works.processor);
  const simulated = await measured(poisson(items, gapMs, seed), {
    time: 'simulated',
    strategies: [randomStrategy(works.analysis)],
    serviceTimes: {
      processor: (_, took) => {
        const began = performance.now();
        item();
        const whole = took + performance.now() - began;
        simulatedTimes.processor.push(whole);
        return whole;
      },
      analysis: (_, took) => {
        simulatedTimes.analysis.push(took);
        return took;
      },
    },
  });
  const recursion = tandem(dueTimes(poisson(items, gapMs, seed)), times);
  const shares = EDGES.map((edge, index): [EdgeName, ThreeShares] => [
    edge,
    {
      threads: threads.edges[edge].share,
      seen: threads.edges[edge].seen,
      recursion: recursion[index] as number,
      simulated: simulated.edges[edge].share,
    },
  ]);
  return {
    ...planned,
    edges: Object.fromEntries(shares) as Record<EdgeName, ThreeShares>,
    stages: (['processor', 'analysis'] as const).map((stage) => {
      const waited = waitedMs(waits[stage]) / threads.ranMs;
      return {
        stage,
        threads: mean(times[stage]),
        simulated: mean(simulatedTimes[stage]),
        runQueue: Number.isNaN(waited) ? null : waited,
      };
    }),
    others: threads.others,
  };
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
