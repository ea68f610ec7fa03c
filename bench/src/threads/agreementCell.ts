import { EDGES, measureRun, poisson, strategyOf } from './measureRun';
import { dueTimes, notReadyShares } from './notReadyShares';
import { waitCell, waitedMs } from './runQueue';
import { listCell, listIn } from './sharedCells';
import { loadStrategy, randomLoad, roundsPerMs } from './syntheticLoad';
import type { RandomLoad, Service } from './syntheticLoad';

/** Not-ready shares on one edge. */
export interface ThreeShares {
  /** As counted by the threads. */
  readonly threads: number;
  /** As found by the producer: hand-overs, wake-ups and late timers included. */
  readonly seen: number;
  /** (a) The recursion over the service times that the threads recorded. */
  readonly recursion: number;
  /** (b) The simulated replay, with service times measured on one thread. */
  readonly simulated: number;
}

/** Measurements of one stage's thread. */
export interface StageTimes {
  /** Mean service time, divided by that of the simulated replay. */
  readonly serviceFactor: number;
  /** Share of the run's time for which the thread waited for a processor; NaN where the system does not report it. */
  readonly runQueue: number;
}

export interface AgreementPlan {
  readonly utilization: readonly [processor: number, analysis: number];
  readonly gapMs: number;
  readonly service: Service;
  /** Settings that threads can reproduce: mean gaps of at least 10 ms, and no ties. */
  readonly judged: boolean;
}

/** Results of a cell, in the order of edges and of stages. */
export interface AgreementCell extends AgreementPlan {
  readonly edges: readonly [ThreeShares, ThreeShares];
  readonly stages: readonly [StageTimes, StageTimes];
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

const UTILIZATIONS = [0.2, 0.5, 0.8, 1.2] as const;
/** Milliseconds. */
const GAPS = [10, 5, 2, 1] as const;
/** Mean gaps from here on are judged. */
const JUDGED_GAP = 10;
/** Utilizations by constant services of two stages that take nearly the same: the edge of the knife, and 4 % beside it. */
const TIES = [
  [0.5, 0.5],
  [0.8, 0.8],
  [0.8, 0.77],
] as const;

export const PLAN: readonly AgreementPlan[] = [
  ...GAPS.flatMap((gapMs) =>
    UTILIZATIONS.flatMap((first) =>
      UTILIZATIONS.map((second) => ({
        utilization: [first, second] as const,
        gapMs,
        service: 'exponential' as const,
        judged: gapMs >= JUDGED_GAP,
      })),
    ),
  ),
  ...TIES.map((utilization) => ({
    utilization,
    gapMs: GAPS[0],
    service: 'constant' as const,
    judged: false,
  })),
];

/** About how long a cell takes: the threads as long as arrivals and the slowest stage, one thread the sum of its work. */
export function plannedMs({ utilization, gapMs }: AgreementPlan, items: number): number {
  const [first, second] = utilization;
  return 400 + items * gapMs * (Math.max(1, first, second) + first + second);
}

/**
 * Threads against the recursion and against the simulation: Poisson arrivals, and stages that do the
 * same amounts of work everywhere.
 */
export async function agreementCell(
  plan: AgreementPlan,
  items: number,
  seed: number,
): Promise<AgreementCell> {
  const { utilization, gapMs, service } = plan;
  const perMs = roundsPerMs();
  const [processor, analysis] = utilization.map((share, index): RandomLoad => ({
    seed: seed + 1 + index,
    rounds: share * gapMs * perMs,
    service,
  })) as [RandomLoad, RandomLoad];
  const waits = [waitCell(), waitCell()] as const;
  // The last watermark is an item as well.
  const lists = { processor: listCell(items + 1), analysis: listCell(items + 1) };
  const threads = await measureRun(
    poisson(items, gapMs, seed),
    { threads: { strategies: [strategyOf({ ...analysis, waits: waits[1] })] } },
    { load: { processor: { ...processor, waits: waits[0] } }, times: lists },
  );
  const times = { processor: listIn(lists.processor), analysis: listIn(lists.analysis) };
  const simulatedTimes = { processor: [] as number[], analysis: [] as number[] };
  const spend = randomLoad(processor);
  const simulated = await measureRun(poisson(items, gapMs, seed), {
    time: 'simulated',
    strategies: [loadStrategy(analysis)],
    serviceTimes: {
      processor: (_, took) => {
        const began = performance.now();
        spend();
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
  const recursion = notReadyShares(dueTimes(poisson(items, gapMs, seed)), times);
  const edges = EDGES.map((edge, index) => ({
    threads: threads.edges[edge].share,
    seen: threads.edges[edge].seen,
    recursion: recursion[index] as number,
    simulated: simulated.edges[edge].share,
  }));
  const stages = (['processor', 'analysis'] as const).map((stage, index) => ({
    serviceFactor: mean(times[stage]) / mean(simulatedTimes[stage]),
    runQueue: waitedMs(waits[index] as SharedArrayBuffer) / threads.ranMs,
  }));
  return {
    ...plan,
    edges: edges as [ThreeShares, ThreeShares],
    stages: stages as [StageTimes, StageTimes],
    others: threads.others,
  };
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
