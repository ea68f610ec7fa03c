import {
  BehaviorSubject,
  from,
  interval,
  map,
  mergeMap,
  Observable,
  of,
  range,
  repeat,
  retry,
  Subject,
  take,
  tap,
  toArray,
} from 'rxjs';
import type { MonoTypeOperatorFunction, SchedulerLike } from 'rxjs';
import { holdUntilReady, pace, Readiness, serve, trackBackpressure } from '../../operators';
import { booksOf } from '../support/books';
import { marbles } from '../support/marbles';
import { failure } from '../support/collect';
import { goesOn } from './internal/goesOn';

/** What is true of each operator that takes items from a source, while nothing holds them up. */
interface Row {
  readonly name: string;
  readonly transparent: <T>(scheduler?: SchedulerLike) => MonoTypeOperatorFunction<T>;
}

const timed = (scheduler?: SchedulerLike): { scheduler?: SchedulerLike } =>
  scheduler === undefined ? {} : { scheduler };

const rows: readonly Row[] = [
  {
    name: 'trackBackpressure',
    transparent: (scheduler) =>
      trackBackpressure(new Readiness(), { edge: 'edge', events: booksOf(), ...timed(scheduler) }),
  },
  {
    name: 'holdUntilReady',
    transparent: (scheduler) => holdUntilReady(new Readiness(), timed(scheduler)),
  },
  {
    name: 'serve',
    transparent: (scheduler) => serve((item) => [item], { serviceTime: 0, ...timed(scheduler) }),
  },
  { name: 'pace', transparent: (scheduler) => pace({ timeOf: () => 0, ...timed(scheduler) }) },
];

