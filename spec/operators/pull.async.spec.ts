import { asyncScheduler, BehaviorSubject } from 'rxjs';
import { pull, VirtualClock } from '../../operators';
import type { PullOptions } from '../../operators';
import { marbles } from '../support/marbles';
import { collect } from '../support/collect';

/** Resolves when all promises that are ready have had their turn. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

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
