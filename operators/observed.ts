import { Subject, takeUntil } from 'rxjs';
import type { Observable, Observer, SchedulerLike } from 'rxjs';
import { OverflowError } from './errors';
import type { EdgeEvent } from './events';
import { createInbox } from './inbox';
import type { InboxOptions } from './inbox';
import type { Pulling } from './pull';
import { Tally } from './tally';

export interface ObservedOptions<T> extends InboxOptions<T> {
  readonly edge: string;
  /** Receives `dropped` and `discarded` events. */
  readonly events?: Partial<Observer<EdgeEvent>>;
  readonly scheduler?: SchedulerLike;
}

/**
 * An Observable as something to pull from: it is subscribed to at once, and what comes early waits in
 * a bounded inbox. Its end and its error come behind what waits; so does the error of a full inbox,
 * for which the Observable is left at once.
 */
export function observed<T>(source: Observable<T>, options: ObservedOptions<T>): Pulling<T> {
  const { keyOf, scheduler } = options;
  const tally = new Tally(options);
  const left = new Subject<void>();
  let end: { readonly error?: unknown } | undefined;
  let answer: (() => void) | undefined;

  const lose = (item: T, type: 'dropped' | 'discarded'): void => {
    tally.add(type, keyOf?.(item), scheduler === undefined ? Date.now() : scheduler.now());
  };
  const inbox = createInbox<T>(options, (item) => {
    lose(item, 'dropped');
  });
  const tell = (): void => {
    const waiting = answer;
    answer = undefined;
    waiting?.();
  };
  const over = (how: { readonly error?: unknown }): void => {
    end ??= how;
    tell();
  };
  const result = (): IteratorResult<T> => {
    if (inbox.length > 0) return { done: false, value: inbox.shift() as T };
    if (end !== undefined && 'error' in end) throw end.error;
    return { done: true, value: undefined };
  };
  const accept = (item: T): void => {
    try {
      inbox.push(item);
    } catch (error) {
      left.next();
      // What a `keyOf` or the events' observer threw is no full inbox: the item was not refused.
      if (error instanceof OverflowError) lose(item, 'discarded');
      throw error;
    }
  };
  source.pipe(takeUntil(left)).subscribe({
    next(item) {
      try {
        accept(item);
      } catch (error) {
        end = { error };
      }
      tell();
    },
    error(error: unknown) {
      over({ error });
    },
    complete() {
      over({});
    },
  });
  return {
    next() {
      if (inbox.length > 0 || end !== undefined) return result();
      return new Promise<void>((resolve) => {
        answer = resolve;
      }).then(result);
    },
    return() {
      // That is an end as well, so whoever waits for an answer gets one.
      left.next();
      while (inbox.length > 0) lose(inbox.shift() as T, 'discarded');
    },
  };
}
