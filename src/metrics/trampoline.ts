import type { MonoTypeOperatorFunction } from 'rxjs';
import { operate, OperatorSubscriber } from '../../operators/internal/operatorSubscriber';

/**
 * Passes values on one at a time: a value that arrives while an earlier one is still being
 * delivered (a subscriber answered it by another `next`) waits its turn, so that every subscriber
 * sees the same order. Completion and error wait as well.
 *
 *     source:    a            (while a is delivered, somebody nexts b)
 *     result:    a b          for the first subscriber and for the last one
 */
export function trampoline<T>(): MonoTypeOperatorFunction<T> {
  return (source) => operate<T, T>(source, (subscriber) => new Trampoline(subscriber));
}

class Trampoline<T> extends OperatorSubscriber<T, T> {
  private readonly waiting: T[] = [];
  private delivering = false;
  private end: (() => void) | undefined;

  override next(value: T): void {
    if (!this.isListening) return;
    this.waiting.push(value);
    if (this.delivering) return;
    this.delivering = true;
    try {
      // The iterator of an array also visits what is pushed meanwhile.
      for (const next of this.waiting) this.subscriber.next(next);
      this.waiting.length = 0;
      this.delivering = false;
      this.end?.();
    } catch (error) {
      this.fail(error);
    }
  }

  protected override onComplete(): void {
    this.over(() => {
      this.subscriber.complete();
    });
  }

  protected override onError(error: unknown): void {
    this.over(() => {
      this.subscriber.error(error);
    });
  }

  private over(how: () => void): void {
    this.end = how;
    if (!this.delivering) how();
  }
}
