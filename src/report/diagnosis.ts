import type { MetricsState } from '../metrics';
import type { Action } from './action';
import { actionsFor } from './actions';
import { evidenceOf, type Evidence } from './evidence';
import { verdictOf, type Verdict } from './verdict';

export interface Diagnosis {
  readonly evidence: Evidence;
  readonly verdict: Verdict;
  /** What would help most comes first. */
  readonly actions: readonly Action[];
}

/** Which stage is to blame, and what would help. A pure function of the state. */
export function diagnose(state: MetricsState): Diagnosis {
  const evidence = evidenceOf(state);
  const verdict = verdictOf(evidence);
  return { evidence, verdict, actions: actionsFor(evidence, verdict) };
}
