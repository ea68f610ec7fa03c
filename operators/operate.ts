import { Observable, Subject, takeUntil } from 'rxjs';
import type { Subscriber } from 'rxjs';

export interface Attachment<T> {
  next(item: T): void;
  complete(): void;
  /** Passes errors on unless given. */
  error?(error: unknown): void;
  /** Called once when it is all over, however it ended; the source is left already. */
  closed?(): void;
}

/**
 * An operator from its parts: `connect` is called for every subscriber. It keeps two promises that
 * `new Observable((s) => source.subscribe({ … }))` does not: a synchronous source stops when the
 * subscriber leaves, and whatever is thrown in `next` or `complete` arrives as an error.
 */
export function operate<T, R>(
  source: Observable<T>,
  connect: (subscriber: Subscriber<R>) => Attachment<T>,
): Observable<R> {
  return new Observable<R>((subscriber) => {
    const left = new Subject<void>();
    const attachment = connect(subscriber);
    subscriber.add(() => {
      left.next();
      attachment.closed?.();
    });
    source.pipe(takeUntil(left)).subscribe({
      next(item) {
        try {
          attachment.next(item);
        } catch (error) {
          subscriber.error(error);
        }
      },
      error(error: unknown) {
        if (attachment.error === undefined) subscriber.error(error);
        else attachment.error(error);
      },
      complete() {
        if (subscriber.closed) return;
        try {
          attachment.complete();
        } catch (error) {
          subscriber.error(error);
        }
      },
    });
  });
}
