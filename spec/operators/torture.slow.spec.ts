import fc from 'fast-check';
import {
  animationFrameScheduler,
  asapScheduler,
  asyncScheduler,
  config,
  defer,
  EMPTY,
  from,
  lastValueFrom,
  map,
  NEVER,
  Observable,
  observeOn,
  of,
  queueScheduler,
  range,
  repeat,
  retry,
  share,
  shareReplay,
  Subject,
  switchMap,
  take,
  tap,
  throwError,
  toArray,
} from 'rxjs';
import type { MonoTypeOperatorFunction, SchedulerLike } from 'rxjs';
import {
  holdUntilReady,
  OptionError,
  pull,
  Readiness,
  serve,
  trackBackpressure,
} from '../../operators';
import type { EdgeEvent, Overflow } from '../../operators';
import { collectGarbage } from '../support/collectGarbage';
import { repetitions } from '../support/properties';

/*
 * What was tried on the operators in strange places, and held: each of it is tried again here. What is true of
 * every operator in any place is in everyOperator.spec.ts.
 */

const edge = 'a-b';
/** Items of a long run: ten million in all in `npm run test:long`. */
const MANY = process.env['BAROMETER_REPETITIONS'] === 'all' ? 10_000_000 : 3_000_000;
const NOTHING = { defaultValue: [] };
const tracked = <T>(events?: Subject<EdgeEvent>): MonoTypeOperatorFunction<T> =>
  trackBackpressure(new Readiness(), { edge, ...(events === undefined ? {} : { events }) });
const held = <T>(readiness = new Readiness()): MonoTypeOperatorFunction<T> =>
  holdUntilReady(readiness);
const served = <T>(): MonoTypeOperatorFunction<T> => serve<T, T>((item) => [item]);

const operators: readonly [string, <T>() => MonoTypeOperatorFunction<T>][] = [
  ['trackBackpressure', tracked],
  ['holdUntilReady', held],
  ['serve', served],
];

const depth = (): number => (new Error().stack ?? '').split('\n').length;

/** Events by type, as they are counted. */
function counter(): { events: Subject<EdgeEvent>; counts: Record<string, number> } {
  const counts: Record<string, number> = {};
  const events = new Subject<EdgeEvent>();
  events.subscribe(({ type, count }) => (counts[type] = (counts[type] ?? 0) + count));
  return { events, counts };
}

describe.each(operators)('%s', (_name, operator) => {
  it('a bad source that emits, fails and completes after its end is not heard', () => {
    const log: unknown[] = [];
    const bad = {
      subscribe: (observer: {
        next(n: number): void;
        error(e: unknown): void;
        complete(): void;
      }) => {
        observer.next(1);
        observer.complete();
        observer.next(2);
        observer.error(new Error('late'));
        observer.complete();
        return { unsubscribe: () => undefined };
      },
      [Symbol.observable ?? '@@observable']() {
        return this;
      },
    };
    from(bad as never)
      .pipe(operator())
      .subscribe({ next: (n) => log.push(n), complete: () => log.push('complete') });
    expect(log).toEqual([1, 'complete']);
  });

  it.each<[string, SchedulerLike]>([
    ['asap', asapScheduler],
    ['queue', queueScheduler],
    ['async', asyncScheduler],
  ])('between observeOn of the %s scheduler, order holds', async (_of, scheduler) => {
    const all = range(0, 500).pipe(
      observeOn(scheduler),
      operator(),
      observeOn(scheduler),
      toArray(),
    );
    expect(await lastValueFrom(all, NOTHING)).toEqual(Array.from({ length: 500 }, (_, n) => n));
  });

  it('share and shareReplay around it: one subscription, all items', () => {
    let subscriptions = 0;
    const source = defer(() => ((subscriptions += 1), of(1, 2, 3))).pipe(
      operator(),
      shareReplay({ bufferSize: 1, refCount: false }),
    );
    const seen: number[] = [];
    source.subscribe((n) => seen.push(n));
    source.subscribe((n) => seen.push(n));
    expect([subscriptions, seen]).toEqual([1, [1, 2, 3, 3]]);
    const subject = new Subject<number>();
    const shared = subject.pipe(operator(), share());
    const twice: number[] = [];
    shared.subscribe((n) => twice.push(n));
    shared.subscribe((n) => twice.push(n));
    subject.next(7);
    expect([twice, subject.observers.length]).toEqual([[7, 7], 1]);
  });

  it('retry and repeat begin anew, with nothing of the last time', () => {
    let turns = 0;
    const source = defer(() => {
      turns += 1;
      return turns < 3 ? throwError(() => new Error('again')) : of(turns);
    });
    const seen: number[] = [];
    source.pipe(operator(), retry(5), repeat(2)).subscribe((n) => seen.push(n));
    expect(seen).toEqual([3, 4]);
  });

  it(`${MANY.toLocaleString('en')} items leave nothing behind`, async () => {
    const source = new Subject<number>();
    let passed = 0;
    const subscription = source.pipe(operator()).subscribe(() => (passed += 1));
    const push = (items: number): void => {
      for (let n = 0; n < items; n += 1) source.next(n);
    };
    push(1_000_000);
    await collectGarbage();
    const before = process.memoryUsage().heapUsed;
    push(MANY - 1_000_000);
    await collectGarbage();
    const grown = process.memoryUsage().heapUsed - before;
    subscription.unsubscribe();
    expect(passed).toBe(MANY);
    // Less than a byte an item.
    expect(grown).toBeLessThan(MANY);
  });
});

