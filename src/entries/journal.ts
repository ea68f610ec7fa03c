/**
 * Journals of runs, service times, and files of bars and signals.
 *
 * @module barometer/journal
 */
export {
  checkpointOf,
  findRun,
  foldIn,
  foldJournal,
  JournalError,
  openJournal,
  parsePointInTime,
  readTimings,
  record,
  recordedServiceTimes,
  TimingRecorder,
} from '../journal';
export { openBarsFile, openSignalsFile, OutputError } from '../output';
export type {
  AppendFile,
  Fold,
  FoldedJournal,
  FoldOptions,
  GitState,
  InputFile,
  Journal,
  JournalBatch,
  JournalEntry,
  JournalErrorCode,
  JournalHeader,
  PointInTime,
  ReadOptions,
  Recordable,
  Recorded,
  Recording,
  RecordOptions,
  RunSetup,
  SetupValue,
  StrategySetup,
  TimedSeries,
  Timings,
} from '../journal';
export type { RowsFile } from '../output';
export type { JournalPlace, LinesOptions } from '../journal/lines';
export type { BlockSink } from '../journal/timings/timingRecorder';
export type { TimingHead } from '../journal/timings/timingFormat';
export type { CsvOptions, TimeFormat } from '../output/csv';
export type { CommitOptions } from '../output/outputFile';
export type { BarsFileOptions } from '../output/barsFile';
