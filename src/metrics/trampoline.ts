import {
  defer,
  dematerialize,
  EMPTY,
  materialize,
  mergeMap,
  type MonoTypeOperatorFunction,
  type ObservableNotification,
  type Observable,
} from 'rxjs';

/**
 * Passes values on one at a time: a value that arrives while an earlier one is still being
 * delivered (a subscriber answered it by another `next`) waits its turn, so that every subscriber
 * sees the same order. Completion and error wait as well.
 *
 *     source:    a            (while a is delivered, somebody nexts b)
 *     result:    a b          for the first subscriber and for the last one
 */
export function trampoline<T>(): MonoTypeOperatorFunction<T> {
  return (source: Observable<T>): Observable<T> =>
    defer(() => {
      const waiting: ObservableNotification<T>[] = [];
      let delivering = false;

      function* deliver(): Generator<ObservableNotification<T>> {
        delivering = true;
        try {
          // The iterator of an array also visits what is pushed meanwhile.
          yield* waiting;
        } finally {
          waiting.length = 0;
          delivering = false;
        }
      }

      return source.pipe(
        materialize(),
        mergeMap((notification) => {
          waiting.push(notification);
          return delivering ? EMPTY : deliver();
        }),
        dematerialize(),
      );
    });
}
