export { analysis } from './analysis';
export type { Bar, Micros, Signal, Tick } from './bar';
export type { Column } from './barSeries';
export type { BarView } from './barView';
export { coordinator } from './coordinator';
export type { CoordinatorOptions } from './coordinator';
export { edge } from './edge';
export type { EdgeOptions } from './edge';
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
export { Feed } from './feed';
export { History } from './history';
export { intervalName, parseDerived, parseInterval } from './interval';
export type { Interval } from './interval';
export type { Item } from './item';
export type { ItemMeter } from './itemMeter';
export { pipeline } from './pipeline';
export type { Outcome, Pipeline } from './pipeline';
export { checkOptions } from './pipelineOptions';
export type { DeclaredServiceTime, PipelineOptions } from './pipelineOptions';
export { processor } from './processor';
export type { ReadonlyFloats } from './readonlyFloats';
export type { RowBatch, RowCounts, RowSource } from './rows';
export { openFiles, SourceError } from './sources';
export type { FileOptions, FileSource } from './sources';
export type { Advice, Strategy, StrategyContext, StrategyFactory } from './strategy';
export { StrategyRunner } from './strategyRunner';
export { StageFailure } from './threads/stageFailure';
export type { StagePlace } from './threads/stageFailure';
export type { ModuleReference, ThreadStrategy } from './threads/moduleReference';
export type { ThreadsOptions } from './threads/threadsOptions';
export type { CopiedLists } from './threads/messages';
export { breakout, busy, rsiReversion, smaCross } from './strategies';
