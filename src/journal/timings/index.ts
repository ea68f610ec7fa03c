export { readTimings, timingsIn } from './readTimings';
export type { Timings } from './readTimings';
export { NO_SERIES } from './timingFormat';
export type { TimedSeries, TimingHead } from './timingFormat';
export { TimingRecorder } from './timingRecorder';
export type { BlockSink } from './timingRecorder';
export { TimingStore } from './timingStore';
