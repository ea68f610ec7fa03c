import { isAfter } from '../../operators/readiness';
import type { EdgeName, RowBatch } from '../../streams';
import { EDGES, measured, poisson, workOf } from './measured';
import { randomStrategy, randomWork, roundsPerMs } from './work';

export interface UtilisationGrid {
  /** Of the processor and of the analysis, each with each. */
  readonly utilisations: readonly number[];
  readonly gaps: readonly number[];
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

export interface UtilisationCell {
  readonly utilisation: readonly [processor: number, analysis: number];
  readonly gapMs: number;
  readonly edges: Readonly<Record<EdgeName, ThreeShares>>;
  /** Mean service times in milliseconds, of the threads and of the simulated replay. */
  readonly meanMs: readonly {
    readonly stage: string;
    readonly threads: number;
    readonly simulated: number;
  }[];
}

/**
 * Threads against the recursion and against the simulation: Poisson arrivals, and stages that do the
 * same exponentially distributed amounts of work everywhere.
 */
export async function* threadsAgainstSimulated(
  grid: UtilisationGrid,
): AsyncGenerator<UtilisationCell> {
  const perMs = roundsPerMs();
  for (const gapMs of grid.gaps) {
    for (const first of grid.utilisations) {
      for (const second of grid.utilisations) {
        const work = [
          { seed: grid.seed + 1, rounds: first * gapMs * perMs },
          { seed: grid.seed + 2, rounds: second * gapMs * perMs },
        ] as const;
        yield await cell(grid, gapMs, [first, second], work);
      }
    }
  }
}

type Work = { readonly seed: number; readonly rounds: number };

async function cell(
  { items, seed }: UtilisationGrid,
  gapMs: number,
  utilisation: readonly [number, number],
  [first, second]: readonly [Work, Work],
): Promise<UtilisationCell> {
  const times = { processor: [] as number[], analysis: [] as number[] };
  const threads = await measured(poisson(items, gapMs, seed), {
    threads: {
      strategies: [{ name: 'work', ...workOf('randomStrategy', second) }],
      burden: { processor: workOf('randomWork', first) },
      itemTimes: (stage, some) => times[stage].push(...some),
    },
  });
  const simulatedTimes = { processor: [] as number[], analysis: [] as number[] };
  const item = randomWork(first);
  const simulated = await measured(poisson(items, gapMs, seed), {
    time: 'simulated',
    strategies: [randomStrategy(second)],
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
  const recursion = tandem(dueTimes(items, gapMs, seed), times);
  return {
    utilisation,
    gapMs,
    edges: Object.fromEntries(
      EDGES.map((edge, index) => [
        edge,
        {
          threads: threads[edge].share,
          seen: threads[edge].seen,
          recursion: recursion[index] as number,
          simulated: simulated[edge].share,
        },
      ]),
    ) as unknown as UtilisationCell['edges'],
    meanMs: (['processor', 'analysis'] as const).map((stage) => ({
      stage,
      threads: mean(times[stage]),
      simulated: mean(simulatedTimes[stage]),
    })),
  };
}

function dueTimes(items: number, gapMs: number, seed: number): readonly number[] {
  const batches = [...(poisson(items, gapMs, seed).batches() as Iterable<RowBatch>)];
  return batches.flatMap(({ time, length }) =>
    Array.from(time.subarray(0, length), (micros) => micros / 1_000),
  );
}

/** Shares of items that find each of two servers, one behind the other, not ready. */
function tandem(
  due: readonly number[],
  { processor, analysis }: { processor: readonly number[]; analysis: readonly number[] },
): readonly [number, number] {
  let free = [-Infinity, -Infinity] as [number, number];
  const notReady = [0, 0] as [number, number];
  due.forEach((offered, index) => {
    if (isAfter(free[0], offered)) notReady[0] += 1;
    const passedOn = Math.max(free[0], offered) + (processor[index] ?? 0);
    if (isAfter(free[1], passedOn)) notReady[1] += 1;
    free = [passedOn, Math.max(free[1], passedOn) + (analysis[index] ?? 0)];
  });
  return [notReady[0] / due.length, notReady[1] / due.length];
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
