import { Observable } from 'rxjs';
import type { TestScheduler } from 'rxjs/testing';
import type { ReadinessLike } from '../../operators';
import { parseLetters } from './parse';

/** A consumer's readiness, as marbles say; its `value` is that of the present frame. */
export type MarbleReadiness = Observable<boolean> & ReadinessLike;

/**
 * A readiness that follows marbles: `t` ready, `f` not ready, `|` changes no more. True at first.
 *
 * ```
 * items      -a-b-c-|
 * readiness  -f-t-f--      a, b and c all find it ready
 * ```
 *
 * Within a frame, `t` comes before everything else that happens there and `f` after it: a consumer that
 * finishes in the very instant of an offer is ready, and an item makes it busy by being handed over.
 * The first frame is the beginning: `f` there is not ready from the start.
 */
export function readinessOf(marbles: string, scheduler: TestScheduler): MarbleReadiness {
  const marks = parseLetters('readiness', marbles, {
    t: 'ready',
    f: 'not ready',
    '|': 'changes no more',
  });
  const end = marks.find(({ letter }) => letter === '|')?.frame;
  const changes = marks
    .filter(({ letter }) => letter !== '|')
    .map(({ frame, letter }) => ({ frame, ready: letter === 't' }));
  const hasHappened = ({ frame, ready }: (typeof changes)[number], now: number): boolean =>
    ready || frame === 0 ? frame <= now : frame < now;
  const valueAt = (now: number): boolean =>
    changes.findLast((change) => hasHappened(change, now))?.ready ?? true;

  const valueNow = (): boolean => valueAt(scheduler.now());
  const readiness = new Observable<boolean>((subscriber) => {
    const now = scheduler.now();
    subscriber.next(valueNow());
    for (const change of changes) {
      if (hasHappened(change, now)) continue;
      const tell = (): void => {
        subscriber.next(change.ready);
      };
      subscriber.add(scheduler.schedule(tell, change.frame - now));
    }
    if (end === undefined) return;
    const complete = (): void => {
      subscriber.complete();
    };
    subscriber.add(scheduler.schedule(complete, Math.max(0, end - now)));
  });
  return Object.defineProperty(readiness, 'value', { get: valueNow }) as MarbleReadiness;
}
