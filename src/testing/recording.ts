import { Observable, Subscription } from 'rxjs';
import type { TestScheduler } from 'rxjs/testing';
import { TestScheduler as Parser } from 'rxjs/testing';

/** What an Observable did, and in which frame. */
export interface Moment<T> {
  readonly frame: number;
  readonly kind: 'next' | 'error' | 'complete';
  readonly value?: T;
  readonly error?: unknown;
}

export interface Recording<T> {
  readonly moments: readonly Moment<T>[];
  readonly subscription: Subscription;
}

/** Subscribes in frame 0, or as the subscription marbles say, and writes down what comes. */
export function recorded<T>(
  scheduler: TestScheduler,
  observable: Observable<T>,
  subscriptionMarbles: string | null = null,
): Recording<T> {
  const { subscribedFrame, unsubscribedFrame } = Parser.parseMarblesAsSubscriptions(
    subscriptionMarbles,
    true,
  );
  const moments: Moment<T>[] = [];
  const subscription = new Subscription();
  const subscribe = (): void => {
    subscription.add(writeDown(observable, moments, () => scheduler.now()));
  };
  const unsubscribe = (): void => {
    subscription.unsubscribe();
  };
  scheduler.schedule(subscribe, subscribedFrame === Infinity ? 0 : subscribedFrame);
  if (unsubscribedFrame !== Infinity) scheduler.schedule(unsubscribe, unsubscribedFrame);
  return { moments, subscription };
}

function writeDown<T>(
  observable: Observable<T>,
  moments: Moment<T>[],
  frameNow: () => number,
): Subscription {
  return observable.subscribe({
    next: (value) => {
      moments.push({ frame: frameNow(), kind: 'next', value: flat(value, frameNow) });
    },
    error: (error: unknown) => {
      moments.push({ frame: frameNow(), kind: 'error', error });
    },
    complete: () => {
      moments.push({ frame: frameNow(), kind: 'complete' });
    },
  });
}

/** An inner Observable is detected by what it does, in the form in which TestScheduler writes it down. */
function flat<T>(value: T, frameNow: () => number): T {
  if (!(value instanceof Observable)) return value;
  const began = frameNow();
  const messages: unknown[] = [];
  const push = (kind: 'N' | 'E' | 'C', inner: unknown, error: unknown): void => {
    messages.push({ frame: frameNow() - began, notification: { kind, value: inner, error } });
  };
  value.subscribe({
    next: (inner: unknown) => {
      push('N', inner, undefined);
    },
    error: (error: unknown) => {
      push('E', undefined, error);
    },
    complete: () => {
      push('C', undefined, undefined);
    },
  });
  return messages as T;
}
