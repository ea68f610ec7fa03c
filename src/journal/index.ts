export type { AppendFile } from './appendFile';
export { eventOwners } from './eventOwners';
export { checkpointOf, foldIn } from './checkpoint';
export { emptyState, foldJournal } from './foldJournal';
export type { Fold, FoldedJournal, FoldOptions } from './foldJournal';
export { peekJournal, livenessOf } from './peekJournal';
export type { Liveness } from './peekJournal';
export type { JournalEntry, JournalHeader } from './journalEntry';
export { JournalError } from './journalError';
export type { JournalErrorCode } from './journalError';
export { parsePointInTime } from './pointInTime';
export type { PointInTime } from './pointInTime';
export { openJournal } from './openJournal';
export { openWhenBegun } from './openWhenBegun';
export type { JournalBatch, Journal, ReadOptions } from './openJournal';
export { record } from './record';
export type { GitState, InputFile, RunSetup, SetupValue, StrategySetup } from './runSetup';
export type { Recordable, Recorded, Recording, RecordOptions } from './record';
export {
  NO_CAUSE,
  readTimings,
  recordedServiceTimes,
  TimingRecorder,
  TimingStore,
} from './timings';
export { pruneRuns } from './pruneRuns';
export type { Kept, Pruned, PrunedRun } from './pruneRuns';
export { findRun, journalsIn, latestIn, namedIn, pointAt, RUN_DIRECTORY } from './runDirectory';
export type { TimedSeries, Timings } from './timings';
export { timingsPathOf } from './timings/timingsPath';
