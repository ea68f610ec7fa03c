export { buildReport, diagnose, renderLine, renderText, THRESHOLDS } from '../report';
export type {
  Action,
  AnalysisReport,
  Culprit,
  Decimal,
  Diagnosis,
  EdgeReport,
  Grade,
  Report,
  RunReport,
  StageReport,
  StrategyReport,
  SymbolReport,
  TextOptions,
  Verdict,
} from '../report';
