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
