import type { Subscriber } from 'rxjs';
import { AccountedBuffer } from '../kernel/accountedBuffer';
import type { AccountedBufferOptions } from '../kernel/accountedBuffer';
import type { BoundedBuffer } from '../kernel/boundedBuffer';
import { OperatorSubscriber } from './operatorSubscriber';

interface BufferedOperatorOptions<T> extends AccountedBufferOptions<T> {
  /** An error of the source, or of a full inbox, comes after what waits; otherwise at once, and what waits is discarded. */
  readonly delayError?: boolean;
}

/** An operation in which items may wait: it ends when the source has ended and there is nothing left to do. */
export abstract class BufferedOperatorSubscriber<T, R> extends OperatorSubscriber<T, R> {
  protected readonly inbox: AccountedBuffer<T>;
  /** What waits in it. */
  protected readonly waiting: BoundedBuffer<T>;
  private readonly delayError: boolean;
  private ended = false;
  private failure: { readonly error: unknown } | undefined;

  constructor(options: BufferedOperatorOptions<T>, subscriber: Subscriber<R>) {
    super(subscriber);
    this.inbox = new AccountedBuffer(options);
    this.waiting = this.inbox.waiting;
    this.delayError = options.delayError === true;
  }

  /** Nothing waits, and nothing is under way. */
  protected abstract get isIdle(): boolean;

  protected override onComplete(): void {
    this.ended = true;
    this.endIfDone();
  }

  protected override onError(error: unknown): void {
    if (!this.delayError) {
      this.fail(error);
      return;
    }
    this.failure = { error };
    this.onComplete();
  }

  /** Lets an item wait. If there is no room, it goes on as if the source had failed, and is false. */
  protected keep(item: T): boolean {
    const full = this.inbox.push(item);
    if (full === undefined) return true;
    this.unsubscribe();
    this.onError(full);
    return false;
  }

  protected endIfDone(): void {
    if (!this.ended || !this.isIdle) return;
    this.inbox.flush();
    if (this.failure === undefined) this.subscriber.complete();
    else this.subscriber.error(this.failure.error);
  }

  protected override discard(): void {
    this.inbox.discardAll();
    this.inbox.flush();
  }

  protected override dispose(): void {
    this.inbox.close();
  }
}
