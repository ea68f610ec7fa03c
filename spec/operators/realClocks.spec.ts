import fc from 'fast-check';
import { asyncScheduler, from, interval, of, pipe, Subject, take, timer } from 'rxjs';
import type { SchedulerLike } from 'rxjs';
import {
  pace,
  Readiness,
  serve,
  trackBackpressure,
  VirtualClock,
  WallClock,
} from '../../operators';
import { booksOf } from '../support/books';
import { collect } from '../support/collect';
import { marbles } from '../support/marbles';

/** A real clock of whole milliseconds, and a stopwatch that is finer; both follow `pass`. */
function coarseClock(): {
  readonly scheduler: SchedulerLike;
  readonly stopwatch: () => number;
  readonly pass: (ms: number) => void;
} {
  let time = 1_000;
  return {
    scheduler: {
      now: () => Math.floor(time),
      schedule: asyncScheduler.schedule.bind(asyncScheduler),
    },
    stopwatch: () => time,
    pass: (ms) => {
      time += ms;
    },
  };
}

describe('a service that real time has measured never ends after the clock’s now', () => {
  it('services that end before the next offer are no backpressure and no overruns', () => {
    const { scheduler, stopwatch, pass } = coarseClock();
    const readiness = new Readiness();
    const books = booksOf();
    const freeAt: number[] = [];
    const source = new Subject<number>();
    source
      .pipe(
        trackBackpressure(readiness, { edge: 'e', events: books, scheduler }),
        serve(
          () => {
            pass(0.25);
            return [];
          },
          { readiness, events: books, scheduler, stopwatch },
        ),
      )
      .subscribe();
    for (const n of [1, 2, 3, 4, 5]) {
      source.next(n);
      freeAt.push(readiness.freeAt);
    }
    expect(freeAt).toEqual([1_000, 1_000, 1_000, 1_000.25, 1_001]);
    expect(books.all.map(({ type }) => type)).toEqual(Array(5).fill('delivered'));
  });

  it('whatever the gaps and services: what waits is counted, and nothing else', () => {
    const durations = fc.double({ min: 0, max: 3, noNaN: true });
    const steps = fc.array(fc.record({ gap: durations, service: durations }), { maxLength: 60 });
    fc.assert(
      fc.property(steps, (all) => {
        const { scheduler, stopwatch, pass } = coarseClock();
        const readiness = new Readiness();
        const books = booksOf();
        const source = new Subject<number>();
        const ends: Subject<never>[] = [];
        source
          .pipe(
            trackBackpressure(readiness, { edge: 'e', events: books }),
            serve(
              () => {
                const end = new Subject<never>();
                ends.push(end);
                return end;
              },
              { readiness, events: books, scheduler, stopwatch },
            ),
          )
          .subscribe();
        // The oracle: how many are inside, by arrivals and ends alone.
        let inside = 0;
        let expected = { backpressure: 0, overrun: 0 };
        for (const { gap, service } of all) {
          expected = {
            backpressure: expected.backpressure + (inside > 0 ? 1 : 0),
            overrun: expected.overrun + (inside > 1 ? 1 : 0),
          };
          inside += 1;
          source.next(inside);
          pass(gap);
          if (service < gap) continue;
          ends.shift()?.complete();
          inside -= 1;
        }
        expect(books.counts).toMatchObject(expected);
      }),
    );
  });

  it('by default: 1,000 items served inside next, a third of the time', () => {
    let time = 0;
    const now = jest.spyOn(performance, 'now').mockImplementation(() => time);
    const date = jest.spyOn(Date, 'now').mockImplementation(() => 1.7e12 + Math.floor(time));
    try {
      for (const clock of [{}, { scheduler: asyncScheduler }, { scheduler: new WallClock() }]) {
        const readiness = new Readiness();
        const books = booksOf();
        const common = { events: books, ...clock };
        const source = new Subject<number>();
        const work = (): void => {
          time += 0.1;
        };
        source
          .pipe(
            trackBackpressure(readiness, { edge: 'e', ...common }),
            serve(work, { readiness, ...common }),
          )
          .subscribe();
        for (let n = 0; n < 1_000; n += 1) {
          source.next(n);
          time += 0.2;
        }
        expect(books.counts).toMatchObject({ delivered: 1_000, backpressure: 0, overrun: 0 });
      }
    } finally {
      now.mockRestore();
      date.mockRestore();
    }
  });
});

