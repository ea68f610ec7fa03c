import fc from 'fast-check';
import { from, map, pipe, Subject, tap, VirtualTimeScheduler } from 'rxjs';
import type { Observable, OperatorFunction, SchedulerLike } from 'rxjs';
import { holdUntilReady, Readiness, serve, trackBackpressure, VirtualClock } from '../../operators';
import type { ServeOptions } from '../../operators';
import { booksOf } from '../support/books';
import type { Books } from '../support/books';
import { countsOf, lindley } from '../support/lindley';
import type { Arrival } from '../support/lindley';
import { cases, flagMarbles, itemMarbles, play } from '../support/marbles';
import { repetitions } from '../support/properties';

const LAST = 5_000;

interface Case extends Record<string, unknown> {
  readonly marble: string;
  readonly ahead: boolean;
  /** Frames that the items take on the first stage, in turn, and on the second. */
  readonly first: readonly number[];
  readonly second: readonly number[];
}

const services = fc.array(fc.nat(5), { minLength: 1, maxLength: 5 });
const anyCase = { marble: itemMarbles(), ahead: fc.boolean(), first: services, second: services };

/** Items as they arrive; their service times come from a list, in turn. */
const arrivals = (
  { marble, ahead, first }: Case,
  scheduler: SchedulerLike,
): Observable<Arrival> => {
  return play(marble, scheduler, ahead).pipe(
    map((_, n) => ({ offered: scheduler.now(), due: scheduler.now(), service: inTurn(first, n) })),
  );
};

const inTurn = (times: readonly number[], n: number): number => times[n % times.length] as number;

/** An edge and its stage; what they count comes to stand in `books`. */
function stage(
  books: Books,
  scheduler: SchedulerLike,
  options: ServeOptions<Arrival, Arrival> = {},
): OperatorFunction<Arrival, Arrival> {
  const readiness = new Readiness();
  const shared = { edge: 'edge', scheduler, events: books };
  return pipe(
    trackBackpressure<Arrival>(readiness, { ...shared, dueAt: ({ due }) => due }),
    serve<Arrival, Arrival>((item) => [item], {
      serviceTime: ({ service }) => service,
      ...shared,
      ...options,
      readiness,
    }),
  );
}

/** A property over both kinds of virtual time; `begin` schedules a case and returns what to check at its end. */
function holdsFor<T extends Record<string, unknown>>(
  given: fc.Arbitrary<T>,
  begin: (given: T, scheduler: SchedulerLike) => () => void,
): void {
  it('in virtual time', () => {
    fc.assert(
      fc.property(given, (one) => {
        const scheduler = new VirtualTimeScheduler();
        const check = begin(one, scheduler);
        scheduler.flush();
        check();
      }),
      repetitions(500),
    );
  });

  it('on a virtual clock', async () => {
    await fc.assert(
      fc.asyncProperty(given, async (one) => {
        const clock = new VirtualClock();
        const check = begin(one, clock);
        await new Promise((resolve) => clock.schedule(resolve, LAST));
        check();
      }),
      repetitions(200),
    );
  });
}

