import type { Capacity } from './capacity';

/** Several measurements of the same: how far they lie apart. */
export interface RepeatRuns {
  readonly count: number;
  /** The median of them. */
  readonly sustainableSpeed: number;
  readonly sustainableSpeedRange: readonly [low: number, high: number];
  /** Index of the pass that lies in the middle: of two, the slower one. */
  readonly middle: number;
}

export function repeatRunsOf(passes: readonly Pick<Capacity, 'sustainableSpeed'>[]): RepeatRuns {
  const ordered = passes
    .map(({ sustainableSpeed }, index) => ({ sustainableSpeed, index }))
    .sort((a, b) => (a.sustainableSpeed < b.sustainableSpeed ? -1 : 1));
  const count = ordered.length;
  const at = (position: number): { sustainableSpeed: number; index: number } =>
    ordered[position] ?? { sustainableSpeed: 0, index: 0 };
  const below = at(Math.floor((count - 1) / 2));
  const above = at(Math.ceil((count - 1) / 2));
  return {
    count,
    sustainableSpeed:
      below.index === above.index
        ? below.sustainableSpeed
        : (below.sustainableSpeed + above.sustainableSpeed) / 2,
    sustainableSpeedRange: [at(0).sustainableSpeed, at(count - 1).sustainableSpeed],
    middle: below.index,
  };
}
