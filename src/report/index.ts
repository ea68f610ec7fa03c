export type { Action, Effect, TakenWork } from './actions/action';
export { diagnose } from './diagnosis';
export type { Diagnosis } from './diagnosis';
export { THRESHOLDS } from './grades';
export type { Grade } from './grades';
export type { KnownCapacity } from './knownCapacity';
export { renderLine } from './renderLine';
export { renderText } from './renderText';
export type { TextOptions } from './renderText';
export { buildReport } from './report';
export type {
  AnalysisReport,
  Decimal,
  EdgeReport,
  Report,
  RunReport,
  StageReport,
  StrategyReport,
  SymbolReport,
} from './reportSchema';
export type { Culprit, Verdict } from './verdict/verdictSchema';