describe('trackBackpressure', () => {
  it('5,000 keys: every one has its own sum', () => {
    const sums = new Map<string | undefined, number>();
    const events = {
      next: ({ key, count }: EdgeEvent) => sums.set(key, (sums.get(key) ?? 0) + count),
    };
    const keyOf = (n: number): string => `k${n % 5_000}`;
    range(0, 50_000)
      .pipe(trackBackpressure(new Readiness(), { edge, events, keyOf, batch: { count: 997 } }))
      .subscribe();
    expect([sums.size, new Set(sums.values())]).toEqual([5_000, new Set([10])]);
  });

  it('an observer of events that unsubscribes ends it, and it counts no further', () => {
    const { events, counts } = counter();
    const source = new Subject<number>();
    const subscription = source.pipe(tracked(events)).subscribe();
    events.subscribe(() => {
      subscription.unsubscribe();
    });
    source.next(1);
    source.next(2);
    expect([counts, source.observed]).toEqual([{ delivered: 1 }, false]);
  });
});

describe('holdUntilReady', () => {
  it('a million held items leave in order, without growth of the stack', () => {
    const readiness = new Readiness(false);
    const depths = new Set<number>();
    let expected = 0;
    range(0, 1_000_000)
      .pipe(held(readiness))
      .subscribe((n) => {
        if (n !== expected) throw new Error(`${n} instead of ${expected}`);
        expected += 1;
        if (n % 100_000 === 0) depths.add(depth());
      });
    readiness.next(true);
    expect([expected, depths.size]).toEqual([1_000_000, 1]);
  });

  it('next within next: one at a time, in order', () => {
    const source = new Subject<number>();
    const log: string[] = [];
    let nested = 0;
    source.pipe(held()).subscribe((n) => {
      nested += 1;
      log.push(`${n} at depth ${nested}`);
      if (n < 3) source.next(n + 1);
      nested -= 1;
    });
    source.next(0);
    expect(log).toEqual(['0 at depth 1', '1 at depth 1', '2 at depth 1', '3 at depth 1']);
  });

  it('unsubscribed from within next while it drains: discards are counted, the source is left', () => {
    const { events, counts } = counter();
    const readiness = new Readiness(false);
    const source = new Subject<number>();
    const seen: number[] = [];
    const subscription = source.pipe(holdUntilReady(readiness, { edge, events })).subscribe((n) => {
      seen.push(n);
      if (n === 2) subscription.unsubscribe();
    });
    for (const n of [1, 2, 3, 4]) source.next(n);
    readiness.next(true);
    expect([seen, counts, source.observed]).toEqual([[1, 2], { discarded: 2 }, false]);
  });

  const overflows: readonly Overflow[] = ['dropOldest', 'dropLatest', 'conflate', 'error'];
  it('3,000 random runs: in order, nothing twice, and offered = out + dropped + discarded', () => {
    const step = fc.constantFrom('item', 'item', 'item', 'ready', 'busy', 'item from within');
    const run = fc.record({
      overflow: fc.constantFrom(...overflows),
      capacity: fc.integer({ min: 1, max: 4 }),
      steps: fc.array(step, { maxLength: 40 }),
      end: fc.constantFrom('complete', 'error', 'unsubscribe'),
    });
    fc.assert(
      fc.property(run, ({ overflow, capacity, steps, end }) => {
        const { events, counts } = counter();
        const readiness = new Readiness(false);
        const source = new Subject<number>();
        const out: number[] = [];
        let offered = 0;
        let within = 0;
        const offer = (): void => {
          if (source.observed) source.next((offered += 1));
        };
        const keyOf = (n: number): string => `k${n % 3}`;
        const options = { edge, events, overflow, capacity, keyOf };
        const subscription = source.pipe(holdUntilReady(readiness, options)).subscribe({
          next: (n) => {
            out.push(n);
            if (within > 0) {
              within -= 1;
              offer();
            }
          },
          error: () => undefined,
        });
        for (const one of steps) {
          if (one === 'item') offer();
          else if (one === 'item from within') within += 1;
          else readiness.next(one === 'ready');
        }
        if (end === 'complete') source.complete();
        else if (end === 'error') source.error(new Error('end'));
        subscription.unsubscribe();
        const { dropped = 0, discarded = 0 } = counts;
        expect(out).toEqual([...new Set(out)].sort((a, b) => a - b));
        expect(out.length + dropped + discarded).toBe(offered);
      }),
      repetitions(3_000),
    );
  });
});

