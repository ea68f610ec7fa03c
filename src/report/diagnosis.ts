import type { MetricsState } from '../metrics';
import { actionsFor } from './actions/actions';
import type { Action } from './actions/action';
import type { KnownCapacity } from './knownCapacity';
import { verdictOf } from './verdict/verdict';
import type { Verdict } from './verdict/verdictSchema';

export interface Diagnosis {
  readonly verdict: Verdict;
  /** What would help most comes first. */
  readonly actions: readonly Action[];
}

/** Who fell behind and why, and what would help. A pure function of the state, and of its capacity where that is known. */
export function diagnose(state: MetricsState, capacity?: KnownCapacity): Diagnosis {
  const verdict = verdictOf(state, capacity);
  return { verdict, actions: actionsFor(state, verdict, capacity) };
}
