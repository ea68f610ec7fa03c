/**
 * Files, in-memory rows and feeds as sources of a run, and the formats of files.
 *
 * @module barometer/sources
 */
export { SourceError } from '../../streams';
export {
  formats,
  fromBars,
  fromColumns,
  fromQuotes,
  fromTicks,
  mergeRows,
} from '../../streams/sources';
export { openFiles } from '../../streams/sources';
export {
  fromAsyncIterable,
  fromObservable,
  natsRows,
  recording,
  stdin,
  webSocket,
} from '../../streams/live/sources';
export { venueSource } from '../../streams/live/venues';
export type { FeedOptions, LiveTick } from '../../streams/live/sources';
export type { VenueOptions } from '../../streams/live/venues';
export type { FrameFormat } from '../../streams/live/decoders/layouts';
export type {
  CodeSource,
  FrameReading,
  LiveSink,
  LiveSource,
  NatsSource,
  RecordingSource,
  StdinSource,
  WebSocketSource,
} from '../../streams/live/liveSource';
export type { NatsOptions } from '../../streams/nats/openNats';
export { syntheticTicks } from '../generate';
export type { CalendarOptions, FileOptions, FileSource, Micros } from '../../streams';
export type { Bar, Quote, Side, Tick, Trade } from '../../streams';
export type { BatchOptions, RowBatch, RowCounts, RowSource, TickColumns } from '../../streams';
export type {
  BadRow,
  ByteFormat,
  ColumnFormat,
  Decoder,
  FileCounts,
  Format,
  FormatFacts,
  FormatLayout,
  FromBarsOptions,
  FromTicksOptions,
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
  TickField,
} from '../../streams/sources';
export type { SyntheticOptions } from '../generate';
export type { BarValues, DuplicateRule, RecordedBars } from '../../streams/bars/rows';
export type { Sides, TickLayout, TickRole } from '../../streams/sources/tickLayout';
export type { Stamp, TimeUnit } from '../../streams/sources/time/timeColumn';
export type { LiveFacts, LostRows, RowMark } from '../../streams/bars/rows';
export type { LayoutTime } from '../../streams/sources/time/layoutTime';
export type { StampParser } from '../../streams/sources/time/dateFormat';
export type { ReceivedSource } from '../../streams/live/liveSource';
