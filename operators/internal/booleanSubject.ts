import { BehaviorSubject, Subscription } from 'rxjs';
import type { Observable, Observer } from 'rxjs';
import { Mailbox } from '../kernel/mailbox';

interface Listener {
  /** The value that it waits for. */
  readonly value: boolean;
  readonly callback: () => void;
  readonly onError: (error: unknown) => void;
}

/**
 * A `BehaviorSubject<boolean>` that is switched once or twice per item. Two things are different: a
 * `next` from within an observer is delivered after the current one, so that every observer sees the
 * values in the same order (`value` is always the latest); and operators of this folder can wait for a
 * value by plain function calls, which cost a tenth of a notification.
 */
export class BooleanSubject extends BehaviorSubject<boolean> {
  private listeners: readonly Listener[] = [];
  private readonly deliveries = new Mailbox<boolean>((value) => {
    this.notify(value);
  });
  private latest: boolean;
  /** The value delivered last, if there was no observer to deliver it to. */
  private unseen: boolean | undefined;

  constructor(value: boolean) {
    super(value);
    this.latest = value;
  }

  override next(value: boolean): void {
    this.deliver(value);
  }

  /** The latest value; throws if the subject has failed, as any `BehaviorSubject` does. */
  override get value(): boolean {
    if (this.hasError || this.closed) super.getValue();
    return this.latest;
  }

  override getValue(): boolean {
    super.getValue();
    return this.value;
  }

  override error(error: unknown): void {
    const listeners = this.listeners;
    this.listeners = [];
    super.error(error);
    for (const { onError } of listeners) onError(error);
  }

  override subscribe(
    observerOrNext?: Partial<Observer<boolean>> | ((value: boolean) => void) | null,
  ): Subscription {
    const unseen = this.unseen;
    if (unseen !== undefined) {
      this.unseen = undefined;
      super.next(unseen);
    }
    return super.subscribe(observerOrNext ?? undefined);
  }

  /** Calls back whenever it becomes `value`, not for the present one; `onError` if the subject fails. */
  when(value: boolean, callback: () => void, onError: (error: unknown) => void): Subscription {
    if (this.hasError) {
      onError(this.thrownError);
      return Subscription.EMPTY;
    }
    const listener: Listener = { value, callback, onError };
    this.listeners = [...this.listeners, listener];
    return new Subscription(() => {
      this.listeners = this.listeners.filter((other) => other !== listener);
    });
  }

  protected deliver(value: boolean): void {
    this.latest = value;
    this.deliveries.post(value);
  }

  private notify(value: boolean): void {
    if (this.observed) super.next(value);
    else this.unseen = value;
    const listeners = this.listeners;
    for (let i = 0; i < listeners.length; i += 1) {
      const listener = listeners[i] as Listener;
      if (listener.value === value) listener.callback();
    }
  }
}

/** Waits for a value of a subject; of any other Observable it hears every value, the present one too. */
export function when(
  source: Observable<unknown>,
  value: boolean,
  callback: () => void,
  onError: (error: unknown) => void,
): Subscription {
  if (source instanceof BooleanSubject) return source.when(value, callback, onError);
  return source.subscribe({ next: callback, error: onError });
}
