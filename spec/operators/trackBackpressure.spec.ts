import { BehaviorSubject, of, pipe, Subject, take, throwError } from 'rxjs';
import type { OperatorFunction, SchedulerLike } from 'rxjs';
import { OptionError, Readiness, serve, trackBackpressure } from '../../operators';
import type { TrackBackpressureOptions } from '../../operators';
import { booksOf } from '../support/books';
import type { Books } from '../support/books';
import { marbles } from '../support/marbles';
import { failure } from '../support/collect';

// Of the correctness checklist, demand, overflow and pausing do not apply: the tracker holds nothing
// and delays nothing; every item passes when it comes.

/** A tracker and the server that it looks at. */
function served(
  books: Books,
  scheduler: SchedulerLike,
  serviceTime: number,
  options: Partial<TrackBackpressureOptions<string>> = {},
): OperatorFunction<string, string> {
  const readiness = new Readiness();
  return pipe(
    trackBackpressure<string>(readiness, { edge: 'edge', events: books, scheduler, ...options }),
    serve<string, string>((item) => [item], { readiness, scheduler, serviceTime, events: books }),
  );
}

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
    const of_ = (key: string): number =>
      books.all.filter((event) => event.key === key && event.type === 'delivered').length;
    expect([of_('a'), of_('b'), books.counts.delivered]).toEqual([2, 1, 3]);
  });

  it('an item that is none to count passes uncounted', () => {
    const books = booksOf();
    const seen: string[] = [];
    const counts = (item: string): boolean => item !== 'watermark';
    of('a', 'watermark')
      .pipe(trackBackpressure(new Readiness(false), { edge: 'edge', events: books, counts }))
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

describe('trackBackpressure: ties', () => {
  it.each(['hot', 'cold'] as const)(
    'a service of exactly two frames, an arrival every two frames: 0 events (%s)',
    (kind) => {
      marbles(({ scheduler, expectObservable, flush, ...create }) => {
        const books = booksOf();
        const source = create[kind]('     a-b-c-d-e-----|');
        const result = '                  --a-b-c-d-e---|';
        expectObservable(source.pipe(served(books, scheduler, 2))).toBe(result);
        flush();
        expect(books.counts).toMatchObject({ delivered: 5, backpressure: 0, overrun: 0 });
      });
    },
  );

  it('whichever is scheduled first: the finish before the arrival', () => {
    marbles(({ scheduler, flush }) => {
      const books = booksOf();
      const source = new Subject<string>();
      source.pipe(served(books, scheduler, 2)).subscribe();
      const arrive = (n: number): void => {
        source.next('x');
        if (n < 5)
          scheduler.schedule(() => {
            arrive(n + 1);
          }, 2);
      };
      arrive(1);
      flush();
      expect(books.counts).toMatchObject({ delivered: 5, backpressure: 0, overrun: 0 });
    });
  });

  it('one frame more and it counts', () => {
    marbles(({ hot, scheduler, flush }) => {
      const books = booksOf();
      hot('a-b-c-d-e|')
        .pipe(served(books, scheduler, 3))
        .subscribe();
      flush();
      expect(books.counts).toMatchObject({ delivered: 5, backpressure: 4 });
    });
  });
});

describe('trackBackpressure: burst and behind', () => {
  const due = { a: 0, b: 0, c: 0, d: 5, e: 5 } as const;
  type Name = keyof typeof due;

  it.each([
    // items, when the consumer is ready, burst, behind
    ['what is due at one instant is a burst', ['a', 'b', 'c'], [true, false, false], 2, 0],
    ['what is due after something unfinished is behind', ['a', 'd'], [true, false], 0, 1],
    ['behind stays behind, also within a burst', ['a', 'd', 'e'], [true, false, false], 0, 2],
    ['getting ready starts anew', ['a', 'd', 'e'], [true, true, false], 1, 0],
    ['not ready with nothing handed over: behind', ['a'], [false], 0, 1],
  ] as const)('%s', (_title, items, readiness, burst, behind) => {
    const books = booksOf();
    const subject = new BehaviorSubject(true);
    const source = new Subject<Name>();
    source
      .pipe(trackBackpressure(subject, { edge: 'e', events: books, dueAt: (item) => due[item] }))
      .subscribe();
    items.forEach((item, i) => {
      subject.next(readiness[i] === true);
      source.next(item);
    });
    expect(books.counts).toMatchObject({ burst, behind, backpressure: burst + behind });
  });

  it('without due times, all is behind', () => {
    const books = booksOf();
    of('a', 'b')
      .pipe(trackBackpressure(new Readiness(false), { edge: 'e', events: books }))
      .subscribe();
    expect(books.counts).toMatchObject({ burst: 0, behind: 2 });
  });

  it('an item that is none to count keeps the consumer busy all the same', () => {
    const books = booksOf();
    const subject = new BehaviorSubject(true);
    const source = new Subject<Name>();
    const counts = (item: Name): boolean => item !== 'a';
    source
      .pipe(
        trackBackpressure(subject, {
          edge: 'e',
          events: books,
          counts,
          dueAt: (item) => due[item],
        }),
      )
      .subscribe();
    source.next('a');
    subject.next(false);
    source.next('d');
    expect(books.counts).toMatchObject({ burst: 0, behind: 1 });
  });

  it('an undefined item is one like any other', () => {
    const books = booksOf();
    const subject = new BehaviorSubject(true);
    const source = new Subject<undefined>();
    source
      .pipe(trackBackpressure(subject, { edge: 'e', events: books, dueAt: () => 0 }))
      .subscribe();
    source.next(undefined);
    subject.next(false);
    source.next(undefined);
    expect(books.counts).toMatchObject({ burst: 1, behind: 0 });
  });
});

describe('trackBackpressure: when an item was offered', () => {
  const at = 10;
  const clock = (time: number) => ({ now: (): number => time });
  it.each<[string, object, number]>([
    ['offeredAt, before the consumer is free', { offeredAt: () => at - 1 }, 1],
    ['offeredAt, at the instant in which it is', { offeredAt: () => at }, 0],
    ['offeredAt before scheduler', { offeredAt: () => at, scheduler: clock(0) }, 0],
    ['scheduler, before', { scheduler: clock(at - 1) }, 1],
    ['scheduler, at the instant', { scheduler: clock(at) }, 0],
    ['nothing: the live value decides', {}, 1],
  ])('%s', (_title, options, backpressure) => {
    const books = booksOf();
    const readiness = new Readiness();
    readiness.occupy(at);
    const timed = options as Partial<TrackBackpressureOptions<string>>;
    of('a')
      .pipe(trackBackpressure(readiness, { edge: 'e', events: books, ...timed }))
      .subscribe();
    expect(books.counts.backpressure).toBe(backpressure);
  });

  it('no clock is read without need', () => {
    const now = jest.spyOn(Date, 'now');
    of(1, 2, 3)
      .pipe(trackBackpressure(new Readiness(), { edge: 'e' }))
      .subscribe();
    of(1, 2, 3)
      .pipe(
        trackBackpressure(new Readiness(), { edge: 'e', offeredAt: () => 0, events: booksOf() }),
      )
      .subscribe();
    expect(now).not.toHaveBeenCalled();
    now.mockRestore();
  });
});

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

describe('trackBackpressure: whatever a callback throws is an error of the stream', () => {
  const broken = (): never => {
    throw new Error('broken');
  };
  it.each<[string, Partial<TrackBackpressureOptions<string>>]>([
    ['keyOf', { keyOf: broken }],
    ['offeredAt', { offeredAt: broken }],
    ['dueAt', { dueAt: broken }],
    ['counts', { counts: broken }],
    ['events', { events: { next: broken } }],
  ])('%s', (_title, options) => {
    const errors: unknown[] = [];
    const source = new Subject<string>();
    source
      .pipe(trackBackpressure(new Readiness(false), { edge: 'e', events: booksOf(), ...options }))
      .subscribe({ error: (error: unknown) => errors.push(error) });
    source.next('a');
    source.next('b');
    expect([errors, source.observed]).toEqual([[new Error('broken')], false]);
  });

  it('events, in a batch that leaves by time', () => {
    marbles(({ hot, scheduler, expectObservable }) => {
      const options = { edge: 'e', scheduler, batch: { time: 2 }, events: { next: broken } };
      const tracker = trackBackpressure<string>(new Readiness(), options);
      expectObservable(hot('-a---b|').pipe(tracker)).toBe('-a-#', undefined, new Error('broken'));
    });
  });

  it('a readiness that has failed', () => {
    const readiness = new BehaviorSubject(true);
    readiness.error(failure);
    const errors: unknown[] = [];
    of('a')
      .pipe(trackBackpressure(readiness, { edge: 'e' }))
      .subscribe({ error: (error: unknown) => errors.push(error) });
    expect(errors).toEqual([failure]);
  });
});

it('trackBackpressure: an item whose question makes the subscriber leave is discarded, not delivered', () => {
  marbles(({ hot, scheduler, expectObservable, flush }) => {
    const books = booksOf();
    // At 3, the arrival of b finishes a, which is all that anybody wants.
    const result = hot('      -a-b-c|').pipe(served(books, scheduler, 2), take(1));
    expectObservable(result).toBe('---(a|)');
    flush();
    expect(books.counts).toMatchObject({ delivered: 1, discarded: 1 });
  });
});
