export { openFiles } from './openFiles';
export type { FileCounts, FileSource } from './fileSource';
export type { RowClock, FileOptions, PriceOfQuotes, Role, RowKind } from './fileOptions';
export type { BadRow } from './badRow';
export type { Decoder, Prices, RowSink } from './bytes/decoder';
export { SourceError } from './sourceError';
export type { SourceErrorCode } from './sourceError';
export { formats } from './formats';
export type {
  ByteFormat,
  ColumnFormat,
  Format,
  FormatFacts,
  FormatLayout,
  Head,
  LayoutOptions,
  Probe,
  Reading,
} from './formats';
export { bars, ticks } from './fromIterable';
export { columns } from './columns';
export type { RowColumns } from './columns';
export { mergeRows } from './mergeRows';
