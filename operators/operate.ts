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

interface Ends {
  fail(error: unknown): void;
  error(error: unknown): void;
  complete(): void;
}

/**
 * What the source is subscribed with: an item takes one call from the source to the attachment.
 * Bare, because whatever a safe subscriber would catch is caught here and becomes an error of the stream.
 */
class Incoming<T> extends Subscriber<T> {
  attachment: Attachment<T> | undefined;
  readonly #ends: Ends;
  #over = false;

  constructor(ends: Ends) {
    super();
    this.#ends = ends;
  }

  override next(item: T): void {
    if (this.#over || this.closed) return;
    try {
      this.attachment?.next(item);
    } catch (error) {
      this.#ends.fail(error);
    }
  }

  override error(error: unknown): void {
    if (this.#over || this.closed) return;
    this.#over = true;
    try {
      this.#ends.error(error);
    } finally {
      this.unsubscribe();
    }
  }

  override complete(): void {
    if (this.#over || this.closed) return;
    this.#over = true;
    try {
      this.#ends.complete();
    } finally {
      this.unsubscribe();
    }
  }
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
    // Made before the source is subscribed to, so that it can be left while it emits.
    const incoming = new Incoming<T>({
      fail,
      error(error) {
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
    incoming.attachment = attachment;
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
