import type { MetricsState } from '../metrics';
import type { Action } from './action';
import { actionsFor } from './actions';
import type { KnownCapacity } from './knownCapacity';
import { evidenceOf, type Evidence } from './evidence';
import { verdictOf, type Verdict } from './verdict';

export interface Diagnosis {
  readonly evidence: Evidence;
  readonly verdict: Verdict;
  /** What would help most comes first. */
  readonly actions: readonly Action[];
}

/** Which stage is to blame, and what would help. A pure function of the state, and of its capacity where that is known. */
export function diagnose(state: MetricsState, capacity?: KnownCapacity): Diagnosis {
  const evidence = evidenceOf(state);
  const verdict = verdictOf(evidence);
  return { evidence, verdict, actions: actionsFor(evidence, verdict, capacity) };
}