describe('law 3, clock-driven: what is counted is what Lindley says', () => {
  describe('with stated service times', () => {
    holdsFor(cases<Case>(anyCase), (given, scheduler) => {
      const books = booksOf();
      const seen: Arrival[] = [];
      const source = arrivals(given, scheduler).pipe(tap((item) => seen.push(item)));
      source.pipe(stage(books, scheduler)).subscribe();
      return () => {
        expect(books.counts).toMatchObject(countsOf(lindley(seen)));
      };
    });
  });

  describe('on both edges of a tandem, whose outputs inherit when they were due', () => {
    holdsFor(cases<Case>(anyCase), (given, scheduler) => {
      const [one, two] = [booksOf(), booksOf()];
      const seen: Arrival[] = [];
      const done: number[] = [];
      arrivals(given, scheduler)
        .pipe(
          tap((item) => seen.push(item)),
          stage(one, scheduler),
          map((item, n) => ({ ...item, service: inTurn(given.second, n) })),
          stage(two, scheduler),
        )
        .subscribe(() => done.push(scheduler.now()));
      return () => {
        const first = lindley(seen);
        const second = lindley(
          first.map(({ due, finish }, n) => ({
            due,
            offered: finish,
            service: inTurn(given.second, n),
          })),
        );
        expect(one.counts).toMatchObject(countsOf(first));
        expect(two.counts).toMatchObject(countsOf(second));
        expect(done).toEqual(second.map(({ finish }) => finish));
      };
    });
  });

  describe('behind a gate that comes and goes, for the offers that it makes of the arrivals', () => {
    const gated = cases<Case & { active: string; paused: string }>({
      ...anyCase,
      active: flagMarbles(),
      paused: flagMarbles(),
    });
    holdsFor(gated, (given, scheduler) => {
      const books = booksOf();
      const readiness = new Readiness();
      const flags = [new Subject<boolean>(), new Subject<boolean>()] as const;
      const offers: Arrival[] = [];
      const shared = { edge: 'edge', scheduler, events: books };
      arrivals(given, scheduler)
        .pipe(
          holdUntilReady(readiness, { active: flags[0], paused: flags[1], scheduler }),
          map((item) => ({ ...item, offered: scheduler.now() })),
          tap((item) => offers.push(item)),
          trackBackpressure(readiness, { ...shared, dueAt: ({ due }) => due }),
          serve(() => [], { ...shared, readiness, serviceTime: ({ service }) => service }),
        )
        .subscribe();
      play(given.active, scheduler).subscribe((letter) => {
        flags[0].next(letter === 't');
      });
      play(given.paused, scheduler).subscribe((letter) => {
        flags[1].next(letter === 't');
      });
      return () => {
        expect(books.counts).toMatchObject(countsOf(lindley(offers)));
      };
    });
  });
});

describe('law 3, measured service times', () => {
  /** A stopwatch that passes only when somebody works. */
  const workshop = (): { stopwatch: () => number; work: (time: number) => void } => {
    let worked = 0;
    return { stopwatch: () => worked, work: (time) => (worked += time) };
  };

  it('move a virtual clock as stated ones do', async () => {
    await fc.assert(
      fc.asyncProperty(cases<Case>(anyCase), async (given) => {
        const clock = new VirtualClock();
        const books = booksOf();
        const seen: Arrival[] = [];
        const { stopwatch, work } = workshop();
        const readiness = new Readiness();
        arrivals(given, clock)
          .pipe(
            tap((item) => seen.push(item)),
            trackBackpressure(readiness, {
              edge: 'edge',
              scheduler: clock,
              events: books,
              dueAt: ({ due }) => due,
            }),
            serve(
              ({ service }) => {
                work(service);
                return undefined;
              },
              { readiness, scheduler: clock, stopwatch, events: books },
            ),
          )
          .subscribe();
        await new Promise((resolve) => clock.schedule(resolve, LAST));
        expect(books.counts).toMatchObject(countsOf(lindley(seen)));
      }),
      repetitions(200),
    );
  });

  it('are charged to the stage that worked, though one thread does all the work and everything comes late', () => {
    const late = cases<{ gaps: number[]; first: number[]; second: number[] }>({
      gaps: fc.array(fc.nat(4), { maxLength: 40 }),
      first: services,
      second: services,
    });
    fc.assert(
      fc.property(late, ({ gaps, first, second }) => {
        const [one, two] = [booksOf(), booksOf()];
        const { stopwatch, work } = workshop();
        let at = 0;
        const offers = gaps.map((gap, n) => ({
          offered: (at += gap),
          due: at,
          service: inTurn(first, n),
        }));
        type Item = { -readonly [K in keyof Arrival]: Arrival[K] };
        const working = (books: Books): OperatorFunction<Item, Item> => {
          const readiness = new Readiness();
          const shared = {
            edge: 'edge',
            events: books,
            offeredAt: ({ offered }: Item) => offered,
          };
          return pipe(
            trackBackpressure<Item>(readiness, { ...shared, dueAt: ({ due }) => due }),
            serve<Item, Item>(
              (item) => {
                work(item.service);
                return [{ ...item }];
              },
              { ...shared, readiness, stopwatch, onOutput: (item, at) => (item.offered = at) },
            ),
          );
        };
        from(offers)
          .pipe(
            working(one),
            map((item, n) => ({ ...item, service: inTurn(second, n) })),
            working(two),
          )
          .subscribe();
        const fates = lindley(offers);
        expect(one.counts).toMatchObject(countsOf(fates));
        expect(two.counts).toMatchObject(
          countsOf(
            lindley(
              fates.map(({ due, finish }, n) => ({
                due,
                offered: finish,
                service: inTurn(second, n),
              })),
            ),
          ),
        );
      }),
      repetitions(500),
    );
  });
});