describe.each(rows)('$name', ({ transparent }) => {
  it.each([
    ['never', '-', '-', '^'],
    ['empty', '|', '|', '(^!)'],
    ['one item', '--a--|', '--a--|', '^----!'],
    ['many items', 'a-b-(cd)-e|', 'a-b-(cd)-e|', '^---------!'],
    ['an error', '-a-b-#', '-a-b-#', '^----!'],
    ['an error at once', '#', '#', '(^!)'],
    ['no end', '-a-b-', '-a-b-', '^'],
  ])('source: %s', (_title, source, result, subscribed) => {
    marbles(({ cold, scheduler, expectObservable, expectSubscriptions }) => {
      const items = cold(source);
      expectObservable(items.pipe(transparent(scheduler))).toBe(result);
      expectSubscriptions(items.subscriptions).toBe(subscribed);
    });
  });

  it('unsubscribes from its source when it is unsubscribed from', () => {
    marbles(({ hot, scheduler, expectObservable, expectSubscriptions }) => {
      const items = hot('    -a-b-c-d-|');
      const unsubscribed = ' ^---!     ';
      expectObservable(items.pipe(transparent(scheduler)), unsubscribed).toBe('-a-b-');
      expectSubscriptions(items.subscriptions).toBe(unsubscribed);
    });
  });

  it('does not break the chain when it is unsubscribed from', () => {
    marbles(({ hot, scheduler, expectObservable, expectSubscriptions }) => {
      const items = hot('    -a-b-c-d-|');
      const unsubscribed = ' ^---!     ';
      const result = items.pipe(
        mergeMap((item) => of(item)),
        transparent(scheduler),
        mergeMap((item) => of(item)),
      );
      expectObservable(result, unsubscribed).toBe('-a-b-');
      expectSubscriptions(items.subscriptions).toBe(unsubscribed);
    });
  });

  it('stops a synchronous source when the subscriber has enough', () => {
    let produced = 0;
    const source = new Observable<number>((subscriber) => {
      while (!subscriber.closed && produced < 100_000) subscriber.next((produced += 1));
      subscriber.complete();
    });
    source.pipe(transparent(), take(3)).subscribe();
    expect(produced).toBe(3);
  });

  it('passes undefined, null, NaN and false like anything else', () => {
    const odd = [undefined, null, NaN, false, 0, ''];
    const seen: unknown[] = [];
    from(odd)
      .pipe(transparent())
      .subscribe((item) => seen.push(item));
    expect(seen).toEqual(odd);
  });

  it('gets nothing from a source that goes on after its end', () => {
    const seen: unknown[] = [];
    goesOn.pipe(transparent()).subscribe({
      next: (item) => seen.push(item),
      error: (error: unknown) => seen.push(error),
      complete: () => seen.push('|'),
    });
    expect(seen).toEqual(['a', '|']);
  });

  it('keeps order and loses nothing when next is called within next', () => {
    const source = new Subject<number>();
    const seen: number[] = [];
    source.pipe(transparent()).subscribe((n) => {
      seen.push(n);
      if (n < 5) source.next(n + 1);
    });
    source.next(1);
    expect(seen).toEqual([1, 2, 3, 4, 5]);
  });

  it('completes when the source is completed within next, after that item', () => {
    const source = new Subject<string>();
    const seen: string[] = [];
    source.pipe(transparent()).subscribe({
      next: (item) => {
        seen.push(item);
        source.complete();
      },
      complete: () => seen.push('|'),
    });
    source.next('a');
    expect(seen).toEqual(['a', '|']);
  });

  it('fails when the source fails within next, after that item', () => {
    const source = new Subject<string>();
    const seen: unknown[] = [];
    source.pipe(transparent()).subscribe({
      next: (item) => {
        seen.push(item);
        source.error(failure);
      },
      error: (error: unknown) => seen.push(error),
    });
    source.next('a');
    expect(seen).toEqual(['a', failure]);
  });

  it('stops when it is unsubscribed from within next', () => {
    const source = new Subject<string>();
    const seen: string[] = [];
    const subscription = source.pipe(transparent()).subscribe((item) => {
      seen.push(item);
      subscription.unsubscribe();
    });
    source.next('a');
    source.next('b');
    expect([seen, source.observed, subscription.closed]).toEqual([['a'], false, true]);
  });

  it('serves every subscriber on its own', () => {
    marbles(({ cold, scheduler, expectObservable, expectSubscriptions }) => {
      const items = cold('-a-b-|');
      const result = items.pipe(transparent(scheduler));
      expectObservable(result).toBe('-a-b-|');
      expectObservable(result, '---^').toBe('----a-b-|');
      expectSubscriptions(items.subscriptions).toBe(['^----!', '---^----!']);
    });
  });

  it('starts clean with retry and repeat', () => {
    marbles(({ cold, scheduler, expectObservable }) => {
      const failing = cold('-a#');
      expectObservable(failing.pipe(transparent(scheduler), retry(2))).toBe('-a-a-a#');
      const ending = cold('-a|');
      expectObservable(ending.pipe(transparent(scheduler), repeat(3))).toBe('-a-a-a|');
    });
  });

  it('may be unsubscribed from twice', () => {
    const subscription = interval(1_000).pipe(transparent()).subscribe();
    subscription.unsubscribe();
    expect(() => {
      subscription.unsubscribe();
    }).not.toThrow();
  });

  it('is not stalled by an observer that throws', () => {
    jest.useFakeTimers();
    const source = new Subject<number>();
    const shared = source.pipe(transparent());
    const seen: number[] = [];
    shared.subscribe(() => {
      throw new Error('not mine');
    });
    shared.subscribe((n) => seen.push(n));
    source.next(1);
    source.next(2);
    expect(seen).toEqual([1, 2]);
    expect(() => {
      jest.runAllTimers();
    }).toThrow('not mine');
    jest.useRealTimers();
  });

  it('passes an error that a later operator throws to the end, once, and leaves the source', () => {
    const source = new Subject<number>();
    const errors: unknown[] = [];
    source
      .pipe(
        transparent(),
        tap((n) => {
          if (n === 2) throw new Error('two');
        }),
      )
      .subscribe({ error: (error: unknown) => errors.push(error) });
    for (const n of [1, 2, 3]) source.next(n);
    expect([errors, source.observed]).toEqual([[new Error('two')], false]);
  });

  it('does not grow the stack with 100,000 synchronous items', () => {
    const depths = new Set<number>();
    const subscription = range(0, 100_000)
      .pipe(
        transparent(),
        map((n) => {
          if (n % 10_000 === 0) depths.add((new Error().stack ?? '').split('\n').length);
          return n;
        }),
      )
      .subscribe();
    expect(depths.size).toBe(1);
    // An operator that yields to the event loop would go on after the test.
    subscription.unsubscribe();
  });

  it('may be composed with itself', () => {
    const seen: number[][] = [];
    of(1, 2, 3)
      .pipe(transparent(), transparent(), toArray())
      .subscribe((all) => seen.push(all));
    expect(seen).toEqual([[1, 2, 3]]);
  });
});

it('the readiness of one consumer may be shared: it is only asked', () => {
  const readiness = new BehaviorSubject(true);
  const seen: string[] = [];
  const gate = holdUntilReady<string>(readiness);
  of('a')
    .pipe(gate)
    .subscribe((item) => seen.push(item));
  of('b')
    .pipe(gate)
    .subscribe((item) => seen.push(item));
  expect(seen).toEqual(['a', 'b']);
});

it.each<[string, () => MonoTypeOperatorFunction<string>]>([
  ['a gate', () => holdUntilReady(new Readiness())],
  ['a gate that is not active', () => holdUntilReady(new Readiness(), { active: false })],
  ['pace', () => pace({ timeOf: () => 0 })],
  ['pace that is not active', () => pace({ timeOf: () => 0, active: false })],
  ['a server', () => serve((item) => [item], { serviceTime: 0 })],
])('%s: what comes while an item passes has its turn when that has passed', (_name, make) => {
  const source = new Subject<string>();
  const log: string[] = [];
  source.pipe(make()).subscribe((item) => {
    log.push(`${item} comes`);
    if (item === 'a') source.next('b');
    log.push(`${item} has passed`);
  });
  source.next('a');
  expect(log).toEqual(['a comes', 'a has passed', 'b comes', 'b has passed']);
});
