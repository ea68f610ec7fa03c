import { EDGES } from './measured';
import type { ZeroCopyCell } from './zeroCopy';

/** What the guide says of copied lists and of zero copy, on its two edges. */
export const GUIDE = {
  copying: ['5–15 %', '20–40 %'],
  zero: ['< 2 %', '< 5 %'],
  factor: '3–8 x',
} as const;

const LEAST_FACTOR = 3;
const MOST_OF_ZERO = [0.02, 0.05] as const;

/** Where the guide's claim holds in a cell: of each edge, in order. */
export interface Claim {
  /** Copying has at least three times the share of events. */
  readonly factor: readonly boolean[];
  /** Zero copy is below the guide's share. */
  readonly zero: readonly boolean[];
}

export function claimOf({ copying, zero, factors }: ZeroCopyCell): Claim {
  return {
    factor: EDGES.map((edge, index) => {
      const factor = factors[index];
      // No event is any number of times less than some.
      return factor === undefined ? copying.edges[edge].events > 0 : factor >= LEAST_FACTOR;
    }),
    zero: EDGES.map((edge, index) => zero.edges[edge].share < (MOST_OF_ZERO[index] as number)),
  };
}

export function whichEdges([first, second]: readonly boolean[]): string {
  if (first === true) return second === true ? 'both' : 'first';
  return second === true ? 'second' : 'neither';
}
