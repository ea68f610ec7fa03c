import { of, Subject } from 'rxjs';
import { Readiness, trackBackpressure } from '../../operators';
import type { TrackBackpressureOptions } from '../../operators';
import { booksOf } from '../support/books';
import { marbles } from '../support/marbles';
import { trackedServer } from './trackedServer';

describe('trackBackpressure: ties', () => {
  it.each(['hot', 'cold'] as const)(
    'a service of exactly two frames, an arrival every two frames: 0 events (%s)',
    (kind) => {
      marbles(({ scheduler, expectObservable, flush, ...create }) => {
        const books = booksOf();
        const source = create[kind]('     a-b-c-d-e-----|');
        const result = '                  --a-b-c-d-e---|';
        expectObservable(source.pipe(trackedServer(books, scheduler, 2))).toBe(result);
        flush();
        expect(books.counts).toMatchObject({ delivered: 5, backpressure: 0, overrun: 0 });
      });
    },
  );

  it('whichever is scheduled first: the finish before the arrival', () => {
    marbles(({ scheduler, flush }) => {
      const books = booksOf();
      const source = new Subject<string>();
      source.pipe(trackedServer(books, scheduler, 2)).subscribe();
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
        .pipe(trackedServer(books, scheduler, 3))
        .subscribe();
      flush();
      expect(books.counts).toMatchObject({ delivered: 5, backpressure: 4 });
    });
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
