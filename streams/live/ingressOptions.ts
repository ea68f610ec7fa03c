import type { Overflow } from '../../operators';
import type { Micros } from '../bars/bar';
import type { Interval } from '../bars/interval';
import type { FrameDecoder, Ids } from './decoders/frameDecoder';
import { layoutDecoder } from './decoders/frameLayout';
import { FRAME_LAYOUTS, idsOf } from './decoders/layouts';
import type { FrameReading } from './liveSource';
import type { RowRanges } from './rowRanges';

/** One feed of an ingress. */
export interface IngressSource {
  readonly name: string;
  readonly decode: FrameDecoder;
  readonly ids: Ids;
  /** Its frames are received in the strategies' thread. */
  readonly isInCode?: boolean;
}

export interface IngressOptions {
  readonly sources: readonly IngressSource[];
  /** Base first, then the derived ones, shortest first. */
  readonly intervals: readonly Interval[];
  /** How long after its end a window stays open. */
  readonly grace: Micros;
  /** After so long without a frame, a source has no say in when windows close, if another one does. */
  readonly stale: Micros;
  /** How many rows may wait for the coordinator. */
  readonly capacity: number;
  readonly overflow: Overflow;
  /** Rows that a recorded session lost before the coordinator had them. */
  readonly lost?: RowRanges;
  /** Called with the number of each row that is dropped or discarded. */
  readonly onLost?: (ordinal: number, why: 'dropped' | 'discarded') => void;
}

/** A feed whose frames are read in this way. */
export function ingressSourceOf(name: string, { format, price }: FrameReading): IngressSource {
  const layout = FRAME_LAYOUTS[format];
  return { name, decode: layoutDecoder(layout, price), ids: idsOf(layout, price) };
}
