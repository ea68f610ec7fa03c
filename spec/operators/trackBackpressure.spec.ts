import { BehaviorSubject, of } from 'rxjs';
import { Readiness, trackBackpressure } from '../../operators';
import { booksOf } from '../support/books';
import { marbles } from '../support/marbles';

// Of the correctness checklist, demand, overflow and pausing do not apply: the tracker holds nothing
// and delays nothing; every item passes when it comes.

describe('trackBackpressure: every item passes, and what finds the consumer not ready is counted', () => {
  it.each([
    ['always ready', '-a-b-c-|', 't-------', 3, 0],
    ['never ready', '-a-b-c-|', 'f-------', 3, 3],
    ['now and then', '-a-b-c-d-|', '--f---t---', 4, 2],
    ['a readiness that completed while not ready', '-a-b-|', '--f-|', 2, 1],
    [
      'counts are not episodes: one spell of not being ready, four events',
      '-abcd-|',
      'f----t-',
      4,
      4,
    ],
  ] as const)('%s', (_title, source, readiness, delivered, backpressure) => {
    marbles(({ hot, ready, expectObservable, flush }) => {
      const books = booksOf();
      const tracker = trackBackpressure<string>(ready(readiness), { edge: 'edge', events: books });
      expectObservable(hot(source).pipe(tracker)).toBe(source);
      flush();
      expect(books.counts).toMatchObject({ delivered, backpressure });
    });
  });

  it('the backpressure event comes before the delivered one, and both before the item', () => {
    const log: string[] = [];
    of('a')
      .pipe(
        trackBackpressure(new Readiness(false), {
          edge: 'edge',
          events: { next: ({ type }) => log.push(type) },
        }),
      )
      .subscribe((item) => log.push(item));
    expect(log).toEqual(['backpressure', 'delivered', 'a']);
  });

  it('an event says the edge, the key, the time, and of which kind it is', () => {
    marbles(({ hot, scheduler, flush }) => {
      const books = booksOf();
      const options = {
        edge: 'in-out',
        events: books,
        keyOf: (item: string) => `k${item}`,
        scheduler,
      };
      hot('--a')
        .pipe(trackBackpressure(new Readiness(false), options))
        .subscribe();
      flush();
      const said = { edge: 'in-out', key: 'ka', count: 1, at: 2 };
      expect(books.all).toEqual([
        { type: 'backpressure', ...said, burst: 0, behind: 1 },
        { type: 'delivered', ...said },
      ]);
    });
  });

  it('without keyOf there is no key at all', () => {
    const books = booksOf();
    of('a')
      .pipe(trackBackpressure(new Readiness(), { edge: 'edge', events: books }))
      .subscribe();
    expect(Object.keys(books.all[0] as object)).toEqual(['type', 'edge', 'count', 'at']);
  });

  it('Σ keys = edge', () => {
    const books = booksOf();
    const keyOf = (item: string): string => item;
    of('a', 'b', 'a')
      .pipe(trackBackpressure(new Readiness(false), { edge: 'edge', events: books, keyOf }))
      .subscribe();
    const ofKey = (key: string): number =>
      books.all.filter((event) => event.key === key && event.type === 'delivered').length;
    expect([ofKey('a'), ofKey('b'), books.counts.delivered]).toEqual([2, 1, 3]);
  });

  it('an item that is none to count passes uncounted', () => {
    const books = booksOf();
    const seen: string[] = [];
    const counts = (item: string): boolean => item !== 'watermark';
    of('a', 'watermark')
      .pipe(
        trackBackpressure(new Readiness(false), { edge: 'edge', events: books, isCounted: counts }),
      )
      .subscribe((item) => seen.push(item));
    expect([seen, books.counts.delivered]).toEqual([['a', 'watermark'], 1]);
  });

  it.each([
    ['a BehaviorSubject', new BehaviorSubject(false)],
    ['any object with a boolean value', { value: false }],
    ['a Readiness', new Readiness(false)],
  ])('asks %s', (_title, readiness) => {
    const books = booksOf();
    of('a')
      .pipe(trackBackpressure(readiness, { edge: 'edge', events: books }))
      .subscribe();
    expect(books.counts.backpressure).toBe(1);
  });

  it('counts per subscription', () => {
    const books = booksOf();
    const tracked = of('a').pipe(
      trackBackpressure(new Readiness(), { edge: 'edge', events: books, batch: {} }),
    );
    tracked.subscribe();
    tracked.subscribe();
    expect(books.all.map(({ count }) => count)).toEqual([1, 1]);
  });
});
