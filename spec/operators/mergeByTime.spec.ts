import fc from 'fast-check';
import { NEVER, Observable, of, Subject, take, throwError } from 'rxjs';
import { mergeByTime, OptionError, OverflowError, Readiness } from '../../operators';
import type { MergeByTimeOptions } from '../../operators';
import { booksOf } from '../support/books';
import { marbles } from '../support/marbles';
import { collect, failure, messageOf } from '../support/collect';

interface Tick {
  readonly time: number;
  readonly source: number;
}

const timeOf = (n: number): number => n;
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** An iterable that keeps a log of what is asked of it. */
function logged(items: readonly number[], log: string[], name: string): Iterable<number> {
  return {
    [Symbol.iterator]() {
      let at = 0;
      return {
        next() {
          const value = items[at];
          at += 1;
          log.push(`${name} ${value ?? 'end'}`);
          return value === undefined ? { done: true, value } : { done: false, value };
        },
        return() {
          log.push(`${name} returned`);
          return { done: true, value: undefined };
        },
      };
    },
  };
}

const later = async function* (...items: number[]): AsyncGenerator<number> {
  for (const item of items) {
    await settled();
    yield item;
  }
};

describe('mergeByTime', () => {
  it.each([
    ['no sources', [], '|'],
    ['empty sources', [[], []], '|'],
    ['one source', [[1, 2]], '(12|)'],
    [
      'two sources',
      [
        [1, 4],
        [2, 3],
      ],
      '(1234|)',
    ],
    ['one shorter than the other', [[1], [2, 3, 4]], '(1234|)'],
  ])('%s, synchronously', (_title, sources, result) => {
    marbles(({ expectObservable }) => {
      expectObservable(mergeByTime(sources, { timeOf })).toBe(result, [0, 1, 2, 3, 4]);
    });
  });

  it('is what a stable sort by time makes of the sources, one after the other', async () => {
    const anySources = fc.array(fc.array(fc.nat(20), { maxLength: 20 }), { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(anySources, fc.boolean(), async (times, asynchronous) => {
        const sources = times.map((source, i) =>
          source.sort((a, b) => a - b).map((time): Tick => ({ time, source: i })),
        );
        const some = sources.map((source, i) =>
          asynchronous && i % 2 === 0
            ? (async function* () {
                yield* source;
              })()
            : source,
        );
        const merged = await collect(mergeByTime<Tick>(some, { timeOf: ({ time }) => time }));
        expect(merged).toEqual(sources.flat().sort((a, b) => a.time - b.time));
      }),
    );
  });

  it('pulls one item ahead of each source, and no more', () => {
    const log: string[] = [];
    const sources = [logged([1, 4], log, 'A'), logged([2, 3], log, 'B')];
    mergeByTime(sources, { timeOf })
      .pipe(take(2))
      .subscribe((n) => log.push(`→ ${n}`));
    expect(log).toEqual([
      'A 1', 'B 2', '→ 1', 'A 4', '→ 2', 'A returned', 'B returned',
    ]); // prettier-ignore
  });

  it('pulls only while ready', () => {
    const readiness = new Readiness(false);
    const seen: number[] = [];
    mergeByTime([[1], [2]], { timeOf, readiness }).subscribe((n) => {
      seen.push(n);
      readiness.next(false);
    });
    const before = [...seen];
    readiness.next(true);
    expect([before, seen]).toEqual([[], [1]]);
  });

  it('a source that has ended is not returned', () => {
    const log: string[] = [];
    mergeByTime([logged([], log, 'A'), logged([1, 2], log, 'B')], { timeOf })
      .pipe(take(1))
      .subscribe();
    expect(log).toEqual(['A end', 'B 1', 'B returned']);
  });

  it('a source that fails, fails the merge; the others are returned', () => {
    const log: string[] = [];
    const errors: unknown[] = [];
    const failing = {
      *[Symbol.iterator]() {
        yield 1;
        throw new Error('broken');
      },
    };
    const seen: number[] = [];
    mergeByTime([failing, logged([2], log, 'B')], { timeOf }).subscribe({
      next: (n) => seen.push(n),
      error: (error: unknown) => errors.push(messageOf(error)),
    });
    expect([seen, errors, log]).toEqual([[1], ['broken'], ['B 2', 'B returned']]);
  });

  it('a source that cannot be opened: those before it are returned', () => {
    const log: string[] = [];
    const closed = {
      [Symbol.iterator]: (): never => {
        throw new Error('closed');
      },
    };
    const errors: unknown[] = [];
    mergeByTime([logged([1], log, 'A'), closed], { timeOf }).subscribe({
      error: (error: unknown) => errors.push(messageOf(error)),
    });
    expect([errors, log]).toEqual([['closed'], ['A returned']]);
  });

  it('timeOf that throws is an error of the stream; the sources are returned', () => {
    const log: string[] = [];
    const errors: unknown[] = [];
    const broken = (): never => {
      throw new Error('broken');
    };
    mergeByTime([logged([1], log, 'A')], { timeOf: broken }).subscribe({
      error: (error: unknown) => errors.push(messageOf(error)),
    });
    expect([errors, log]).toEqual([['broken'], ['A 1', 'A returned']]);
  });

  it('one that cannot be returned does not keep the others from it, and is told', () => {
    const log: string[] = [];
    const stuck: Iterable<number> = {
      [Symbol.iterator]: () => ({
        next: () => ({ done: false, value: 0 }),
        return: () => {
          throw new Error('stuck');
        },
      }),
    };
    const readiness = new Readiness();
    const subscription = mergeByTime([stuck, logged([1], log, 'B')], {
      timeOf,
      readiness,
    }).subscribe(() => {
      readiness.next(false);
    });
    expect(() => {
      subscription.unsubscribe();
    }).toThrow('stuck');
    expect(log).toEqual(['B 1', 'B returned']);
  });

  it('left from within timeOf: everything is returned all the same', () => {
    const log: string[] = [];
    const readiness = new Readiness(false);
    const subscription = mergeByTime([logged([1, 2], log, 'A')], {
      readiness,
      timeOf: (n) => {
        if (n === 2) subscription.unsubscribe();
        return n;
      },
    }).subscribe();
    readiness.next(true);
    expect(log).toEqual(['A 1', 'A 2', 'A returned']);
  });
});

describe('mergeByTime: asynchronous sources', () => {
  it('one that fails is not kept waiting by one that never answers', async () => {
    const never: AsyncIterable<number> = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise(() => undefined),
        return: () => new Promise(() => undefined),
      }),
    };
    const failing = async function* (): AsyncGenerator<number> {
      await settled();
      yield* [];
      throw new Error('broken');
    };
    const merged = mergeByTime([never, failing()], { timeOf });
    await expect(collect(merged)).rejects.toThrow('broken');
  });

  it('left while one is being waited for: all are returned at once', () => {
    const log: string[] = [];
    const never: AsyncIterable<number> = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise(() => undefined),
        return: async () => {
          log.push('returned');
          return { done: true, value: undefined };
        },
      }),
    };
    mergeByTime([never, logged([1], log, 'B')], { timeOf })
      .subscribe()
      .unsubscribe();
    expect(log).toEqual(['B 1', 'returned', 'B returned']);
  });

  it('mixed with synchronous ones', async () => {
    const merged = mergeByTime([later(1, 4), [2, 3], later()], { timeOf });
    expect(await collect(merged)).toEqual([1, 2, 3, 4]);
  });
});

