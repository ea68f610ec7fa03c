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
