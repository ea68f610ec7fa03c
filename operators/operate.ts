import { Observable, Subscriber } from 'rxjs';

export interface Attachment<T> {
  next(item: T): void;
  complete(): void;
  /** An error of the source; passed on unless given. */
  error?(error: unknown): void;
  /** Whatever `next`, `complete` or `error` threw; passed on unless given. Does not throw. */
  fail?(error: unknown): void;
  /** Called once when it is all over, however it ended; the source is left already. */
  closed?(): void;
}

/**
 * An operator from its parts: `connect` is called for every subscriber. It keeps two promises that
 * `new Observable((s) => source.subscribe({ … }))` does not: a synchronous source stops when the
 * subscriber leaves, and whatever is thrown in `next` or `complete` arrives as an error.
 *
 * @param connect Its `leave` unsubscribes from the source, once and for all, and may be called at any time.
 */
export function operate<T, R>(
  source: Observable<T>,
  connect: (subscriber: Subscriber<R>, leave: () => void) => Attachment<T>,
): Observable<R> {
  return new Observable<R>((subscriber) => {
    let left = false;
    const leave = (): void => {
      left = true;
      upstream.unsubscribe();
    };
    const fail = (error: unknown): void => {
      if (attachment.fail === undefined) subscriber.error(error);
      else attachment.fail(error);
    };
    // Made before the source is subscribed to, so that it can be left while it emits; and bare,
    // because whatever a safe one would catch is caught here and becomes an error of the stream.
    const upstream = new Subscriber<T>({
      next(item) {
        try {
          attachment.next(item);
        } catch (error) {
          fail(error);
        }
      },
      error(error: unknown) {
        try {
          if (attachment.error === undefined) subscriber.error(error);
          else attachment.error(error);
        } catch (thrown) {
          fail(thrown);
        }
      },
      complete() {
        if (left) return;
        try {
          attachment.complete();
        } catch (error) {
          fail(error);
        }
      },
    });
    const attachment = connect(subscriber, leave);
    subscriber.add(() => {
      leave();
      attachment.closed?.();
    });
    if (!left) source.subscribe(upstream);
  });
}
