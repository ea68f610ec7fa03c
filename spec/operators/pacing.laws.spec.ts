import fc from 'fast-check';
import { BehaviorSubject, VirtualTimeScheduler } from 'rxjs';
import type { SchedulerLike } from 'rxjs';
import {
  Holding,
  holdUntilReady,
  pace,
  pull,
  Readiness,
  serve,
  trackBackpressure,
  VirtualClock,
} from '../../operators';
import { booksOf } from '../support/books';
import { cases, flagMarbles, play } from '../support/marbles';
import { repetitions } from '../support/properties';

const LAST = 5_000;

/** Items that are due after gaps, through pace, a gate and a server; everything can be changed on the way. */
interface Case extends Record<string, unknown> {
  /** Frames between two items. */
  readonly gaps: readonly number[];
  readonly service: readonly number[];
  /** `t` while clock-driven. */
  readonly clockDriven: string;
  readonly paused: string;
  /** `t` is twice as fast, `f` half as fast as 1. */
  readonly speed: string;
  readonly chunk: number;
}

const anyGaps = fc.array(fc.nat(4), { maxLength: 40 });
const anyService = fc.array(fc.nat(5), { minLength: 1, maxLength: 5 });
const anyCase = cases<Case>({
  gaps: anyGaps,
  service: anyService,
  clockDriven: flagMarbles(),
  paused: flagMarbles().map((marble) => `${marble}f`),
  speed: flagMarbles(),
  chunk: fc.integer({ min: 1, max: 5 }),
});
/** The same, data-driven from first to last. */
const dataDriven = cases<Case>({
  gaps: anyGaps,
  service: anyService,
  clockDriven: fc.constant(''),
  paused: flagMarbles().map((marble) => `${marble}f`),
  speed: flagMarbles(),
  chunk: fc.integer({ min: 1, max: 5 }),
});

interface Outcome {
  readonly items: number;
  readonly out: number[];
  readonly released: { n: number; due: number; at: number }[];
  readonly books: ReturnType<typeof booksOf>;
  /** The most items that were pulled and not yet served. */
  readonly most: number;
}

function begin(given: Case, scheduler: SchedulerLike): Outcome {
  let time = 0;
  const times = given.gaps.map((gap) => (time += gap));
  const [clockDriven, paused] = [new BehaviorSubject(false), new BehaviorSubject(false)];
  const gated = new BehaviorSubject(true);
  const speed = new BehaviorSubject(1);
  const [room, readiness, holding] = [new Readiness(), new Readiness(), new Holding()];
  const books = booksOf();
  const outcome = { items: times.length, out: [], released: [], books, most: 0 } as {
    -readonly [K in keyof Outcome]: Outcome[K];
  };
  let pulled = 0;
  function* chunks(): Generator<number[]> {
    while (pulled < times.length) {
      const from = pulled;
      pulled = Math.min(times.length, pulled + given.chunk);
      outcome.most = Math.max(outcome.most, pulled - outcome.out.length);
      yield Array.from({ length: pulled - from }, (_, i) => from + i);
    }
  }
  pull(chunks(), { readiness: room })
    .pipe(
      pace({
        timeOf: (n) => times[n] as number,
        scheduler,
        speed,
        active: clockDriven,
        paused,
        demand: room,
        capacity: given.chunk,
        downstream: holding,
        onRelease: (n, due, at) => outcome.released.push({ n, due, at }),
      }),
      holdUntilReady(readiness, { active: gated, paused, holding, scheduler, events: books }),
      trackBackpressure(readiness, { edge: 'edge', scheduler, events: books }),
      serve((n) => [n], {
        readiness,
        scheduler,
        serviceTime: (n) => given.service[n % given.service.length] as number,
        events: books,
      }),
    )
    .subscribe((n) => outcome.out.push(n));
  play(given.clockDriven, scheduler).subscribe((letter) => {
    clockDriven.next(letter === 't');
    gated.next(letter !== 't');
  });
  play(given.paused, scheduler).subscribe((letter) => {
    paused.next(letter === 't');
  });
  play(given.speed, scheduler).subscribe((letter) => {
    speed.next(letter === 't' ? 2 : 0.5);
  });
  return outcome;
}

function holdsFor(given: fc.Arbitrary<Case>, check: (outcome: Outcome, one: Case) => void): void {
  it('in virtual time', () => {
    fc.assert(
      fc.property(given, (one) => {
        const scheduler = new VirtualTimeScheduler();
        const outcome = begin(one, scheduler);
        scheduler.flush();
        check(outcome, one);
      }),
      repetitions(300),
    );
  });

  it('on a virtual clock', async () => {
    await fc.assert(
      fc.asyncProperty(given, async (one) => {
        const clock = new VirtualClock();
        const outcome = begin(one, clock);
        await new Promise((resolve) => clock.schedule(resolve, LAST));
        check(outcome, one);
      }),
      repetitions(100),
    );
  });
}

describe('law 1: any sequence of mode switches, speed changes and pauses loses, doubles and reorders nothing', () => {
  holdsFor(anyCase, ({ items, out }) => {
    expect(out).toEqual([...Array(items).keys()]);
  });
});

describe('an item is never released before it is due, and due times never fall', () => {
  holdsFor(anyCase, ({ released }) => {
    for (const [i, { due, at }] of released.entries()) {
      expect(due).toBeLessThanOrEqual(at + 1e-9);
      expect(due).toBeGreaterThanOrEqual((released[i - 1]?.due ?? 0) - 1e-9);
    }
  });
});

describe('law 2, data-driven: nothing is counted, and what is on its way is bounded, however slow the consumer', () => {
  holdsFor(dataDriven, ({ books, most, items }, { chunk }) => {
    expect(books.counts).toMatchObject({ delivered: items, backpressure: 0, overrun: 0 });
    // The rest of a chunk before the pacing, one item in it, one at the gate, one that is served.
    expect(most).toBeLessThanOrEqual(chunk + 2);
  });
});
