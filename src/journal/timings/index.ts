export { readTimings } from './readTimings';
export type { Timings } from './readTimings';
export type { TimedSeries } from './timingFormat';
export { TimingRecorder } from './timingRecorder';
export { TimingStore } from './timingStore';
