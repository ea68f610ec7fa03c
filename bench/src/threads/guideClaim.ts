import type { ZeroCopyCell } from './zeroCopyCell';

/** The guide's figures for copied lists and zero copy, for its two edges. */
export const GUIDE = {
  copying: ['5–15 %', '20–40 %'],
  zero: ['< 2 %', '< 5 %'],
  factor: '3–8 ×',
} as const;

const LEAST_FACTOR = 3;
/** Percent. */
const MOST_OF_ZERO = [2, 5] as const;
const BOTH = [0, 1] as const;

/** Where the guide's claim holds in a cell, for each edge in order. */
interface Claim {
  /** Copying has at least three times the share of events. */
  readonly factor: readonly boolean[];
  /** Zero copy is below the guide's share. */
  readonly zero: readonly boolean[];
}

/** Ratio of the copying share to the zero-copy share for each edge; absent where zero copy has no events. */
export const factorsOf = (
  { copying, zero }: Pick<ZeroCopyCell, 'copying' | 'zero'>,
  by: 'shares' | 'seen' = 'shares',
): readonly (number | undefined)[] =>
  BOTH.map((edge) => (zero[by][edge] === 0 ? undefined : copying[by][edge] / zero[by][edge]));

export function claimOf(cell: Pick<ZeroCopyCell, 'copying' | 'zero'>): Claim {
  const { copying, zero } = cell;
  return {
    factor: factorsOf(cell).map((factor, edge) =>
      // No event is any number of times less than some.
      factor === undefined ? (copying.shares[edge] as number) > 0 : factor >= LEAST_FACTOR,
    ),
    zero: BOTH.map((edge) => zero.shares[edge] < MOST_OF_ZERO[edge]),
  };
}
