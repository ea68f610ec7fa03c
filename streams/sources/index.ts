export { openFiles } from './openFiles';
export type { FileCounts, FileSource } from './fileSource';
export type { RowClock, FileOptions, PriceOfQuotes, Role, RowKind } from './fileOptions';
export type { BadRow } from './order/badRow';
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
  TickField,
} from './formats';
export { fromBars, fromQuotes, fromTicks } from './memory/fromIterable';
export type { FromBarsOptions, FromTicksOptions } from './memory/fromIterable';
export { fromColumns } from './memory/columns';
export type { RowColumns } from './memory/columns';
export { mergeRows } from './order/mergeRows';
