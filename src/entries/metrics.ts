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
  Topology,
  TopologyEdge,
  TopologyStage,
  Time,
} from '../../streams/events';
