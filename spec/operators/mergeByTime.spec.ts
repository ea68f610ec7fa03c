import fc from 'fast-check';
import { take } from 'rxjs';
import { mergeByTime, Readiness } from '../../operators';
import { marbles } from '../support/marbles';
import { collect, messageOf } from '../support/collect';
import { loggedItems } from './loggedItems';

interface Tick {
  readonly time: number;
  readonly source: number;
}

const timeOf = (n: number): number => n;

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
    const sources = [loggedItems([1, 4], log, 'A'), loggedItems([2, 3], log, 'B')];
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
    mergeByTime([loggedItems([], log, 'A'), loggedItems([1, 2], log, 'B')], { timeOf })
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
    mergeByTime([failing, loggedItems([2], log, 'B')], { timeOf }).subscribe({
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
    mergeByTime([loggedItems([1], log, 'A'), closed], { timeOf }).subscribe({
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
    mergeByTime([loggedItems([1], log, 'A')], { timeOf: broken }).subscribe({
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
    const subscription = mergeByTime([stuck, loggedItems([1], log, 'B')], {
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
    const subscription = mergeByTime([loggedItems([1, 2], log, 'A')], {
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
