import { Observable, Subscriber } from 'rxjs';
import { reportUnhandledError } from './reportUnhandledError';

/**
 * One subscription of an operator. It is itself what the source is subscribed with, so an item takes
 * one call from the source to the operator; and it keeps two promises that
 * `new Observable((s) => source.subscribe({ … }))` does not: a synchronous source stops when the
 * subscriber leaves, and what is thrown in `next`, `error` or `complete` arrives as an error.
 *
 * An operator writes its own `next`, which does nothing unless `listens`, and gives what is thrown in it
 * to `fail`. Its fields are `private` and not `#`: on top of the subscriber's own, V8 keeps a dozen of
 * the latter at most in an object that it can read fast.
 */
export abstract class OperatorSubscriber<T, R> extends Subscriber<T> {
  /** The source has ended or was left. */
  private isOver = false;

  /** @param subscriber Anyone who has subscribed to the operator. */
  constructor(protected readonly subscriber: Subscriber<R>) {
    super();
  }

  abstract override next(item: T): void;

  /** The source has completed. */
  protected abstract onComplete(): void;

  /** The source has failed: an error of the stream, unless the operator knows better. */
  protected onError(error: unknown): void {
    this.fail(error);
  }

  /** Lets go of what is still here: called before an error passes, and when it is all over. The source is left already. */
  protected discard(): void {
    // Nothing is kept here, unless the operator says so.
  }

  /** Called once, when it is all over, however it ended. */
  protected dispose(): void {
    // Nothing to give back, unless the operator says so.
  }

  /** True until the source has ended or was left. */
  protected get isListening(): boolean {
    return !this.isOver;
  }

  override unsubscribe(): void {
    this.isOver = true;
    super.unsubscribe();
  }

  override error(error: unknown): void {
    if (!this.isListening) return;
    this.isOver = true;
    try {
      this.attempt(() => {
        this.onError(error);
      });
    } finally {
      this.unsubscribe();
    }
  }

  override complete(): void {
    if (!this.isListening) return;
    this.isOver = true;
    try {
      this.attempt(() => {
        this.onComplete();
      });
    } finally {
      this.unsubscribe();
    }
  }

  /** Leaves the source, discards, and passes the error on. Does not throw. */
  fail(error: unknown): void {
    try {
      this.tearDown();
    } catch {
      // The error at hand came first: it is the one to tell.
    }
    this.subscriber.error(error);
  }

  /** What is thrown in it becomes an error of the stream. */
  protected attempt(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.fail(error);
    }
  }

  /** @internal Once everything is set up, and nothing has gone wrong yet. */
  connect(source: Observable<T>): void {
    this.subscriber.add(() => {
      this.close();
    });
    if (!this.closed) source.subscribe(this);
  }

  /** The subscriber has left: it can't be notified of errors any more, and unsubscribing never throws. */
  private close(): void {
    try {
      this.tearDown();
    } catch (error) {
      reportUnhandledError(error);
    }
    try {
      this.dispose();
    } catch (error) {
      reportUnhandledError(error);
    }
  }

  private tearDown(): void {
    try {
      this.unsubscribe();
    } finally {
      this.discard();
    }
  }
}

/** An operator: `make` is called for every subscriber. */
export function operate<T, R>(
  source: Observable<T>,
  make: (subscriber: Subscriber<R>) => OperatorSubscriber<T, R>,
): Observable<R> {
  return new Observable<R>((subscriber) => {
    make(subscriber).connect(source);
  });
}
