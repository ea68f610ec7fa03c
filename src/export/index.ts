export { expositionOf, EXPOSITION_TYPE } from './exposition';
export type { MetricsOptions } from './metricRow';
