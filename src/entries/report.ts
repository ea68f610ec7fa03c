/**
 * Reports and verdicts, computed from metrics.
 *
 * @module barometer/report
 */
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
export type { ActionKind, Effect } from '../report/actions/action';
export type { Thresholds } from '../report/grades';
export type { KnownCapacity } from '../report/knownCapacity';
export type { LeadInReport, ScheduleReport, ThreadTimeReport } from '../report/reportSchema';
export type { Confidence, Modifier, When } from '../report/verdict/verdictSchema';
export type { Pattern } from '../../streams/events';
export type { FeedCountsReport, FeedReport, FeedSourceReport } from '../report/reportSchema';
