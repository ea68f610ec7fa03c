import { asyncScheduler, BehaviorSubject, repeat, take } from 'rxjs';
import { pull, Readiness, VirtualClock } from '../../operators';
import type { PullOptions } from '../../operators';
import { marbles } from '../support/marbles';
import { collect, failure, messageOf } from '../support/collect';

// Demand is a boolean: the boxes of numbered demand do not apply. Nothing is buffered but the chunk.

/** An iterator that keeps a log of what is asked of it. */
const logged = (chunks: readonly string[][]) => {
  const log: string[] = [];
  const iterable: Iterable<readonly string[]> = {
    [Symbol.iterator]() {
      let at = 0;
      log.push('open');
      return {
        next() {
          log.push('next');
          const value = chunks[at];
          at += 1;
          return value === undefined ? { done: true, value } : { done: false, value };
        },
        return() {
          log.push('return');
          return { done: true, value: undefined };
        },
      };
    },
  };
  return { log, iterable };
};

/** Resolves when all promises that are ready have had their turn. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('pull', () => {
  it.each([
    ['nothing', [], '|'],
    ['an empty chunk', [[]], '|'],
    ['one item', [['a']], '(a|)'],
    ['many chunks', [['a', 'b'], [], ['c']], '(abc|)'],
  ])('%s, synchronously', (_title, chunks, result) => {
    marbles(({ expectObservable }) => {
      expectObservable(pull(chunks)).toBe(result);
    });
  });

  it('emits and pulls only while ready, and asks after each item', () => {
    marbles(({ ready, expectObservable }) => {
      const readiness = ready('f--t-----t---');
      const { iterable } = logged([['a', 'b'], ['c']]);
      const flow = pull(iterable, { readiness });
      expectObservable(flow).toBe('---(abc|)');
    });
  });

  it('pulls no chunk that nobody is ready for', () => {
    const { log, iterable } = logged([['a', 'b'], ['c']]);
    const readiness = new BehaviorSubject(true);
    pull(iterable, { readiness }).subscribe((item) => {
      if (item === 'b') readiness.next(false);
    });
    expect(log).toEqual(['open', 'next']);
  });

  it('getting ready within next does not emit within next', () => {
    const readiness = new Readiness();
    const log: string[] = [];
    pull([['a', 'b']], { readiness }).subscribe((item) => {
      log.push(`<${item}`);
      readiness.next(false);
      readiness.next(true);
      log.push(`${item}>`);
    });
    expect(log).toEqual(['<a', 'a>', '<b', 'b>']);
  });

  it('an iterator of its own for each subscriber, and for each repetition', () => {
    const { log, iterable } = logged([['a']]);
    pull(iterable).pipe(repeat(2)).subscribe();
    pull(iterable).subscribe();
    expect(log.filter((what) => what === 'open')).toHaveLength(3);
  });

  it('undefined, null and NaN are items', () => {
    const seen: unknown[] = [];
    pull([[undefined, null, NaN]]).subscribe((item) => seen.push(item));
    expect(seen).toEqual([undefined, null, NaN]);
  });

  it('100,000 chunks do not grow the stack', () => {
    let seen = 0;
    pull(new Array<number[]>(100_000).fill([1])).subscribe(() => (seen += 1));
    expect(seen).toBe(100_000);
  });

  it('tells how long a chunk took, and how many items it has', () => {
    const told: [boolean, number][] = [];
    const pulled = (took: number, items: number): unknown => told.push([took >= 0, items]);
    pull([['a', 'b'], ['c']], { pulled }).subscribe();
    expect(told).toEqual([
      [true, 2],
      [true, 1],
    ]);
  });
});

describe('pull: the iterator is returned exactly once, and only if it has not ended', () => {
  it.each([
    ['ended', undefined, ['open', 'next', 'next', 'next']],
    ['left after one item', 1, ['open', 'next', 'return']],
    ['left after a chunk', 2, ['open', 'next', 'return']],
    ['left after all of them', 3, ['open', 'next', 'next', 'return']],
  ])('%s', (_title, count, expected) => {
    const { log, iterable } = logged([['a', 'b'], ['c']]);
    const subscription = pull(iterable)
      .pipe(take(count ?? Infinity))
      .subscribe();
    subscription.unsubscribe();
    expect(log).toEqual(expected);
  });

  it('pulled that throws: an error, and the iterator is returned', () => {
    const { log, iterable } = logged([['a']]);
    const errors: unknown[] = [];
    const pulled = (): never => {
      throw new Error('broken');
    };
    pull(iterable, { pulled }).subscribe({
      error: (error: unknown) => errors.push(messageOf(error)),
    });
    expect([errors, log]).toEqual([['broken'], ['open', 'next', 'return']]);
  });

  it('a readiness that fails: an error, and the iterator is returned', () => {
    const { log, iterable } = logged([['a']]);
    const readiness = new BehaviorSubject(false);
    const errors: unknown[] = [];
    pull(iterable, { readiness }).subscribe({ error: (error: unknown) => errors.push(error) });
    readiness.error(failure);
    expect([errors, log]).toEqual([[failure], ['open', 'return']]);
  });

  it('next that throws: an error, and the iterator is not returned', () => {
    let returned = false;
    const iterator: Iterator<string[]> = {
      next: () => {
        throw new Error('broken');
      },
      return: () => {
        returned = true;
        return { done: true, value: undefined };
      },
    };
    const errors: unknown[] = [];
    pull({ [Symbol.iterator]: () => iterator }).subscribe({
      error: (error: unknown) => errors.push(messageOf(error)),
    });
    expect([errors, returned]).toEqual([['broken'], false]);
  });

  it('no iterator at all is an error of the stream', () => {
    const errors: unknown[] = [];
    const iterable = {
      [Symbol.iterator]: (): never => {
        throw new Error('broken');
      },
    };
    pull(iterable).subscribe({ error: (error: unknown) => errors.push(messageOf(error)) });
    expect(errors).toEqual(['broken']);
  });

  it('left while the source itself is at work: it is returned when that is done', () => {
    const log: string[] = [];
    const readiness = new Readiness(false);
    const chunks = {
      *[Symbol.iterator]() {
        try {
          subscription.unsubscribe();
          yield ['a'];
        } finally {
          log.push('returned');
        }
      },
    };
    const subscription = pull(chunks, { readiness }).subscribe((item) => log.push(item));
    readiness.next(true);
    expect(log).toEqual(['returned']);
  });
});

describe('pull: asynchronous sources', () => {
  const source = async function* (...chunks: string[][]): AsyncGenerator<string[]> {
    for (const chunk of chunks) {
      await settled();
      yield chunk;
    }
  };

  it('emits everything in order, and completes', async () => {
    const flow = pull(source(['a', 'b'], ['c']));
    expect(await collect(flow)).toEqual(['a', 'b', 'c']);
  });

  it('fails when the source does', async () => {
    const failing = async function* (): AsyncGenerator<string[]> {
      yield ['a'];
      await settled();
      throw new Error('broken');
    };
    await expect(collect(pull(failing()))).rejects.toThrow('broken');
  });

  it('waits for one chunk at a time, however often the readiness changes', async () => {
    let asked = 0;
    const never: AsyncIterable<string[]> = {
      [Symbol.asyncIterator]: () => ({
        next: () => {
          asked += 1;
          return new Promise(() => undefined);
        },
      }),
    };
    const readiness = new BehaviorSubject(true);
    const subscription = pull(never, { readiness }).subscribe();
    readiness.next(false);
    readiness.next(true);
    await settled();
    subscription.unsubscribe();
    expect(asked).toBe(1);
  });

  it('left while a chunk is under way: returned at once, without waiting for it', () => {
    const log: string[] = [];
    const pending: AsyncIterable<string[]> = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise(() => undefined),
        return: () => {
          log.push('return');
          return new Promise(() => undefined);
        },
      }),
    };
    pull(pending).subscribe().unsubscribe();
    expect(log).toEqual(['return']);
  });

  it('left while a chunk is under way that comes nevertheless: nothing is emitted', async () => {
    const seen: string[] = [];
    pull(source(['a']))
      .subscribe((item) => seen.push(item))
      .unsubscribe();
    await settled();
    await settled();
    expect(seen).toEqual([]);
  });

  it('left while a chunk is under way that fails: that is nobody’s error', async () => {
    const failing: AsyncIterable<string[]> = {
      [Symbol.asyncIterator]: () => ({
        next: async () => {
          await settled();
          throw new Error('late');
        },
        return: async () => {
          throw new Error('late too');
        },
      }),
    };
    const errors: unknown[] = [];
    pull(failing)
      .subscribe({ error: (error: unknown) => errors.push(error) })
      .unsubscribe();
    await settled();
    await settled();
    expect(errors).toEqual([]);
  });

  it('a virtual clock stands still while a chunk is under way, and goes on when nobody waits', async () => {
    const clock = new VirtualClock();
    const log: string[] = [];
    clock.schedule(() => log.push('later'), 1_000);
    pull(source(['a']), { scheduler: clock }).subscribe((item) =>
      log.push(`${item} at ${clock.now()}`),
    );
    await settled();
    await settled();
    await settled();
    expect(log).toEqual(['a at 0', 'later']);
  });

  it('a virtual clock goes on when a chunk that never comes is left', async () => {
    const clock = new VirtualClock();
    const log: string[] = [];
    clock.schedule(() => log.push('later'), 1_000);
    const never: AsyncIterable<string[]> = {
      [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => undefined) }),
    };
    pull(never, { scheduler: clock }).subscribe().unsubscribe();
    await settled();
    expect(log).toEqual(['later']);
  });
});

describe('pull: turns of the event loop', () => {
  const items = 200_000;
  const chunks = new Array<number[]>(items / 1_000).fill(new Array<number>(1_000).fill(0));
  const synchronously = (options: PullOptions): number => {
    let seen = 0;
    pull(chunks, options)
      .subscribe(() => (seen += 1))
      .unsubscribe();
    return seen;
  };

  it('none without a scheduler, and none in virtual time', () => {
    expect(synchronously({})).toBe(items);
    marbles(({ scheduler }) => {
      expect(synchronously({ scheduler })).toBe(items);
    });
  });

  it('between chunks, now and then, with one that runs on the event loop', async () => {
    expect(synchronously({ scheduler: asyncScheduler })).toBeLessThan(items);
    const flow = pull(chunks, { scheduler: asyncScheduler });
    expect(await collect(flow)).toHaveLength(items);
  });
});
