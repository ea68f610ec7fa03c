/**
 * The fold of events into metrics, the table of counters, and exporters.
 *
 * @module barometer/metrics
 */
export { exposeEdges } from '../export/exposeEdges';
export { expositionOf } from '../export/exposition';
export { otlpOf } from '../export/otlp';
export type { ExposedEdges, MetricsOptions, OtlpRequest, OtlpResource } from '../export';
export {
  COUNTERS,
  counterOf,
  countersAsMarkdown,
  initialState,
  MAX_COUNT,
  mergeStates,
  metricsStore,
  reduce,
  saturationWarnings,
  UnknownEventError,
  warnings,
} from '../metrics';
export type {
  BackpressureWarning,
  CounterId,
  MetricDescriptor,
  MetricsState,
  MetricsStore,
  SaturationWarning,
  Unit,
  WarningOptions,
} from '../metrics';
export type {
  BucketCounts,
  EdgeName,
  PipelineEvent,
  RunConfiguration,
  StageName,
  Time,
} from '../../streams/events';
export type { Topology, TopologyEdge, TopologyStage } from '../../streams/topology';
export type {
  BarsState,
  Conditions,
  EdgeState,
  EvidenceState,
  MarketState,
  MarketTally,
  Phase,
  RunState,
  Saturated,
  ConsumerStage,
  SpeedsEvent,
  Spent,
  Spread,
  StageState,
  StrategyState,
  SymbolTally,
} from '../metrics/state';
export type { Labels } from '../export/metric';
export type {
  OtlpAttribute,
  OtlpHistogramPoint,
  OtlpMetric,
  OtlpNumberPoint,
} from '../export/otlp';
export type {
  BehindRange,
  BusyPeriod,
  CostlyService,
  MinuteEvidence,
  PatternSums,
} from '../../streams/events';
export type {
  BriefVerdict,
  EvidenceEvent,
  SpeedLimits,
  TakenWork,
  ThreadPart,
} from '../../streams/events';
export type { LeadInState } from '../metrics';
export type { StandardEdge, StandardStage } from '../../streams/topology';
export type { Histogram } from '../metrics/histogram';
export type { PersistentMap } from '../metrics/persistentMap';
export type { SortedCounts } from '../metrics/sortedCounts';
export type { FeedCounter, FeedEvent, FeedTally } from '../../streams/feedEvents';
export type { FeedSourceState, FeedState, FeedTallyState, GapEvent } from '../metrics/state';
