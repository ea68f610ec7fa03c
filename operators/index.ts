/**
 * RxJS operators for any pipeline with a slow consumer. They need rxjs alone.
 *
 * @module barometer/operators
 */
export { Clock } from './time/clock';
export { bucketOf, LogLinearHistogram, bucketValue } from './kernel/logLinearHistogram';
export { allReady } from './allReady';
export type { CombinedReadiness } from './allReady';
export type { DeadLetter, DeadLetterObserver, LossReason } from './kernel/deadLetter';
export {
  BarometerError,
  DeadlockError,
  OptionError,
  OverflowError,
  ReadinessError,
  ServiceTimeoutError,
} from './errors';
export type { OptionErrorCode } from './errors';
export type { EdgeEvent, EdgeEventObserver, EdgeEventType } from './events';
export { Holding } from './holding';
export { holdUntilReady } from './holdUntilReady';
export type { HoldUntilReadyOptions } from './holdUntilReady';
export type { Overflow } from './kernel/boundedBuffer';
export { latestByKey } from './latestByKey';
export { mergeByTime } from './mergeByTime';
export type { MergeByTimeOptions } from './mergeByTime';
export { occupied } from './occupied';
export type { OccupiedOptions } from './occupied';
export { pace } from './pace';
export type { PaceOptions } from './internal/paceOptions';
export { partitionByKey } from './partitionByKey';
export type { PartitionByKeyOptions } from './partitionByKey';
export { pull } from './pull';
export type { PullOptions } from './pull';
export type { Pullable } from './kernel/iteratorOf';
export { Readiness } from './readiness';
export type { ReadinessLike, TimedReadiness } from './readiness';
export { serve } from './serve';
export type { ServiceContext } from './internal/serviceContext';
export type { Process, ServeOptions, ServiceMeter } from './internal/serveOptions';
export type { EventBatch } from './kernel/edgeEventBatcher';
export { trackBackpressure } from './trackBackpressure';
export type { TrackBackpressureOptions } from './trackBackpressure';
export { VirtualClock } from './time/virtualClock';
export { WallClock } from './time/wallClock';
export type { BufferOptions } from './kernel/boundedBuffer';
export type { ServiceTimerOptions } from './kernel/serviceTime';
export type { BooleanSubject } from './internal/booleanSubject';
export type { SkippedGaps } from './kernel/releaseSchedule';