describe('serve', () => {
  it('100,000 items that it feeds back to its own source take no stack', () => {
    const source = new Subject<number>();
    const depths = new Set<number>();
    let last = 0;
    source.pipe(served()).subscribe((n) => {
      last = n;
      if (n % 10_000 === 0) depths.add(depth());
      if (n < 100_000) source.next(n + 1);
    });
    source.next(0);
    expect(last).toBe(100_000);
    expect(depths.size).toBeLessThan(3);
  });

  it('work that feeds its own source: the item waits its turn', () => {
    const source = new Subject<number>();
    const log: string[] = [];
    source
      .pipe(
        serve((n: number) => {
          log.push(`>${n}`);
          if (n === 1) source.next(2);
          log.push(`<${n}`);
          return [n];
        }),
      )
      .subscribe();
    source.next(1);
    expect(log).toEqual(['>1', '<1', '>2', '<2']);
  });

  it('work that unsubscribes: its outputs are dropped, and it is counted as discarded', () => {
    const { events, counts } = counter();
    const source = new Subject<number>();
    const seen: number[] = [];
    const work = (n: number): number[] => {
      subscription.unsubscribe();
      return [n];
    };
    const subscription = source.pipe(serve(work, { edge, events })).subscribe((n) => seen.push(n));
    source.next(1);
    expect([seen, counts]).toEqual([[], { discarded: 1 }]);
  });

  it.each<[string, () => unknown]>([
    [
      'a generator',
      function* () {
        yield* ['a', 'b'];
      },
    ],
    [
      'an async generator',
      async function* () {
        yield 'a';
        await Promise.resolve();
        yield 'b';
      },
    ],
    ['a string', () => 'ab'],
    ['a Set', () => new Set(['a', 'b'])],
    [
      'a web stream',
      () => new Blob(['ab']).stream().pipeThrough(new TextDecoderStream()).pipeThrough(letters()),
    ],
    ['an Observable', () => of('a', 'b')],
  ])('work that returns %s: its values are the outputs', async (_what, work) => {
    const outputs = of(1, 2).pipe(serve(work as () => string[]), toArray());
    expect(await lastValueFrom(outputs, NOTHING)).toEqual(['a', 'b', 'a', 'b']);
  });

  it('work that returns a promise: its value is the output', async () => {
    const outputs = of(1, 2).pipe(
      serve((n) => Promise.resolve(n)),
      toArray(),
    );
    expect(await lastValueFrom(outputs, NOTHING)).toEqual([1, 2]);
  });

  it('one output of three is enough for a subscriber that takes one', () => {
    const begun: number[] = [];
    const seen: number[] = [];
    const work = (n: number): number[] => (begun.push(n), [n, n, n]);
    of(1, 2)
      .pipe(serve(work), take(1))
      .subscribe((n) => seen.push(n));
    expect([begun, seen]).toEqual([[1], [1]]);
  });

  it('a promise that is rejected after the subscriber has left is heard by nobody', async () => {
    const reported: unknown[] = [];
    config.onUnhandledError = (error) => reported.push(error);
    process.once('unhandledRejection', (error) => reported.push(error));
    let reject = (_: Error): void => undefined;
    const work = (): Promise<number> => new Promise((_resolve, no) => (reject = no));
    of(1).pipe(serve(work)).subscribe().unsubscribe();
    reject(new Error('late'));
    for (let turn = 0; turn < 3; turn += 1) await new Promise(setImmediate);
    config.onUnhandledError = null;
    process.removeAllListeners('unhandledRejection');
    expect(reported).toEqual([]);
  });

  it('switchMap to a new server on one readiness: the old one has left it', () => {
    const readiness = new Readiness();
    const source = new Subject<string>();
    const seen: string[] = [];
    source
      .pipe(
        switchMap((name) =>
          of(name).pipe(serve((one) => (one === 'slow' ? NEVER : [one]), { readiness })),
        ),
      )
      .subscribe((name) => seen.push(name));
    source.next('slow');
    expect(readiness.value).toBe(false);
    source.next('fast');
    expect([seen, readiness.value]).toEqual([['fast'], true]);
  });

  it('where animation frames are the time, they end the services', async () => {
    // Node has no frames: a timer stands for them.
    const frames = globalThis as {
      requestAnimationFrame?: unknown;
      cancelAnimationFrame?: unknown;
    };
    frames.requestAnimationFrame = (work: (at: number) => void) =>
      setTimeout(() => {
        work(performance.now());
      }, 1);
    frames.cancelAnimationFrame = clearTimeout;
    const options = { scheduler: animationFrameScheduler, serviceTime: 2 };
    const outputs = of(1, 2, 3).pipe(
      serve((n: number) => [n], options),
      toArray(),
    );
    expect(await lastValueFrom(outputs, NOTHING)).toEqual([1, 2, 3]);
    delete frames.requestAnimationFrame;
    delete frames.cancelAnimationFrame;
  });

  it.each([0, NaN, 1.5, -1])('an inbox of %d items is refused', (capacity) => {
    expect(() => serve(() => EMPTY, { capacity })).toThrow(OptionError);
    expect(() => holdUntilReady(new Readiness(), { capacity })).toThrow(OptionError);
  });
});

