export { analysis } from './engine/analysis';
export type { Bar, Micros, Side, Signal, Tick } from './bars/bar';
export type { Quote, Trade } from './bars/tick';
export type { Column } from './bars/barSeries';
export type { CalendarOptions } from './bars/calendarOptions';
export type { BarView } from './bars/barView';
export { coordinator } from './engine/coordinator';
export type { CoordinatorOptions } from './engine/coordinator';
export { edge } from './engine/edge';
export type { EdgeOptions } from './engine/edge';
export { StrategyError } from './errors';
export type {
  BucketCounts,
  EdgeName,
  Mode,
  PipelineEvent,
  RunConfiguration,
  StageName,
  Time,
} from './events';
export { Feed } from './bars/feed';
export { History } from './bars/history';
export { intervalName, parseDerived, parseInterval } from './bars/interval';
export type { Interval } from './bars/interval';
export type { Item } from './bars/item';
export type { ItemMeter } from './engine/itemMeter';
export { pipeline } from './pipeline';
export type { Outcome, Pipeline } from './pipeline';
export { checkOptions } from './pipelineOptions';
export type { DeclaredServiceTime, PipelineOptions } from './pipelineOptions';
export { processor } from './engine/processor';
export type { ReadonlyFloats } from './bars/readonlyFloats';
export type { BatchOptions, RowBatch, RowCounts, RowSource, TickColumns } from './bars/rows';
export { openFiles, SourceError } from './sources';
export type { FileOptions, FileSource } from './sources';
export type {
  Advice,
  LocalTime,
  Session,
  Strategy,
  StrategyContext,
  StrategyFactory,
} from './strategies/strategy';
export { StrategyRunner } from './strategies/strategyRunner';
export { StageFailure } from './threads/stageFailure';
export type { StagePlace } from './threads/stageFailure';
export type { ModuleReference, ThreadStrategy } from './threads/moduleReference';
export type { ThreadsOptions } from './threads/threadsOptions';
export type {
  ThreadInstrument,
  ThreadInstrumentFactory,
  ThreadInstrumentReference,
} from './threads/threadInstrument';
export type { Topology, TopologyEdge, TopologyStage } from './topology';
export { breakout, busy, rsiReversion, smaCross } from './strategies/builtIn';
