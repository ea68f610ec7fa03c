export { Clock, OptionError, OverflowError, VirtualClock, WallClock } from '../operators';
export type { EdgeEvent, EdgeEventType, Overflow } from '../operators';
export {
  analysis,
  breakout,
  busy,
  checkOptions,
  coordinator,
  edge,
  Feed,
  History,
  intervalName,
  openFiles,
  parseDerived,
  parseInterval,
  pipeline,
  processor,
  rsiReversion,
  smaCross,
  SourceError,
  StrategyError,
  StrategyRunner,
} from '../streams';
export type {
  Advice,
  Bar,
  BarView,
  BucketCounts,
  Column,
  CoordinatorOptions,
  DeclaredServiceTime,
  EdgeName,
  EdgeOptions,
  FileOptions,
  FileSource,
  Interval,
  Item,
  ItemMeter,
  Micros,
  Mode,
  Outcome,
  Pipeline,
  PipelineEvent,
  PipelineOptions,
  RowBatch,
  RowCounts,
  RowSource,
  RunConfiguration,
  Signal,
  StageName,
  Strategy,
  StrategyContext,
  StrategyFactory,
  Tick,
  Time,
} from '../streams';
export { bars, columns, formats, mergeRows, ticks } from '../streams/sources';
export type {
  FileCounts,
  Format,
  FormatLayout,
  PriceOfQuotes,
  Probe,
  Role,
  RowColumns,
  SourceErrorCode,
} from '../streams/sources';
export type {
  BreakoutOptions,
  BusyOptions,
  RsiReversionOptions,
  SmaCrossOptions,
} from '../streams/strategies';
export { syntheticTicks } from './generate';
export type { SyntheticOptions } from './generate';
export {
  checkpointOf,
  findRun,
  foldIn,
  foldJournal,
  JournalError,
  openJournal,
  parseMoment,
  readTimings,
  record,
  TimingRecorder,
} from './journal';
export type {
  AppendFile,
  Batch,
  Fold,
  FoldedJournal,
  FoldOptions,
  Journal,
  JournalEntry,
  JournalErrorCode,
  JournalHeader,
  Moment,
  ReadOptions,
  Recordable,
  Recorded,
  Recording,
  RecordOptions,
  TimedSeries,
  Timings,
} from './journal';
export {
  COUNTERS,
  counterOf,
  countersAsMarkdown,
  initialState,
  MAX_COUNT,
  metricsStore,
  reduce,
  saturationWarnings,
  UnknownEventError,
  warnings,
} from './metrics';
export type {
  BackpressureWarning,
  Counter,
  CounterId,
  MetricsState,
  MetricsStore,
  SaturationWarning,
  Unit,
  WarningOptions,
} from './metrics';
export { openBarsFile, openSignalsFile, OutputError } from './output';
export type { RowsFile } from './output';
export { replay } from './replay';
export type { ReplayOptions, Run } from './replay';
export { buildReport, diagnose, renderLine, renderText, THRESHOLDS } from './report';
export type {
  Action,
  AnalysisReport,
  Culprit,
  Decimal,
  Diagnosis,
  EdgeReport,
  Evidence,
  Grade,
  Report,
  RunReport,
  StageReport,
  StrategyReport,
  SymbolReport,
  TextOptions,
  Verdict,
} from './report';
export { BUILT_INS, loadStrategies, UnusableStrategyError } from './strategies';
export type { BuiltIn } from './strategies';
