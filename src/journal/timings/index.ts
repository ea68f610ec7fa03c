export { readTimings } from './readTimings';
export type { Timings } from './readTimings';
export { NO_SERIES } from './timingFormat';
export type { TimedSeries, TimingHead } from './timingFormat';
export { TimingRecorder } from './timingRecorder';
export type { BlockSink } from './timingRecorder';
