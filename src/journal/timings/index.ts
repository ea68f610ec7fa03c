export { readTimings } from './readTimings';
export type { Timings } from './readTimings';
export { NO_CAUSE } from './timingFormat';
export type { TimedSeries } from './timingFormat';
export { recordedServiceTimes } from './recordedServiceTimes';
export { TimingRecorder } from './timingRecorder';
export { TimingStore } from './timingStore';
