import { mergeByTime } from '../../operators';
import { collect } from '../support/collect';
import { loggedItems } from './loggedItems';

const timeOf = (n: number): number => n;
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const later = async function* (...items: number[]): AsyncGenerator<number> {
  for (const item of items) {
    await settled();
    yield item;
  }
};

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
    mergeByTime([never, loggedItems([1], log, 'B')], { timeOf })
      .subscribe()
      .unsubscribe();
    expect(log).toEqual(['B 1', 'returned', 'B returned']);
  });

  it('mixed with synchronous ones', async () => {
    const merged = mergeByTime([later(1, 4), [2, 3], later()], { timeOf });
    expect(await collect(merged)).toEqual([1, 2, 3, 4]);
  });
});
