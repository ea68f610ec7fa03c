import { pipe } from 'rxjs';
import type { MonoTypeOperatorFunction, Observable, Observer, SchedulerLike } from 'rxjs';
import { holdUntilReady, trackBackpressure } from '../../operators';
import type { EventBatch, EdgeEvent, Readiness, ReadinessLike } from '../../operators';
import type { EdgeName } from '../events';
import { isBar, symbolOf } from '../bars/item';
import type { Item } from '../bars/item';

export interface EdgeOptions {
  readonly edge: EdgeName;
  /** The consumer's. */
  readonly readiness: Readiness;
  /** True while the gate holds items until the consumer is ready; so it is unless given. */
  readonly active?: boolean | Observable<boolean>;
  readonly paused?: boolean | Observable<boolean>;
  /** An error comes after what the gate holds; otherwise at once. */
  readonly delayError?: boolean;
  /** Notified by the gate when it begins to hold something, and when it holds nothing any more. */
  readonly holding?: Pick<Observer<boolean>, 'next'>;
  /** Nothing counts as due before that, in milliseconds of the run. */
  readonly dueFloor?: () => number;
  readonly onRelease?: (item: Item, at: number) => void;
  readonly events?: Partial<Observer<EdgeEvent>>;
  readonly batch?: EventBatch;
  readonly scheduler?: SchedulerLike;
}

/** The hand-over between two stages: a gate, and behind it the tracker, which only looks and counts. */
export function edge(options: EdgeOptions): MonoTypeOperatorFunction<Item> {
  return pipe(gate(options), tracker(options));
}

/** What an edge does on the producer's side; any readiness of the consumer's will do. */
type GateOptions = Omit<EdgeOptions, 'readiness' | 'dueFloor'> & {
  readonly readiness: ReadinessLike & Observable<unknown>;
};

/** The first half of an edge: what it held is offered when it lets it go. */
export function gate(options: GateOptions): MonoTypeOperatorFunction<Item> {
  const { readiness, onRelease: released } = options;
  return holdUntilReady<Item>(readiness, {
    ...options,
    keyOf: symbolOf,
    isCounted: isBar,
    onRelease: (item, at) => {
      item.offered = at;
      released?.(item, at);
    },
  });
}

/** The second half of an edge. */
export function tracker(
  options: Pick<EdgeOptions, 'edge' | 'readiness' | 'dueFloor' | 'events' | 'batch' | 'scheduler'>,
): MonoTypeOperatorFunction<Item> {
  return trackBackpressure<Item>(options.readiness, {
    ...options,
    dueAt: (item) => item.due,
    keyOf: symbolOf,
    keyNumberOf: (item) => item.symbol,
    isCounted: isBar,
    offeredAt: (item) => item.offered,
  });
}
