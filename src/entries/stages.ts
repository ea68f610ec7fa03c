/**
 * The stages of a run as operators, and what a pipeline composed by hand needs.
 *
 * @module barometer/stages
 */
export {
  analysis,
  checkOptions,
  coordinator,
  edge,
  Feed,
  History,
  intervalName,
  parseDerived,
  parseInterval,
  pipeline,
  processor,
  StrategyRunner,
} from '../../streams';
export { BUILT_INS, loadStrategies } from '../strategies';
export type {
  Advice,
  CoordinatorOptions,
  DeclaredServiceTime,
  EdgeOptions,
  Interval,
  Item,
  ItemMeter,
  ModuleReference,
  Outcome,
  Pipeline,
  PipelineOptions,
  StagePlace,
  ThreadInstrument,
  ThreadInstrumentFactory,
  ThreadInstrumentReference,
  ThreadsOptions,
} from '../../streams';
export type { BuiltIn, StrategyReference } from '../strategies';
export type { PullStopwatches } from '../../operators/kernel/chunkReader';
export type { FeedCounts, FeedSession } from '../../streams/bars/feed';
export type { BarReader, BarWriter, Pin } from '../../streams/bars/history';
export type { Watermark } from '../../streams/bars/item';
export type { StrategyAnswer } from '../../streams/strategies/strategy';
export type { ChargeMeter, StrategyRunnerOptions } from '../../streams/strategies/strategyRunner';
export type { ThreadStrategy } from '../../streams/threads/moduleReference';
export type { MomentWishes } from '../../streams/bars/moments';
export type { MomentCalls } from '../../streams/strategies/momentCalls';
export type { FlushKind, StrategyTotals } from '../../streams/strategies/workLedger';
export type { MomentCall } from '../../streams/strategies/momentCalls';
export type { TickWishes } from '../../streams/bars/tickSeries';
export type { CallMonitor } from '../../streams/strategies/callMonitor';
export type { ThreadWaits } from '../../streams/threads/threadWaits';
export type { PullIterator } from '../../operators/kernel/iteratorOf';
export type { BaseBarCounts } from '../../streams/bars/baseBars';
