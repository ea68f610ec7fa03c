export type { Action, ActionKind, Effect, TakenWork } from './actions/action';
export { diagnose } from './diagnosis';
export type { Diagnosis } from './diagnosis';
export { sharesOf, THRESHOLDS } from './grades';
export type { EdgeShares, Grade } from './grades';
export type { KnownCapacity } from './knownCapacity';
export { percentiles } from './percentiles';
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
export type { Confidence, Culprit, Modifier, Verdict, When } from './verdict/verdictSchema';
