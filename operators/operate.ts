import { Observable, Subscriber } from 'rxjs';

export interface Attachment<T> {
  next(item: T): void;
  complete(): void;
  /** An error of the source; an error of the stream unless given. */
  error?(error: unknown): void;
  /** Lets go of what is still here: called before an error passes, and when it is all over. The source is left already. */
  discard?(): void;
  /** Called once, when it is all over, however it ended. */
  closed?(): void;
}

export interface Upstream {
  /** Unsubscribes from the source, once and for all; may be called at any time. */
  readonly leave: () => void;
  /** Leaves the source, discards, and passes the error on. Does not throw. */
  readonly fail: (error: unknown) => void;
}

/**
 * An operator from its parts: `connect` is called for every subscriber. It keeps two promises that
 * `new Observable((s) => source.subscribe({ … }))` does not: a synchronous source stops when the
 * subscriber leaves, and whatever is thrown in `next`, `error` or `complete` arrives as an error.
 */
export function operate<T, R>(
  source: Observable<T>,
  connect: (subscriber: Subscriber<R>, upstream: Upstream) => Attachment<T>,
): Observable<R> {
  return new Observable<R>((subscriber) => {
    let attachment: Attachment<T> | undefined = undefined;
    let left = false;
    const leave = (): void => {
      left = true;
      incoming.unsubscribe();
    };
    const letGo = (): void => {
      try {
        leave();
      } finally {
        attachment?.discard?.();
      }
    };
    const fail = (error: unknown): void => {
      try {
        letGo();
      } catch {
        // The error at hand came first: it is the one to tell.
      }
      subscriber.error(error);
    };
    const attempt = (work: () => void): void => {
      try {
        work();
      } catch (error) {
        fail(error);
      }
    };
    // Made before the source is subscribed to, so that it can be left while it emits; and bare,
    // because whatever a safe one would catch is caught here and becomes an error of the stream.
    const incoming = new Subscriber<T>({
      next(item: T) {
        try {
          attachment?.next(item);
        } catch (error) {
          fail(error);
        }
      },
      error(error: unknown) {
        attempt(() => {
          if (attachment?.error === undefined) fail(error);
          else attachment.error(error);
        });
      },
      complete() {
        if (!left) attempt(() => attachment?.complete());
      },
    });
    attachment = connect(subscriber, { leave, fail });
    subscriber.add(() => {
      try {
        letGo();
      } finally {
        attachment?.closed?.();
      }
    });
    if (!left) source.subscribe(incoming);
  });
}
