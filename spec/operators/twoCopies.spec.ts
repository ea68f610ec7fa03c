import type * as Rxjs from 'rxjs';
import {
  holdUntilReady,
  mergeByTime,
  pace,
  Readiness,
  serve,
  trackBackpressure,
} from '../../operators';
import { booksOf } from '../support/books';

/** A second copy of rxjs, as an application has it whose versions differ from ours. */
const other = ((): typeof Rxjs => {
  let copy: typeof Rxjs | undefined;
  jest.isolateModules(() => {
    copy = jest.requireActual<typeof Rxjs>('rxjs');
  });
  return copy as typeof Rxjs;
})();

describe('with another copy of rxjs', () => {
  it('is another one', () => {
    expect(new Readiness()).not.toBeInstanceOf(other.BehaviorSubject);
  });

  it('its Observables are sources, and its operators stand between ours', () => {
    const books = booksOf();
    const readiness = new Readiness();
    const seen: number[] = [];
    other
      .of(1, 2, 3)
      .pipe(
        pace({ timeOf: () => 0 }),
        other.map((n) => n * 10),
        holdUntilReady(readiness),
        trackBackpressure(readiness, { edge: 'e', events: books }),
        serve((n) => other.of(n), { readiness, serviceTime: 0 }),
        other.take(2),
      )
      .subscribe((n) => seen.push(n));
    expect([seen, books.counts.delivered]).toEqual([[10, 20], 2]);
  });

  it('its subjects are readiness, switches and triggers', () => {
    const books = booksOf();
    const [readiness, active] = [new other.BehaviorSubject(false), new other.BehaviorSubject(true)];
    const when = new other.Subject<void>();
    const seen: string[] = [];
    other
      .of('a', 'b')
      .pipe(
        holdUntilReady(readiness, { active }),
        trackBackpressure(readiness, { edge: 'e', events: books, batch: { when } }),
      )
      .subscribe((item) => seen.push(item));
    const before = [...seen];
    readiness.next(true);
    active.next(false);
    when.next();
    expect([before, seen, books.counts.delivered]).toEqual([[], ['a', 'b'], 2]);
  });

  it('its Observables are merged', () => {
    const seen: number[] = [];
    mergeByTime([other.of(1, 3), [2]], { timeOf: (n) => n, capacity: 9 }).subscribe((n) =>
      seen.push(n),
    );
    expect(seen).toEqual([1, 2, 3]);
  });
});
