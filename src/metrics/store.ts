import { defer, EMPTY, merge, ReplaySubject, scan, Subject, Subscription, takeUntil } from 'rxjs';
import type { Observable } from 'rxjs';
import { workMailbox } from '../../operators/kernel/mailbox';
import type { PipelineEvent } from '../../streams/events';
import { initialState } from './initialState';
import { reduce } from './reduce';
import type { MetricsState } from './state';

export interface MetricsStore {
  /** The state: the present one at once (also after the end), then the one after every event. */
  readonly metrics$: Observable<MetricsState>;
  /** Every event, after the state that contains it. */
  readonly events$: Observable<PipelineEvent>;
  /** The present state. */
  readonly state: () => MetricsState;
  /** Begins to listen, if nobody has subscribed yet. Unsubscribing ends the store: both complete. */
  readonly connect: () => Subscription;
}

interface Step {
  readonly state: MetricsState;
  readonly event?: PipelineEvent;
}

/**
 * Folds events into the state, once for all subscribers.
 *
 *     source:            --a-----b---|
 *     store.metrics$:    0-A-----B---|     (a late subscriber begins with the last one)
 *     store.events$:     --a-----b---|     (a after A, b after B)
 *
 * It listens from `connect()` or the first subscription to either observable on, and goes on
 * without subscribers. A source that is hot already wants `connect()` at once. Errors, of the
 * source and of the fold, reach the subscribers of both.
 *
 * @param initial The state before the first event: `initialStateOf(topology)` for stages composed by hand.
 */
export function metricsStore(
  source: Observable<PipelineEvent>,
  initial: MetricsState = initialState,
): MetricsStore {
  // Not a BehaviorSubject: once that has completed, a late subscriber gets no value.
  const states = new ReplaySubject<MetricsState>(1);
  const echoes = new Subject<PipelineEvent>();
  const stopped = new Subject<void>();
  let present = initial;
  let connection: Subscription | undefined;
  states.next(present);

  const connect = (): Subscription => {
    if (connection !== undefined) return connection;
    connection = new Subscription(() => stopped.next());
    // A subscriber that answers an event by another one sees the answer after it, as everybody else does.
    const ordered = new Subject<PipelineEvent>();
    const mailbox = workMailbox();
    ordered
      .pipe(
        scan<PipelineEvent, Step, Step>(
          ({ state }, event) => ({ state: reduce(state, event), event }),
          { state: initial },
        ),
        takeUntil(stopped),
      )
      .subscribe({
        next: ({ state, event }) => {
          present = state;
          states.next(state);
          if (event !== undefined) echoes.next(event);
        },
        error: (error: unknown) => {
          stopped.next();
          states.error(error);
          echoes.error(error);
        },
        complete: () => {
          states.complete();
          echoes.complete();
        },
      });
    const inTurn =
      <V>(pass: (value: V) => void) =>
      (value: V): void => {
        mailbox.post(() => {
          pass(value);
        });
      };
    source.pipe(takeUntil(stopped)).subscribe({
      next: inTurn((event) => {
        ordered.next(event);
      }),
      error: inTurn((error: unknown) => {
        ordered.error(error);
      }),
      complete: inTurn<void>(() => {
        ordered.complete();
      }),
    });
    return connection;
  };

  // The subscriber is there first, so that it sees all that a synchronous source has to say.
  const connecting = defer(() => {
    connect();
    return EMPTY;
  });
  return {
    metrics$: merge(states, connecting),
    events$: merge(echoes, connecting),
    state: () => present,
    connect,
  };
}
