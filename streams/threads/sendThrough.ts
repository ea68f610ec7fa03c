import { concatWith, finalize, ignoreElements, Observable, pipe, tap } from 'rxjs';
import type { OperatorFunction } from 'rxjs';
import type { Item } from '../bars/item';
import type { Sender } from './sender';

/**
 * Sends every item, and completes when the last of them has left: the source may have ended long
 * before. What still waits when the run is stopped, or breaks, is given up.
 */
export function sendThrough(sender: Sender): OperatorFunction<Item, never> {
  const end = new Observable<never>((subscriber) => {
    sender.end(() => {
      subscriber.complete();
    });
  });
  return pipe(
    tap((item: Item) => {
      sender.push(item);
    }),
    ignoreElements(),
    concatWith(end),
    finalize(() => {
      sender.discard();
      sender.close();
    }),
  );
}
