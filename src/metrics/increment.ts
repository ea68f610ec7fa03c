import { MAX_COUNT, plus } from './saturating';
import type { StateDraft } from './stateDraft';

/**
 * Adds to one of the totals, and notes it, once, when it reaches the largest value that 64 bits
 * hold. Parts of a total (bursts, one symbol's share) stop with it and are not noted apart.
 */
export function increment(
  draft: StateDraft,
  counter: string,
  before: bigint,
  by: number,
  of?: string,
): bigint {
  const after = plus(before, by);
  if (after === MAX_COUNT && before < MAX_COUNT) {
    const saturated = Object.freeze(of === undefined ? { counter } : { counter, of });
    draft.append(draft.root, 'saturated', [saturated]);
  }
  return after;
}
