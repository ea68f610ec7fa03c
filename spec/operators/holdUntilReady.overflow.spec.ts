import { BehaviorSubject, range, Subject } from 'rxjs';
import { holdUntilReady, OverflowError, Readiness } from '../../operators';
import type { Overflow } from '../../operators';
import { booksOf } from '../support/books';
import { marbles } from '../support/marbles';

const keyOf = (item: string): string => item.toLowerCase();

describe('holdUntilReady: a full buffer', () => {
  it.each<[Overflow, string, string, string[]]>([
    // overflow, source, result, dropped
    ['dropOldest', 'abAc-------|', '------(bAc)|', ['a']],
    ['dropLatest', 'abAc-------|', '------(abA)|', ['c']],
    ['conflate', 'abAc-------|', '------(bAc)|', ['a']],
    ['conflate', 'abcB-------|', '------(acB)|', ['b']],
    ['conflate', 'abAB-------|', '------(aAB)|', ['b']],
  ])('%s: %s', (overflow, source, result, dropped) => {
    marbles(({ hot, ready, scheduler, expectObservable, flush }) => {
      const books = booksOf();
      const gate = holdUntilReady<string>(ready('f-----t-'), {
        capacity: 3,
        overflow,
        keyOf,
        scheduler,
        events: books,
      });
      expectObservable(hot(source).pipe(gate)).toBe(result);
      flush();
      expect(books.all.map(({ type, key }) => [type, key])).toEqual(
        dropped.map((item) => ['dropped', keyOf(item)]),
      );
    });
  });

  it('error: passes at once, names the edge and the depth, upstream is left', () => {
    marbles(({ hot, ready, expectObservable, expectSubscriptions }) => {
      const source = hot(' -abcd-|');
      const gate = holdUntilReady<string>(ready('f'), { capacity: 3, edge: 'in-out' });
      const error = new OverflowError('in-out', 3);
      expectObservable(source.pipe(gate)).toBe('----#', undefined, error);
      expectSubscriptions(source.subscriptions).toBe('^---!');
    });
  });

  it('error with delayError: upstream is left at once, what is held passes first', () => {
    marbles(({ hot, ready, expectObservable, expectSubscriptions }) => {
      const source = hot(' -abcd---|');
      const gate = holdUntilReady<string>(ready('f-----t'), { capacity: 3, delayError: true });
      const error = new OverflowError('gate', 3);
      expectObservable(source.pipe(gate)).toBe('------(abc#)', undefined, error);
      expectSubscriptions(source.subscriptions).toBe('^---!');
    });
  });

  it.each([
    ['error', false, 4],
    ['error, delayed', true, 1],
  ])(
    '%s: the item that found no room is discarded, and so is what is held unless delayed',
    (_title, delayError, discarded) => {
      const books = booksOf();
      const readiness = new BehaviorSubject(false);
      range(1, 9)
        .pipe(holdUntilReady(readiness, { capacity: 3, delayError, events: books }))
        .subscribe({ error: () => undefined });
      readiness.next(true);
      expect(books.counts.discarded).toBe(discarded);
    },
  );

  it.each([1, 2, 3, 5, 8])('the capacity is exact: %i', (capacity) => {
    const books = booksOf();
    range(1, 20)
      .pipe(
        holdUntilReady(new Readiness(false), { capacity, overflow: 'dropLatest', events: books }),
      )
      .subscribe();
    expect(books.counts.dropped).toBe(20 - capacity);
  });

  it('holds 1,048,576 items unless told otherwise', () => {
    const errors: unknown[] = [];
    range(0, 1_048_577)
      .pipe(holdUntilReady(new Readiness(false)))
      .subscribe({ error: (error: unknown) => errors.push(error) });
    expect(errors).toEqual([new OverflowError('gate', 1_048_576)]);
  });

  it('what is dropped is said with the key, in its order, and what is left keeps its own', () => {
    const books = booksOf();
    const readiness = new BehaviorSubject(false);
    const seen: number[] = [];
    range(1, 6)
      .pipe(
        holdUntilReady(readiness, {
          capacity: 2,
          overflow: 'dropOldest',
          keyOf: (n) => String(n),
          events: books,
        }),
      )
      .subscribe((n) => seen.push(n));
    readiness.next(true);
    expect([books.all.map(({ key }) => key), seen]).toEqual([
      ['1', '2', '3', '4'],
      [5, 6],
    ]);
  });

  it('a release that makes room for the item that it releases keeps order', () => {
    const source = new Subject<string>();
    const readiness = new BehaviorSubject(false);
    const seen: string[] = [];
    source
      .pipe(
        holdUntilReady(readiness, {
          capacity: 1,
          overflow: 'dropOldest',
          onRelease: (item) => {
            if (item === 'a') source.next('b');
          },
        }),
      )
      .subscribe((item) => seen.push(item));
    source.next('a');
    readiness.next(true);
    expect(seen).toEqual(['a', 'b']);
  });
});

describe('holdUntilReady: deep in itself', () => {
  it('released that makes the consumer ready does not release anything twice', () => {
    const readiness = new BehaviorSubject(false);
    const seen: number[] = [];
    range(1, 3)
      .pipe(
        holdUntilReady(readiness, {
          onRelease: () => {
            readiness.next(true);
          },
        }),
      )
      .subscribe((n) => seen.push(n));
    readiness.next(true);
    expect(seen).toEqual([1, 2, 3]);
  });

  it('released that unsubscribes: that item is discarded like the others', () => {
    const books = booksOf();
    const readiness = new BehaviorSubject(false);
    const seen: number[] = [];
    const subscription = range(1, 3)
      .pipe(
        holdUntilReady(readiness, {
          events: books,
          onRelease: () => {
            subscription.unsubscribe();
          },
        }),
      )
      .subscribe((n) => seen.push(n));
    readiness.next(true);
    expect([seen, books.counts.discarded]).toEqual([[], 3]);
  });

  it('next while it lets go queues behind what is held', () => {
    const source = new Subject<string>();
    const readiness = new BehaviorSubject(false);
    const seen: string[] = [];
    source.pipe(holdUntilReady(readiness)).subscribe((item) => {
      seen.push(item);
      if (item === 'a') source.next('c');
    });
    source.next('a');
    source.next('b');
    readiness.next(true);
    expect(seen).toEqual(['a', 'b', 'c']);
  });

  it('a consumer that is busy only while it works still hears of what came meanwhile by another way', () => {
    const readiness = new Readiness();
    const [left, right] = [new Subject<string>(), new Subject<string>()];
    const seen: string[] = [];
    const work = (item: string): void => {
      readiness.occupyQuietly(Infinity);
      if (item === 'a') right.next('b');
      seen.push(item);
      readiness.free(0);
    };
    left.pipe(holdUntilReady(readiness)).subscribe(work);
    right.pipe(holdUntilReady(readiness)).subscribe(work);
    left.next('a');
    expect(seen).toEqual(['a', 'b']);
  });
});
