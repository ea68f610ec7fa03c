export type { Action } from './action';
export { diagnose } from './diagnosis';
export type { Diagnosis } from './diagnosis';
export type { Evidence } from './evidence';
export { sharesOf, THRESHOLDS } from './grades';
export type { EdgeShares, Grade } from './grades';
export type { KnownCapacity, KnownGain } from './knownCapacity';
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
export type { Culprit, Verdict } from './verdict';
