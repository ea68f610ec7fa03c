import {
  NEVER,
  Observable,
  of,
  Subject,
  take,
  throwError,
  timer,
  VirtualTimeScheduler,
} from 'rxjs';
import { mergeByTime, OptionError, OverflowError } from '../../operators';
import type { MergeByTimeOptions } from '../../operators';
import { booksOf } from '../support/books';
import { collect, failure } from '../support/collect';

const timeOf = (n: number): number => n;
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('mergeByTime: Observables', () => {
  const capacity = 3;

  it('are refused without a capacity', () => {
    expect(() => mergeByTime([of(1)], { timeOf })).toThrow(OptionError);
  });

  it.each([0, -1, 1.5, NaN])('a capacity of %p is refused', (none) => {
    expect(() => mergeByTime([of(1)], { timeOf, capacity: none })).toThrow(OptionError);
  });

  it('what comes early waits for the others', async () => {
    const [a, b] = [new Subject<number>(), new Subject<number>()];
    const seen: number[] = [];
    mergeByTime([a, b], { timeOf, capacity }).subscribe((n) => seen.push(n));
    for (const n of [1, 4, 5]) a.next(n);
    await settled();
    const before = [...seen];
    b.next(2);
    b.complete();
    a.complete();
    await settled();
    expect([before, seen]).toEqual([[], [1, 2, 4, 5]]);
  });

  it('one that emits and ends at once', async () => {
    const merged = mergeByTime([of(1, 3), [2]], { timeOf, capacity });
    expect(await collect(merged)).toEqual([1, 2, 3]);
  });

  it('one that emits more at once than may wait is left, and its error comes behind what waits', () => {
    let left = 0;
    const flood = new Observable<number>((subscriber) => {
      for (let n = 1; !subscriber.closed && n < 1_000; n += 1) subscriber.next(n);
      return () => (left += 1);
    });
    const books = booksOf();
    const seen: unknown[] = [];
    mergeByTime([flood], { timeOf, capacity, events: books }).subscribe({
      next: (n) => seen.push(n),
      error: (error: unknown) => seen.push(error),
    });
    expect(seen).toEqual([1, 2, 3, new OverflowError('mergeByTime', 3)]);
    expect([left, books.counts.discarded]).toEqual([1, 1]);
  });

  it('its error comes behind what it emitted before', () => {
    const source = new Observable<number>((subscriber) => {
      subscriber.next(1);
      subscriber.error(failure);
    });
    const seen: unknown[] = [];
    mergeByTime([source, [2]], { timeOf, capacity }).subscribe({
      next: (n) => seen.push(n),
      error: (error: unknown) => seen.push(error),
    });
    expect(seen).toEqual([1, failure]);
  });

  it('an error that is waited for arrives', async () => {
    const source = new Subject<number>();
    const error = new Promise((resolve) => {
      mergeByTime([source], { timeOf, capacity }).subscribe({ error: resolve });
    });
    source.error(failure);
    expect(await error).toBe(failure);
  });

  it.each([
    ['dropOldest', [3, 4, 5], [1, 2]],
    ['dropLatest', [1, 2, 3], [4, 5]],
    ['conflate', [3, 4, 5], [1, 2]],
  ] as const)('%s: what is dropped is counted', (overflow, kept, dropped) => {
    const books = booksOf();
    const seen: number[] = [];
    const options: MergeByTimeOptions<number> = {
      timeOf,
      capacity,
      overflow,
      keyOf: String,
      events: books,
      edge: 'feed',
    };
    mergeByTime([of(1, 2, 3, 4, 5)], options).subscribe((n) => seen.push(n));
    expect([seen, books.all.map(({ type, key, edge }) => [type, edge, Number(key)])]).toEqual([
      kept,
      dropped.map((n) => ['dropped', 'feed', n]),
    ]);
  });

  it('the scheduler tells when an item was dropped', () => {
    const books = booksOf();
    const scheduler = new VirtualTimeScheduler();
    const a = timer(0, 10, scheduler).pipe(take(3));
    mergeByTime([a, NEVER], {
      timeOf,
      capacity: 2,
      overflow: 'dropLatest',
      events: books,
      scheduler,
    }).subscribe();
    scheduler.flush();
    expect(books.all.map(({ type, at }) => [type, at])).toEqual([['dropped', 20]]);
  });

  it('what waits already is there when it is asked for, though nothing more comes', async () => {
    const [a, b] = [new Subject<number>(), new Subject<number>()];
    const seen: number[] = [];
    mergeByTime([a, b], { timeOf, capacity }).subscribe((n) => seen.push(n));
    for (const n of [1, 4]) a.next(n);
    for (const n of [2, 3]) b.next(n);
    await settled();
    expect(seen).toEqual([1, 2, 3]);
  });

  it.each<[string, Partial<MergeByTimeOptions<number>>]>([
    ['the events observer, on a dropped item', { overflow: 'dropLatest' }],
    ['the events observer, on the item that found no room', {}],
    ['keyOf', { overflow: 'conflate' }],
  ])('what %s throws is the error, behind what waits, for who waits too', async (_what, rest) => {
    const fails = (): never => {
      throw failure;
    };
    const [a, b] = [new Subject<number>(), new Subject<number>()];
    const error = new Promise((resolve) => {
      const events = { next: fails };
      const throwing = rest.overflow === 'conflate' ? { keyOf: fails } : { events };
      mergeByTime([a, b], { timeOf, capacity: 1, ...rest, ...throwing }).subscribe({
        error: resolve,
      });
    });
    a.next(1);
    a.next(2);
    a.next(3);
    b.complete();
    expect([await error, a.observed]).toEqual([failure, false]);
  });

  it('left: the Observables are left at once, and what waits is discarded and counted', () => {
    const books = booksOf();
    const [a, b] = [new Subject<number>(), new Subject<number>()];
    const subscription = mergeByTime([a, b, NEVER], {
      timeOf,
      capacity,
      events: books,
    }).subscribe();
    for (const n of [1, 2, 3]) a.next(n);
    subscription.unsubscribe();
    expect([a.observed, b.observed, books.counts.discarded]).toEqual([false, false, 3]);
  });

  it('one that fails at once, among others that are left', () => {
    const other = new Subject<number>();
    const errors: unknown[] = [];
    mergeByTime([other, throwError(() => failure)], { timeOf, capacity }).subscribe({
      error: (error: unknown) => errors.push(error),
    });
    expect([errors, other.observed]).toEqual([[failure], false]);
  });
});
