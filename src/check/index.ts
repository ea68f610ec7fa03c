export { checkScopes, judge } from './judge';
export type { Baseline, Judgement } from './judge';
export { METRICS } from './metrics';
export { parseRequirement } from './requirement';
export type { Requirement } from './requirement';
export { RequirementError } from './requirementError';
export { renderGitHub, renderJudgements, renderJUnit } from './reporters';
