import type { Micros } from '../bars/bar';
import type { FeedEvent } from '../feedEvents';
import type { CrossedFailure } from './crossedFailure';
import type { IngressOptions } from './ingressOptions';
import type { CodeSource, ReceivedSource } from './liveSource';
import type { TakenRows } from './queuedRow';
import type { ReceiveClockAnchor } from './receiveClock';

/** A source as the ingress thread has it: what is in code stays in its own thread. */
export type IngressThreadSource = ReceivedSource | Omit<CodeSource, 'open'>;

/** What the ingress thread is made of. */
export interface IngressWork extends Pick<
  IngressOptions,
  'intervals' | 'grace' | 'stale' | 'capacity' | 'overflow'
> {
  readonly sources: readonly IngressThreadSource[];
  /** False: a history comes first, and rows wait without bound until it is through. */
  readonly isBounded: boolean;
  /** The first bad frame fails the run. */
  readonly stopsAtBadRow: boolean;
  readonly record: string | undefined;
  /** Receive time at which the session ends. */
  readonly until: Micros | undefined;
  readonly clock: ReceiveClockAnchor;
}

export type ToIngress =
  /** The coordinator wants what there is, as soon as there is something. */
  | { readonly type: 'pull' }
  | { readonly type: 'frame'; readonly source: number; readonly text: string }
  | { readonly type: 'opened' | 'ended'; readonly source: number }
  | { readonly type: 'closed'; readonly source: number; readonly reason: string }
  /** The history is through: rows are bounded from now on. */
  | { readonly type: 'bound' }
  /** Ends the sources; what waits is still handed out. */
  | { readonly type: 'stop' }
  /** Ends the sources, and discards what waits. */
  | { readonly type: 'abort' };

/** Rows on their way to the coordinator's thread. */
export interface BatchMessage extends TakenRows {
  readonly type: 'batch';
  /** Symbols that were not named before. */
  readonly names: readonly string[];
  /** Nothing waits behind it. */
  readonly isLast: boolean;
}

export type FromIngress =
  | BatchMessage
  | { readonly type: 'events'; readonly events: readonly FeedEvent[] }
  /** Nothing comes any more. */
  | { readonly type: 'end' }
  | { readonly type: 'failed'; readonly failure: CrossedFailure };
