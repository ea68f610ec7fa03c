import type { Observer } from 'rxjs';

/** Why an item was lost. */
export type LossReason =
  /** A full buffer had no room for it, or something newer took its place. */
  | 'dropped'
  /** It was still held or in service when its subscriber left or the stream failed. */
  | 'discarded'
  /** Its service failed, and `onError` is `skip`. */
  | 'skipped'
  /** Its service took longer than `timeout`, and `onError` is `skip`. */
  | 'timedOut';

/** A lost item, for anyone who keeps, retries or logs it. */
export interface DeadLetter<T> {
  readonly item: T;
  readonly reason: LossReason;
  /** The edge that lost it. */
  readonly edge: string;
  /** Milliseconds on the scheduler's clock. */
  readonly at: number;
  /** What its service failed with: present if it was skipped or timed out. */
  readonly error?: unknown;
}

/** Who receives dead letters: an observer (a Subject, say) or a function. One that throws fails the stream. */
export type DeadLetterObserver<T> =
  Partial<Observer<DeadLetter<T>>> | ((letter: DeadLetter<T>) => void);
