import { from, range, Subject } from 'rxjs';
import { latestByKey, OptionError, Readiness, serve } from '../../operators';
import { booksOf } from '../support/books';
import { marbles } from '../support/marbles';

const keyOf = (item: string): string => item.toLowerCase();

describe('latestByKey', () => {
  it('holds the latest of each key, in the place of the one before', () => {
    marbles(({ hot, ready, expectObservable, flush }) => {
      const books = booksOf();
      const source = hot(' -abAB-----c|');
      const readiness = ready('f-----t---');
      expectObservable(source.pipe(latestByKey(readiness, keyOf, { events: books }))).toBe(
        '------(AB)c|',
      );
      flush();
      expect(books.all.map(({ type, key }) => [type, key])).toEqual([
        ['dropped', 'a'],
        ['dropped', 'b'],
      ]);
    });
  });

  it('while the consumer is ready, everything passes', () => {
    marbles(({ hot, expectObservable }) => {
      expectObservable(hot('-aAa|').pipe(latestByKey(new Readiness(), keyOf))).toBe('-aAa|');
    });
  });

  it('a key that changes often keeps its turn', () => {
    const readiness = new Readiness(false);
    const seen: string[] = [];
    from(['a', 'b', 'A', 'a', 'A'])
      .pipe(latestByKey(readiness, keyOf))
      .subscribe((item) => seen.push(item));
    readiness.next(true);
    expect(seen).toEqual(['A', 'b']);
  });

  it('more keys than the capacity drop what is held longest', () => {
    const readiness = new Readiness(false);
    const lost: string[] = [];
    const seen: string[] = [];
    from(['a', 'b', 'B', 'c'])
      .pipe(
        latestByKey(readiness, keyOf, { capacity: 2, deadLetters: ({ item }) => lost.push(item) }),
      )
      .subscribe((item) => seen.push(item));
    readiness.next(true);
    expect([seen, lost]).toEqual([
      ['B', 'c'],
      ['b', 'a'],
    ]);
  });

  it('a million updates of ten keys hold ten items', () => {
    const readiness = new Readiness(false);
    let seen = 0;
    let largest = 0;
    const depth = { next: (held: number) => (largest = Math.max(largest, held)) };
    range(0, 1_000_000)
      .pipe(latestByKey(readiness, (n) => String(n % 10), { depth }))
      .subscribe(() => (seen += 1));
    readiness.next(true);
    expect([seen, largest]).toEqual([10, 10]);
  });
});

describe('overflow: latest', () => {
  it('is for the inbox of a server as well', () => {
    const ends: Subject<never>[] = [];
    const begun: string[] = [];
    const source = new Subject<string>();
    source
      .pipe(
        serve(
          (item) => {
            begun.push(item);
            const end = new Subject<never>();
            ends.push(end);
            return end;
          },
          { overflow: 'latest', keyOf },
        ),
      )
      .subscribe();
    for (const item of ['x', 'a', 'b', 'A', 'B']) source.next(item);
    for (let i = 0; i < 3; i += 1) ends[i]?.complete();
    expect(begun).toEqual(['x', 'A', 'B']);
  });

  it('needs a key', () => {
    expect(() => serve((item: string) => [item], { overflow: 'latest' })).toThrow(OptionError);
  });
});
