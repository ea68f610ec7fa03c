export { exposeEdges } from './exposeEdges';
export type { ExposedEdges } from './exposeEdges';
export { expositionOf, EXPOSITION_TYPE } from './exposition';
export type { MetricsOptions } from './metricRow';
export { METRICS_PATH, scrapeAnswer, startMetricsServer } from './metricsServer';
export { otlpOf } from './otlp';
export type { OtlpRequest, OtlpResource } from './otlp';
export { startOtlpPush } from './otlpPush';
