import type { MonoTypeOperatorFunction } from 'rxjs';
import { operate } from '../../operators/operate';

/**
 * Passes values on one at a time: a value that arrives while an earlier one is still being
 * delivered (a subscriber answered it by another `next`) waits its turn, so that every subscriber
 * sees the same order. Completion and error wait as well.
 *
 *     source:    a            (while a is delivered, somebody nexts b)
 *     result:    a b          for the first subscriber and for the last one
 */
export function trampoline<T>(): MonoTypeOperatorFunction<T> {
  return (source) =>
    operate<T, T>(source, (subscriber) => {
      const waiting: T[] = [];
      let delivering = false;
      let end: (() => void) | undefined;
      const over = (how: () => void): void => {
        end = how;
        if (!delivering) how();
      };
      return {
        next(value) {
          waiting.push(value);
          if (delivering) return;
          delivering = true;
          // The iterator of an array also visits what is pushed meanwhile.
          for (const next of waiting) subscriber.next(next);
          waiting.length = 0;
          delivering = false;
          end?.();
        },
        complete() {
          over(() => {
            subscriber.complete();
          });
        },
        error(error) {
          over(() => {
            subscriber.error(error);
          });
        },
      };
    });
}
