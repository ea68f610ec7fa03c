import type { PriceOfQuotes } from './decoders/frameDecoder';
import type { NatsOptions } from '../nats/openNats';
import type { FrameFormat } from './decoders/layouts';

/** How the frames of a source are read. */
export interface FrameReading {
  /** Name of the format of its frames. */
  readonly format: FrameFormat;
  /** Quotes and not trades are rows, reduced to this price. */
  readonly price?: PriceOfQuotes;
}

/** Where a source in code puts what it has. Calls after the end of the run do nothing. */
export interface LiveSink {
  /** A frame of text, as it was received. */
  frame(text: string): void;
  /** The source is connected. */
  opened(): void;
  /** The source is not connected any more. */
  closed(reason: string): void;
  /** Nothing comes any more. When no source is left, the run ends. */
  ended(): void;
}

/** A source that your program implements. Its frames are stamped in the strategies' thread. */
export interface CodeSource {
  readonly kind: 'code';
  /** Shown to people; different for each source of a run. */
  readonly name: string;
  readonly reading: FrameReading;
  /** Begins to deliver; returns what ends it. */
  readonly open: (sink: LiveSink) => () => void;
}

export interface WebSocketSource {
  readonly kind: 'web-socket';
  readonly name: string;
  readonly reading: FrameReading;
  readonly url: string;
  /** Texts that are sent after each connection. */
  readonly subscribe: readonly string[];
}

/** Frames on the standard input, a line each. */
export interface StdinSource {
  readonly kind: 'stdin';
  readonly name: string;
  readonly reading: FrameReading;
}

/** Rows that another run publishes through NATS JetStream: all of them, or those of some symbols. */
export interface NatsSource {
  readonly kind: 'nats';
  readonly name: string;
  readonly reading: FrameReading;
  /** `nats://host/NAME`, or `nats://host/NAME.SYMBOL,…` for a partition. */
  readonly url: string;
  readonly access: NatsOptions;
  /** Number of the stream behind which it begins: what is published from now on unless given. */
  readonly after?: number;
}

/** A session that was recorded; a run has no other source beside it. */
export interface RecordingSource {
  readonly kind: 'recording';
  readonly name: string;
  readonly path: string;
  /** Where the recording does not say it. */
  readonly reading?: Partial<FrameReading>;
}

/** A source whose frames are received and stamped in the ingress thread. */
export type ReceivedSource = WebSocketSource | StdinSource | NatsSource;

export type LiveSource = CodeSource | ReceivedSource | RecordingSource;
