import type { Observer } from 'rxjs';

/** What can happen to an item on an edge between two stages. */
export type EdgeEventType = 'delivered' | 'backpressure' | 'overrun' | 'dropped' | 'discarded';

/**
 * A number of occurrences on one edge. Without batching `count` is 1; with it, `count` is the
 * number since the last event of that type and key.
 */
export interface EdgeEvent {
  readonly type: EdgeEventType;
  readonly edge: string;
  /** What `keyOf` made of the items (a symbol, say); absent where no `keyOf` was given. */
  readonly key?: string;
  /** Occurrences, a whole number of at least 1. */
  readonly count: number;
  /** `backpressure` only: occurrences in which everything handed over since the consumer was last ready was due at the item's own instant. */
  readonly burst?: number;
  /** `backpressure` only: the other ones, in which something was due earlier. `burst + behind = count`. */
  readonly behind?: number;
  /** The time of the last of the occurrences: milliseconds on the scheduler's clock. Where nothing tells the time, when the event left, by the system's clock. */
  readonly at: number;
}

/** Who receives events: an observer (a Subject, say) or a function. One that throws fails the stream. */
export type EdgeEventObserver = Partial<Observer<EdgeEvent>> | ((event: EdgeEvent) => void);