describe('pull', () => {
  it('reads a web stream, and cancels it when it is left', async () => {
    let cancelled = 0;
    let given = 0;
    const stream = new ReadableStream<number>(
      {
        pull: (controller) => {
          controller.enqueue((given += 1));
        },
        cancel: () => {
          cancelled += 1;
        },
      },
      { highWaterMark: 0 },
    );
    const some = pull(stream as unknown as AsyncIterable<number>).pipe(take(3), toArray());
    expect(await lastValueFrom(some, NOTHING)).toEqual([1, 2, 3]);
    await new Promise(setImmediate);
    expect([given, cancelled]).toEqual([3, 1]);
  });

  it('an iterator whose return throws does what it does with from', async () => {
    const source = {
      [Symbol.iterator]: () => ({
        next: () => ({ done: false as const, value: 1 }),
        return: () => {
          throw new Error('no way back');
        },
      }),
    };
    const outcome = async (items: Observable<number>): Promise<unknown[]> => {
      const log: unknown[] = [];
      config.onUnhandledError = (error) => log.push(`reported ${String(error)}`);
      try {
        items.pipe(take(1)).subscribe({
          next: (n) => log.push(n),
          error: (error: unknown) => log.push(`failed ${String(error)}`),
          complete: () => log.push('complete'),
        });
      } catch (error) {
        log.push(`thrown ${String(error)}`);
      }
      await new Promise((resolve) => setTimeout(resolve));
      config.onUnhandledError = null;
      return log;
    };
    expect(await outcome(pull(source))).toEqual(await outcome(from(source)));
  });
});

/** Splits chunks of text into letters. */
const letters = (): TransformStream<string, string> =>
  new TransformStream({
    transform: (chunk, controller) => {
      for (const letter of chunk) controller.enqueue(letter);
    },
  });

it('all of them in one chain, a synchronous source stops where the subscriber has enough', () => {
  const produced: number[] = [];
  const source = new Observable<number>((subscriber) => {
    for (let n = 1; !subscriber.closed; n += 1) {
      produced.push(n);
      subscriber.next(n);
    }
  });
  const chain = source.pipe(
    tracked(),
    held(),
    served(),
    map((n) => n),
    tap(),
    take(2),
  );
  const seen: number[] = [];
  chain.subscribe((n) => seen.push(n));
  expect([produced, seen]).toEqual([
    [1, 2],
    [1, 2],
  ]);
});
