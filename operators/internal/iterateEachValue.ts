import { Subject, takeUntil } from 'rxjs';
import type { Observable } from 'rxjs';
import { AccountedBuffer } from '../kernel/accountedBuffer';
import type { AccountedBufferOptions } from '../kernel/accountedBuffer';
import type { PullIterator } from '../kernel/iteratorOf';

/**
 * An Observable as something to pull from: it is subscribed to at once, and what comes early waits in
 * a bounded inbox. Its end and its error come behind what waits; so does the error of a full inbox,
 * for which the Observable is left at once.
 */
export function iterateEachValue<T>(
  source: Observable<T>,
  options: AccountedBufferOptions<T>,
): PullIterator<T> {
  const inbox = new AccountedBuffer<T>(options);
  const { waiting } = inbox;
  const left = new Subject<void>();
  let end: { readonly error?: unknown } | undefined;
  let answer: (() => void) | undefined;

  const tell = (): void => {
    const asked = answer;
    answer = undefined;
    asked?.();
  };
  const over = (how: { readonly error?: unknown }): void => {
    end ??= how;
    tell();
  };
  const result = (): IteratorResult<T> => {
    if (waiting.length > 0) return { done: false, value: waiting.shift() as T };
    if (end !== undefined && 'error' in end) throw end.error;
    return { done: true, value: undefined };
  };
  source.pipe(takeUntil(left)).subscribe({
    next(item) {
      try {
        const full = inbox.push(item);
        if (full !== undefined) throw full;
      } catch (error) {
        left.next();
        end = { error };
      }
      tell();
    },
    error(error: unknown) {
      over({ error });
    },
    complete() {
      over({});
    },
  });
  return {
    next() {
      if (waiting.length > 0 || end !== undefined) return result();
      return new Promise<void>((resolve) => {
        answer = resolve;
      }).then(result);
    },
    return() {
      // That is an end as well, so anyone who waits for an answer gets one.
      left.next();
      inbox.discardAll();
    },
  };
}
