export { SourceError } from '../../streams';
export { formats, fromBars, fromColumns, fromTicks, mergeRows } from '../../streams/sources';
export { openFiles } from '../../streams/sources';
export { syntheticTicks } from '../generate';
export type { CalendarOptions, FileOptions, FileSource, Micros } from '../../streams';
export type { Bar, RowBatch, RowCounts, RowSource, Tick } from '../../streams';
export type {
  BadRow,
  ByteFormat,
  ColumnFormat,
  Decoder,
  FileCounts,
  Format,
  FormatFacts,
  FormatLayout,
  Head,
  LayoutOptions,
  PriceOfQuotes,
  Prices,
  Probe,
  Reading,
  Role,
  RowClock,
  RowColumns,
  RowKind,
  RowSink,
  SourceErrorCode,
} from '../../streams/sources';
export type { SyntheticOptions } from '../generate';
