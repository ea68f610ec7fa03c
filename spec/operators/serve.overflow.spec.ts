import { NEVER, range } from 'rxjs';
import { serve } from '../../operators';
import { booksOf } from '../support/books';
import { marbles } from '../support/marbles';

const upper = (item: string): string[] => [item.toUpperCase()];

describe('serve: a full inbox', () => {
  it.each([
    ['dropOldest', [1, 4, 5], [2, 3]],
    ['dropLatest', [1, 2, 3], [4, 5]],
    ['conflate', [1, 4, 5], [2, 3]],
  ] as const)('%s', (overflow, served, dropped) => {
    marbles(({ hot, scheduler, flush }) => {
      const books = booksOf();
      const seen: number[] = [];
      const keyOf = (n: number): string => String(n);
      const values = { a: 1, b: 2, c: 3, d: 4, e: 5 };
      hot('(abcde)|', values)
        .pipe(
          serve((n) => [n], {
            scheduler,
            capacity: 2,
            overflow,
            keyOf,
            events: books,
            serviceTime: 9,
          }),
        )
        .subscribe((n) => seen.push(n));
      flush();
      const lost = books.all.filter(({ type }) => type === 'dropped').map(({ key }) => Number(key));
      expect([seen, lost]).toEqual([served, dropped]);
    });
  });

  it('error: at once, upstream is left, all of it is discarded', () => {
    marbles(({ hot, scheduler, expectObservable, expectSubscriptions, flush }) => {
      const books = booksOf();
      const source = hot('             -abcd-|');
      const options = { scheduler, capacity: 2, edge: 'in-out', serviceTime: 9, events: books };
      const error = expect.objectContaining({ edge: 'in-out', depth: 2 }) as unknown;
      expectObservable(source.pipe(serve(upper, options))).toBe('----#', undefined, error);
      expectSubscriptions(source.subscriptions).toBe('^---!');
      flush();
      expect(books.counts.discarded).toBe(4);
    });
  });

  it('error with delayError: upstream is left at once, what has arrived is served first', () => {
    marbles(({ hot, scheduler, expectObservable, expectSubscriptions, flush }) => {
      const books = booksOf();
      const source = hot('             -abcd-|');
      const options = { scheduler, capacity: 2, delayError: true, serviceTime: 4, events: books };
      const error = expect.objectContaining({ depth: 2 }) as unknown;
      const result = '                 -----A---B---(C#)';
      expectObservable(source.pipe(serve(upper, options))).toBe(result, undefined, error);
      expectSubscriptions(source.subscriptions).toBe('^---!');
      flush();
      expect(books.counts.discarded).toBe(1);
    });
  });

  it.each([1, 2, 3, 5])(
    'the capacity is exact, and the item in service is not in it: %i',
    (capacity) => {
      const books = booksOf();
      range(1, 20)
        .pipe(serve(() => NEVER, { capacity, overflow: 'dropLatest', events: books }))
        .subscribe();
      expect(books.counts.dropped).toBe(19 - capacity);
    },
  );
});
