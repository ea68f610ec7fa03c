export type { MetricDescriptor, Unit } from './metricDescriptor';
export { COUNTERS, counterOf, countersAsMarkdown } from './metricCatalog';
export type { CounterId } from './metricCatalog';
export { UnknownEventError } from './unknownEventError';
export { edgeBefore, edgeIn, edgesOf, firstEdgeOf, inOneWord } from './edges';
export type { EdgeDescription } from './edges';
export { cellsOf } from './histogram';
export { entriesOf as sortedEntries } from './sortedCounts';
export type { Histogram } from './histogram';
export { entriesOf, namesOf, valueOf } from './persistentMap';
export type { PersistentMap } from './persistentMap';
export { marketProgress } from './marketProgress';
export { mergeStates } from './mergeStates';
export { reduce, reduceAll } from './reduce';
export { MAX_COUNT } from './saturating';
export { initialState, initialStateOf } from './initialState';
export { isWhole, timeInModes } from './state';
export type {
  Conditions,
  EdgeState,
  EvidenceState,
  LeadInState,
  MetricsState,
  ConsumerStage,
  Spent,
  StageState,
  StrategyState,
} from './state';
export { metricsStore } from './store';
export type { MetricsStore } from './store';
export { saturationWarnings, warnings } from './warnings';
export type { BackpressureWarning, SaturationWarning, WarningOptions } from './warnings';
