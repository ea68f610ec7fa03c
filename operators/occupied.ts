import { from, Observable, Subject, takeUntil } from 'rxjs';
import type { ObservableInput, SchedulerLike } from 'rxjs';
import { OptionError } from './errors';
import type { Readiness } from './readiness';
import { systemClock } from './time/systemClock';

export interface OccupiedOptions {
  /** How many of its Observables may be under way until the consumer is not ready: as `mergeMap`'s; 1 unless given. */
  readonly concurrency?: number;
  /** Tells when the consumer became free; the default clock unless given. */
  readonly scheduler?: SchedulerLike;
}

/**
 * Makes `concatMap(save)` a consumer that says when it is busy: the readiness is false while what `project`
 * returned is under way, and true when the flattening operator can take the next item.
 *
 * ```
 * items      -a--b-----------|
 *            concatMap(occupied(readiness, save))        a save takes 5 frames
 * readiness  tf---------t----
 * ```
 *
 * - For `concatMap`; with `concurrency` also for `mergeMap(occupied(…, { concurrency: n }), n)`.
 * - With `pull` in front, one item is read ahead: `pull(items, { readiness })` asks for the next one when
 *   this one is saved. (A `finalize` inside `concatMap` would be too early: `concatMap` is not free yet, and
 *   takes the whole source into its buffer.)
 * - It is the consumer of the readiness while it is busy: a second one, or a tracker on another clock, is a
 *   `ReadinessError`. `serve` does the same with a bounded inbox, counts and service times.
 * - An error of `project` passes, and frees the readiness; so does unsubscribing.
 *
 * @example
 * const readiness = new Readiness();
 * const save = (n: number) => timer(10).pipe(map(() => n));
 * pull([1, 2], { readiness })
 *   .pipe(concatMap(occupied(readiness, save)))
 *   .subscribe((n) => console.log(n, readiness.value));
 * // 1 false
 * // 2 false
 */
export function occupied<T, R>(
  readiness: Readiness,
  project: (item: T, index: number) => ObservableInput<R>,
  options: OccupiedOptions = {},
): (item: T, index: number) => Observable<R> {
  const { concurrency = 1 } = options;
  if (!(concurrency >= 1) || !Number.isSafeInteger(concurrency)) {
    throw new OptionError('concurrency', concurrency, 'a whole number of at least 1');
  }
  let underWay = 0;
  let scheduler: SchedulerLike;
  let detach: () => void;
  const begin = (): void => {
    if (underWay === 0) {
      scheduler = options.scheduler ?? systemClock();
      detach = readiness.attach({ name: 'occupied', scheduler, fail: () => undefined });
    }
    underWay += 1;
    if (underWay >= concurrency) readiness.occupy();
  };
  const end = (): void => {
    underWay -= 1;
    if (underWay === 0) detach();
    else if (underWay < concurrency) readiness.free(scheduler.now());
  };
  return (item, index) =>
    new Observable<R>((subscriber) => {
      begin();
      const left = new Subject<void>();
      let isConcluding = false;
      // The subscriber is free for the next item when it has heard of the end, and not before.
      const conclude = (work: () => void): void => {
        if (isConcluding) return;
        isConcluding = true;
        try {
          work();
        } finally {
          end();
        }
      };
      subscriber.add(() => {
        conclude(() => {
          left.next();
        });
      });
      const failed = (error: unknown): void => {
        conclude(() => {
          subscriber.error(error);
        });
      };
      try {
        from(project(item, index))
          .pipe(takeUntil(left))
          .subscribe({
            next: (output) => {
              subscriber.next(output);
            },
            error: failed,
            complete: () => {
              conclude(() => {
                subscriber.complete();
              });
            },
          });
      } catch (error) {
        failed(error);
      }
    });
}
