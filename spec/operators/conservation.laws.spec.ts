import fc from 'fast-check';
import { BehaviorSubject, map, Subject, tap, VirtualTimeScheduler } from 'rxjs';
import type { Observer, SchedulerLike } from 'rxjs';
import {
  Holding,
  holdUntilReady,
  Readiness,
  serve,
  trackBackpressure,
  VirtualClock,
} from '../../operators';
import type { DeadLetter, Overflow } from '../../operators';
import { booksOf } from '../support/books';
import { cases, flagMarbles, itemMarbles, play } from '../support/marbles';
import { repetitions } from '../support/properties';

/** An edge and the stage behind it, under everything that can happen to them. */
interface Case extends Record<string, unknown> {
  readonly items: string;
  /** The gate holds until ready while `t`. */
  readonly active: string;
  readonly paused: string;
  /** The next gate holds something while `t`. */
  readonly downstream: string;
  /** Frames that the items take, in turn. */
  readonly service: readonly number[];
  readonly gateCapacity: number;
  readonly inboxCapacity: number;
  readonly overflow: Overflow;
  readonly concurrency: number;
  readonly unsubscribeAt: number;
  readonly ahead: boolean;
}

const anyCase = cases<Case>({
  items: fc.oneof(itemMarbles('|'), itemMarbles('#')),
  active: flagMarbles(),
  paused: flagMarbles(),
  downstream: flagMarbles(),
  service: fc.array(fc.nat(5), { minLength: 1, maxLength: 5 }),
  gateCapacity: fc.integer({ min: 1, max: 6 }),
  inboxCapacity: fc.integer({ min: 1, max: 6 }),
  overflow: fc.constantFrom('error', 'dropOldest', 'dropLatest', 'conflate'),
  concurrency: fc.integer({ min: 1, max: 4 }),
  unsubscribeAt: fc.integer({ min: 1, max: 150 }),
  ahead: fc.boolean(),
});

const LAST = 200;

/** Schedules a case, and a look at its books between any two frames: returns what will be found broken there. */
function begin(given: Case, scheduler: SchedulerLike): readonly string[] {
  const readiness = new Readiness();
  const holding = new Readiness(false);
  const [active, paused] = [new Subject<boolean>(), new Subject<boolean>()];
  const downstream = new Holding(false);
  const edge = booksOf();
  const stage = booksOf();
  let offered = 0;
  let served = 0;
  let blocked = 0;
  const letters: DeadLetter<number>[] = [];
  const deadLetters = (letter: DeadLetter<number>): unknown => letters.push(letter);
  const depth = new BehaviorSubject(0);
  const out: number[] = [];

  const keyOf = (n: number): string => (n % 2 === 0 ? 'even' : 'odd');
  const { overflow, gateCapacity, inboxCapacity, service, concurrency } = given;
  const flow = play(given.items, scheduler, given.ahead).pipe(
    map((_, n) => n),
    tap(() => (offered += 1)),
    holdUntilReady(readiness, {
      active,
      paused,
      holding,
      capacity: gateCapacity,
      overflow,
      keyOf,
      scheduler,
      events: edge,
    }),
    trackBackpressure(readiness, { edge: 'edge', scheduler, keyOf, events: edge }),
    serve((n) => [n], {
      readiness,
      scheduler,
      downstream,
      concurrency,
      deadLetters,
      depth,
      capacity: inboxCapacity,
      overflow,
      keyOf,
      serviceTime: (n) => service[n % service.length] as number,
      meter: {
        onServed: () => (served += 1),
        onBlocked: () => (blocked += 1),
        onUnblocked: () => (blocked -= 1),
      },
      events: stage,
    }),
  );
  const subscription = flow.subscribe({ next: (n) => out.push(n), error: () => undefined });
  const steer = (marble: string, flag: Pick<Observer<boolean>, 'next'>): void => {
    play(marble, scheduler, given.ahead).subscribe((letter) => {
      flag.next(letter === 't');
    });
  };
  steer(given.active, active);
  steer(given.paused, paused);
  steer(given.downstream, downstream);
  scheduler.schedule(() => {
    subscription.unsubscribe();
  }, given.unsubscribeAt);

  const broken: string[] = [];
  for (let at = 0.5; at < LAST; at += 1) {
    scheduler.schedule(() => {
      const { delivered, backpressure, dropped, discarded } = edge.counts;
      const held = offered - delivered - dropped - discarded;
      const inside = delivered - served - stage.counts.dropped - stage.counts.discarded;
      const taken = inside - depth.value + blocked;
      const laws = {
        'held is what is neither delivered nor lost': held >= 0 && held <= gateCapacity,
        'the gate publishes whether it holds': holding.value === held > 0,
        'backpressure ≤ delivered': backpressure <= delivered,
        'inside is what is neither served nor lost':
          inside >= 0 && inside <= inboxCapacity + concurrency,
        'overrun ≤ backpressure': stage.counts.overrun <= backpressure,
        'no more servers are taken than there are': taken <= concurrency,
        'nothing waits while a server is free': depth.value === 0 || taken === concurrency,
        'ready while a server is free, and after the end':
          readiness.value === (subscription.closed || taken < concurrency),
        'every lost item is a dead letter':
          letters.length === stage.counts.dropped + stage.counts.discarded,
        'nothing is left after the end': !subscription.closed || (held === 0 && inside === 0),
        'what is served comes out':
          out.length === served || (concurrency > 1 && out.length < served),
        'in order, and once': out.every((n, i) => i === 0 || n > (out[i - 1] as number)),
      };
      for (const [law, holds] of Object.entries(laws)) if (!holds) broken.push(`${at}: ${law}`);
    }, at);
  }
  return broken;
}

describe('law 1, conservation at every frame: nothing is lost, doubled or reordered', () => {
  it('in virtual time', () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        const scheduler = new VirtualTimeScheduler();
        const broken = begin(given, scheduler);
        scheduler.flush();
        expect(broken).toEqual([]);
      }),
      repetitions(300),
    );
  });

  it('on a virtual clock', async () => {
    await fc.assert(
      fc.asyncProperty(anyCase, async (given) => {
        const clock = new VirtualClock();
        const broken = begin(given, clock);
        await new Promise((resolve) => clock.schedule(resolve, LAST));
        expect(broken).toEqual([]);
      }),
      repetitions(100),
    );
  });
});