describe('the default clock', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('set back by a minute, the system time delays nothing', () => {
    const seen: string[] = [];
    const source = new Subject<string>();
    source.pipe(serve((item) => [item], { serviceTime: 10 })).subscribe((item) => seen.push(item));
    source.next('a');
    jest.advanceTimersByTime(10);
    jest.setSystemTime(Date.now() - 60_000);
    source.next('b');
    jest.advanceTimersByTime(10);
    expect(seen).toEqual(['a', 'b']);
  });

  it('set back or forward, it releases what is paced when it is due', () => {
    for (const step of [-60_000, 60_000]) {
      const log: unknown[] = [];
      of(0, 20, 40)
        .pipe(pace({ timeOf: (t) => t }))
        .subscribe((t) => log.push(t));
      jest.advanceTimersByTime(20);
      jest.setSystemTime(Date.now() + step);
      log.push('set');
      jest.advanceTimersByTime(19);
      log.push('later');
      jest.advanceTimersByTime(1);
      expect(log).toEqual([0, 20, 'set', 'later', 40]);
    }
  });

  it('of two operators is the same, so that a tracker may ask for it by name', () => {
    marbles(({ hot, scheduler, expectObservable }) => {
      const readiness = new Readiness();
      const tracked = pipe(
        trackBackpressure<string>(readiness, { edge: 'e', scheduler }),
        serve((item: string) => [item], { readiness, serviceTime: 2 }),
      );
      expectObservable(hot('-ab').pipe(tracked)).toBe('---a-b');
    });
  });
});

it('the default clock counts milliseconds since 1970, as the system did when the process began', () => {
  const at: number[] = [];
  of('a')
    .pipe(serve(() => [], { meter: { onStart: (_item, time) => at.push(time) } }))
    .subscribe();
  expect(Math.abs((at[0] as number) - performance.timeOrigin - performance.now())).toBeLessThan(
    1_000,
  );
});

describe('a tracker on another clock than its consumer’s', () => {
  it.each<[string, SchedulerLike | undefined, SchedulerLike, string]>([
    ['the default and a WallClock', undefined, new WallClock(), 'SystemClock'],
    ['the default and asyncScheduler', undefined, asyncScheduler, 'SystemClock'],
    ['two wall clocks of different origins', new WallClock(0), new WallClock(1), 'WallClock'],
    ['a WallClock and a VirtualClock', new WallClock(), new VirtualClock(), 'WallClock'],
  ])('is an error at subscription that names both: %s', async (_title, own, other, name) => {
    const readiness = new Readiness();
    const served = interval(1).pipe(
      trackBackpressure(readiness, { edge: 'in-out', scheduler: other }),
      serve(() => [], { readiness, edge: 'out', ...(own === undefined ? {} : { scheduler: own }) }),
    );
    await expect(collect(served)).rejects.toMatchObject({
      code: 'READINESS_MISUSED',
      message: expect.stringMatching(`"in-out" .* serve "out", .*${name}`) as string,
    });
    expect(readiness.value).toBe(true);
  });

  it.each([
    ['wall clocks of one origin', new WallClock(0), new WallClock(0)],
    ['one and the same', asyncScheduler, asyncScheduler],
  ])('is the same clock: %s', async (_title, own, other) => {
    const readiness = new Readiness();
    const served = from([1]).pipe(
      trackBackpressure(readiness, { edge: 'in-out', scheduler: other }),
      serve((n) => [n], { readiness, scheduler: own }),
    );
    expect(await collect(served)).toEqual([1]);
  });
});

describe('serve on a VirtualClock for which its own work waits', () => {
  it.each<[string, (clock: VirtualClock) => () => Promise<unknown> | ReturnType<typeof timer>]>([
    ['an Observable', (clock) => () => timer(5, clock)],
    ['a promise', (clock) => () => timer(5, clock).forEach(() => undefined)],
  ])('is an error that says so: %s', async (_title, make) => {
    const clock = new VirtualClock();
    const served = of('a').pipe(serve(make(clock), { scheduler: clock, edge: 'e' }));
    await expect(collect(served)).rejects.toMatchObject({
      code: 'CLOCK_DEADLOCK',
      operator: 'serve "e"',
      message: expect.stringContaining('serviceTime') as string,
    });
  });

  it('is none where the work waits for something else, whatever else is scheduled', async () => {
    const clock = new VirtualClock();
    const served = interval(5, clock).pipe(
      take(2),
      serve((n) => Promise.resolve(n), { scheduler: clock }),
    );
    expect(await collect(served)).toEqual([0, 1]);
  });
});
