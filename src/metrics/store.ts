import { defer, EMPTY, merge, ReplaySubject, scan, Subject, Subscription, takeUntil } from 'rxjs';
import type { Observable } from 'rxjs';
import { workMailbox } from '../../operators/kernel/mailbox';
import type { PipelineEvent } from '../../streams/events';
import { initialState } from './initialState';
import { checkKnown, reduceAll } from './reduce';
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

/** While nobody looks, this many events wait to be folded together: they share the copies. */
const BATCH = 512;

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
 * Without subscribers to `metrics$` events are folded in batches, and when the state is requested.
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
  const batches = new Subject<readonly PipelineEvent[]>();
  const stopped = new Subject<void>();
  let present = initial;
  let waiting: PipelineEvent[] = [];
  let connection: Subscription | undefined;
  states.next(present);

  const fold = (): MetricsState => {
    if (waiting.length === 0) return present;
    const events = waiting;
    waiting = [];
    batches.next(events);
    return present;
  };

  const take = (event: PipelineEvent): void => {
    try {
      checkKnown(present, event);
    } catch (error) {
      batches.error(error);
      return;
    }
    waiting.push(event);
    // The first event says which stages and edges there are.
    if (states.observed || waiting.length >= BATCH || event.type === 'started') fold();
    echoes.next(event);
  };

  const connect = (): Subscription => {
    if (connection !== undefined) return connection;
    connection = new Subscription(() => stopped.next());
    // A subscriber that answers an event by another one sees the answer after it, as everybody else does.
    const mailbox = workMailbox();
    batches.pipe(scan(reduceAll, initial), takeUntil(stopped)).subscribe({
      next: (state) => {
        present = state;
        states.next(state);
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
    source.pipe(takeUntil(stopped)).subscribe({
      next: (event) => {
        mailbox.post(() => {
          take(event);
        });
      },
      error: (error: unknown) => {
        mailbox.post(() => {
          fold();
          batches.error(error);
        });
      },
      complete: () => {
        mailbox.post(() => {
          fold();
          batches.complete();
        });
      },
    });
    return connection;
  };

  // The subscriber is there first, so that it sees all that a synchronous source has to say.
  const connecting = defer(() => {
    connect();
    return EMPTY;
  });
  const upToDate = defer(() => {
    fold();
    return states;
  });
  return {
    metrics$: merge(upToDate, connecting),
    events$: merge(echoes, connecting),
    state: fold,
    connect,
  };
}
