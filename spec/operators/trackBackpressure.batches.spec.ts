import { of, Subject, throwError } from 'rxjs';
import { OptionError, Readiness, trackBackpressure } from '../../operators';
import type { TrackBackpressureOptions } from '../../operators';
import { booksOf } from '../support/books';
import { marbles } from '../support/marbles';
import { failure } from '../support/collect';
import { goesOn } from './internal/goesOn';

describe('trackBackpressure: batches', () => {
  const batched = (
    batch: NonNullable<TrackBackpressureOptions<string>['batch']>,
    source: string,
  ) => {
    const log: [number, number][] = [];
    marbles(({ hot, scheduler, flush }) => {
      hot(source)
        .pipe(
          trackBackpressure<string>(new Readiness(), {
            edge: 'e',
            scheduler,
            batch,
            events: { next: ({ count }) => log.push([scheduler.now(), count]) },
          }),
        )
        .subscribe({ error: () => undefined });
      flush();
    });
    return log;
  };

  it.each([
    [
      'by count',
      { count: 2 },
      '-abc-d|',
      [
        [2, 2],
        [5, 2],
      ],
    ],
    [
      'by time, since the first of them',
      { time: 3 },
      '-ab--c-d|',
      [
        [4, 2],
        [8, 2],
      ],
    ],
    [
      'by time, since the first of each',
      { time: 4 },
      '-a-bc-d-----|',
      [
        [5, 3],
        [10, 1],
      ],
    ],
    [
      'whichever comes first',
      { count: 2, time: 2 },
      '-ab-c---|',
      [
        [2, 2],
        [6, 1],
      ],
    ],
    ['the rest on completion', { count: 9 }, '-ab|', [[3, 2]]],
    ['the rest before an error', { time: 99 }, '-ab#', [[3, 2]]],
  ] as const)('%s', (_title, batch, source, log) => {
    expect(batched(batch, source)).toEqual(log);
  });

  it.each([
    ['items that find the consumer ready', true, 10],
    ['items that do not, two occurrences each', false, 5],
  ])('a large one leaves when it is full: %s', (_title, ready, items) => {
    const books = booksOf();
    const source = new Subject<number>();
    source
      .pipe(
        trackBackpressure(new Readiness(ready), {
          edge: 'e',
          events: books,
          batch: { count: 10 },
        }),
      )
      .subscribe();
    const gone = (): number => books.all.reduce((sum, { count }) => sum + count, 0);
    for (let n = 1; n < items; n += 1) source.next(n);
    const before = gone();
    source.next(items);
    expect([before, gone()]).toEqual([0, 10]);
  });

  it.each([{ events: {} }, {}])('nobody has to listen: %p', (options) => {
    const seen: unknown[] = [];
    const tracker = trackBackpressure<string>(new Readiness(), {
      edge: 'e',
      batch: {},
      ...options,
    });
    of('a')
      .pipe(tracker)
      .subscribe({
        next: (item) => seen.push(item),
        error: (error: unknown) => seen.push(error),
        complete: () => seen.push('|'),
      });
    expect(seen).toEqual(['a', '|']);
  });

  it('where nothing tells the time, an event says when it left', () => {
    const now = jest.spyOn(Date, 'now').mockReturnValue(1_234);
    const books = booksOf();
    of('a')
      .pipe(trackBackpressure(new Readiness(), { edge: 'e', events: books, batch: {} }))
      .subscribe();
    now.mockRestore();
    expect(books.all).toEqual([{ type: 'delivered', edge: 'e', count: 1, at: 1_234 }]);
  });

  it.each([
    ['without an end', {}],
    ['by a large count', { count: 100 }],
    ['by three', { count: 3 }],
    ['by two', { count: 2 }],
    ['by time', { time: 1_000 }],
  ])('%s: the totals are those of single events', (_title, batch) => {
    const totals = (options: Partial<TrackBackpressureOptions<number>>): unknown => {
      const books = booksOf();
      const source = new Subject<number>();
      const readiness = new Readiness();
      source
        .pipe(
          trackBackpressure(readiness, {
            edge: 'e',
            events: books,
            dueAt: (n) => Math.floor(n / 4),
            keyOf: (n) => (n % 3 === 0 ? 'fizz' : 'other'),
            ...options,
          }),
        )
        .subscribe((n) => {
          readiness.next(n % 8 === 7);
        });
      for (let n = 0; n < 50; n += 1) source.next(n);
      source.complete();
      const sums: Record<string, number> = {};
      for (const { type, key, count, burst = 0, behind = 0 } of books.all) {
        sums[`${key} ${type}`] = (sums[`${key} ${type}`] ?? 0) + count;
        sums[`${key} burst`] = (sums[`${key} burst`] ?? 0) + burst;
        sums[`${key} behind`] = (sums[`${key} behind`] ?? 0) + behind;
      }
      return { sums, counts: books.counts };
    };
    expect(totals({ batch })).toEqual(totals({}));
    expect(totals({ batch, keyNumberOf: (n) => (n % 3 === 0 ? 0 : 1) })).toEqual(totals({}));
    expect(totals({ batch })).toMatchObject({
      counts: { delivered: 50, backpressure: 43, burst: 19, behind: 24 },
    });
  });

  it('the rest leaves before the error is told, and before the end', () => {
    const told = (last: (source: Subject<string>) => void): string[] => {
      const log: string[] = [];
      const source = new Subject<string>();
      const events = { next: () => log.push('event') };
      source.pipe(trackBackpressure(new Readiness(), { edge: 'e', batch: {}, events })).subscribe({
        error: () => log.push('#'),
        complete: () => log.push('|'),
      });
      source.next('a');
      last(source);
      return log;
    };
    expect([
      told((source) => {
        source.error(failure);
      }),
      told((source) => {
        source.complete();
      }),
    ]).toEqual([
      ['event', '#'],
      ['event', '|'],
    ]);
  });

  it('nothing that a source emits after its end is counted', () => {
    const books = booksOf();
    goesOn.pipe(trackBackpressure(new Readiness(), { edge: 'e', events: books })).subscribe();
    expect(books.all.map(({ type }) => type)).toEqual(['delivered']);
  });

  it('the rest on unsubscription', () => {
    const books = booksOf();
    const source = new Subject<string>();
    const subscription = source
      .pipe(trackBackpressure(new Readiness(), { edge: 'e', events: books, batch: {} }))
      .subscribe();
    source.next('a');
    subscription.unsubscribe();
    expect(books.counts.delivered).toBe(1);
  });

  it('whenever `when` emits, and that is left with the rest', () => {
    const books = booksOf();
    const [source, when] = [new Subject<string>(), new Subject<void>()];
    const subscription = source
      .pipe(trackBackpressure(new Readiness(), { edge: 'e', events: books, batch: { when } }))
      .subscribe();
    source.next('a');
    source.next('b');
    when.next();
    when.next();
    subscription.unsubscribe();
    expect([books.all.map(({ count }) => count), when.observed]).toEqual([[2], false]);
  });

  it('`when` that fails, fails the stream', () => {
    const errors: unknown[] = [];
    const source = new Subject<string>();
    const batch = { when: throwError(() => failure) };
    source
      .pipe(trackBackpressure(new Readiness(), { edge: 'e', batch }))
      .subscribe({ error: (error: unknown) => errors.push(error) });
    expect([errors, source.observed]).toEqual([[failure], false]);
  });

  it.each([{ count: 0 }, { count: NaN }, { count: 1.5 }, { time: -1 }, { time: NaN }])(
    '%p is refused at once',
    (batch) => {
      expect(() => trackBackpressure(new Readiness(), { edge: 'e', batch })).toThrow(OptionError);
    },
  );
});
