import { EDGES, measured, poisson, workOf } from './measured';
import type { Shares } from './measured';

export interface ZeroCopyGrid {
  /** Lists of bars that a copied hand-over carries. */
  readonly lists: readonly number[];
  /** Microseconds that the processor works on an item; the analysis works twice as long. */
  readonly own: readonly number[];
  /** Mean milliseconds between items. */
  readonly gaps: readonly number[];
  readonly items: number;
  readonly seed: number;
}

export interface ZeroCopyCell {
  readonly lists: number;
  readonly ownUs: readonly [processor: number, analysis: number];
  readonly gapMs: number;
  readonly copying: Shares;
  readonly zero: Shares;
  /** How many times as many events copying has on each edge; absent where zero copy has none. */
  readonly factors: readonly (number | undefined)[];
  /** The same of what was seen in the cells, hand-overs and wake-ups included. */
  readonly seenFactors: readonly (number | undefined)[];
}

/** Bars in each list. */
export const BARS = 200;

/**
 * The same replay at the same speed with copied lists in messages and with zero copy, cell by cell.
 * Both have the same pacing, rings, readiness and work: the lists are all that differs. A cell
 * of either side has the same arrivals.
 */
export async function* zeroCopy(grid: ZeroCopyGrid): AsyncGenerator<ZeroCopyCell> {
  for (const gapMs of grid.gaps) {
    for (const own of grid.own) {
      const run = (lists: number): Promise<Shares> =>
        measured(poisson(grid.items, gapMs, grid.seed), {
          threads: {
            strategies: [{ name: 'work', ...workOf('spinningStrategy', 2 * own) }],
            burden: { processor: workOf('spinning', own) },
            ...(lists === 0 ? {} : { copying: { lists, bars: BARS } }),
          },
        });
      const zero = await run(0);
      for (const lists of grid.lists) {
        const copying = await run(lists);
        yield {
          lists,
          ownUs: [own, 2 * own],
          gapMs,
          copying,
          zero,
          factors: factorsOf(copying, zero, 'share'),
          seenFactors: factorsOf(copying, zero, 'seen'),
        };
      }
    }
  }
}

const factorsOf = (copying: Shares, zero: Shares, by: 'share' | 'seen'): (number | undefined)[] =>
  EDGES.map((edge) => (zero[edge][by] === 0 ? undefined : copying[edge][by] / zero[edge][by]));
