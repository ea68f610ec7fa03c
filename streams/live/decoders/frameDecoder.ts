import type { Micros } from '../../bars/bar';

/** Where a decoder puts what a frame holds. */
export interface FrameSink {
  /** `time` is the event's, NaN where the frame has none; `id` NaN where it has none. */
  row(symbol: string, time: Micros, price: number, size: number, id: number): void;
  /** Something that is no row: an acknowledgement, a heartbeat, a frame of another kind. */
  other(): void;
  /** A frame, or a row in it, that cannot be used. */
  bad(): void;
}

/** Reads one frame of text. It never throws. */
export type FrameDecoder = (text: string, sink: FrameSink) => void;

/** What the rows' ids are: each one above the last, above the last, or there are none. */
export type Ids = 'contiguous' | 'rising' | 'none';

export type { PriceOfQuotes } from '../../sources/fileOptions';
