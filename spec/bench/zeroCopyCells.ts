import type { ZeroCopyCell, ZeroCopyFigures } from '../../bench/src/threads/zeroCopyCell';

/** A run in which so many percent of the items found the next stage not ready on each edge. */
const run = (first: number, second: number): ZeroCopyFigures => ({
  shares: [first, second],
  seen: [2 * first, 2 * second],
  serviceUs: [1, 1],
  others: 25,
});

/** A cell of such runs, at 10 and 20 µs of own work and a gap of 1 ms unless given. */
export const cell = (
  copying: readonly [number, number],
  zero: readonly [number, number],
  where: Partial<ZeroCopyCell> = {},
): ZeroCopyCell => ({
  lists: 1,
  own: 10,
  gapMs: 1,
  copying: run(...copying),
  zero: run(...zero),
  ...where,
});