describe('mergeByTime: Observables', () => {
  const capacity = 3;

  it('are refused without a capacity', () => {
    expect(() => mergeByTime([of(1)], { timeOf })).toThrow(OptionError);
  });

  it.each([0, -1, 1.5, NaN])('a capacity of %p is refused', (none) => {
    expect(() => mergeByTime([of(1)], { timeOf, capacity: none })).toThrow(OptionError);
  });

  it('what comes early waits for the others', async () => {
    const [a, b] = [new Subject<number>(), new Subject<number>()];
    const seen: number[] = [];
    mergeByTime([a, b], { timeOf, capacity }).subscribe((n) => seen.push(n));
    for (const n of [1, 4, 5]) a.next(n);
    await settled();
    const before = [...seen];
    b.next(2);
    b.complete();
    a.complete();
    await settled();
    expect([before, seen]).toEqual([[], [1, 2, 4, 5]]);
  });

  it('one that emits and ends at once', async () => {
    const merged = mergeByTime([of(1, 3), [2]], { timeOf, capacity });
    expect(await collect(merged)).toEqual([1, 2, 3]);
  });

  it('one that emits more at once than may wait is left, and its error comes behind what waits', () => {
    let left = 0;
    const flood = new Observable<number>((subscriber) => {
      for (let n = 1; !subscriber.closed && n < 1_000; n += 1) subscriber.next(n);
      return () => (left += 1);
    });
    const books = booksOf();
    const seen: unknown[] = [];
    mergeByTime([flood], { timeOf, capacity, events: books }).subscribe({
      next: (n) => seen.push(n),
      error: (error: unknown) => seen.push(error),
    });
    expect(seen).toEqual([1, 2, 3, new OverflowError('mergeByTime', 3)]);
    expect([left, books.counts.discarded]).toEqual([1, 1]);
  });

  it('its error comes behind what it emitted before', () => {
    const source = new Observable<number>((subscriber) => {
      subscriber.next(1);
      subscriber.error(failure);
    });
    const seen: unknown[] = [];
    mergeByTime([source, [2]], { timeOf, capacity }).subscribe({
      next: (n) => seen.push(n),
      error: (error: unknown) => seen.push(error),
    });
    expect(seen).toEqual([1, failure]);
  });

  it('an error that is waited for arrives', async () => {
    const source = new Subject<number>();
    const error = new Promise((resolve) => {
      mergeByTime([source], { timeOf, capacity }).subscribe({ error: resolve });
    });
    source.error(failure);
    expect(await error).toBe(failure);
  });

  it.each([
    ['dropOldest', [3, 4, 5], [1, 2]],
    ['dropLatest', [1, 2, 3], [4, 5]],
    ['conflate', [3, 4, 5], [1, 2]],
  ] as const)('%s: what is dropped is counted', (overflow, kept, dropped) => {
    const books = booksOf();
    const seen: number[] = [];
    const options: MergeByTimeOptions<number> = {
      timeOf,
      capacity,
      overflow,
      keyOf: String,
      events: books,
      edge: 'feed',
    };
    mergeByTime([of(1, 2, 3, 4, 5)], options).subscribe((n) => seen.push(n));
    expect([seen, books.all.map(({ key, edge }) => [edge, Number(key)])]).toEqual([
      kept,
      dropped.map((n) => ['feed', n]),
    ]);
  });

  it('left: the Observables are left at once, and what waits is discarded and counted', () => {
    const books = booksOf();
    const [a, b] = [new Subject<number>(), new Subject<number>()];
    const subscription = mergeByTime([a, b, NEVER], {
      timeOf,
      capacity,
      events: books,
    }).subscribe();
    for (const n of [1, 2, 3]) a.next(n);
    subscription.unsubscribe();
    expect([a.observed, b.observed, books.counts.discarded]).toEqual([false, false, 3]);
  });

  it('one that fails at once, among others that are left', () => {
    const other = new Subject<number>();
    const errors: unknown[] = [];
    mergeByTime([other, throwError(() => failure)], { timeOf, capacity }).subscribe({
      error: (error: unknown) => errors.push(error),
    });
    expect([errors, other.observed]).toEqual([[failure], false]);
  });
});
