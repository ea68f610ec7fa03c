import { ChunkReader } from '../../../operators/kernel/chunkReader';
import type { PullIterator } from '../../../operators/kernel/iteratorOf';
import { failure } from '../../support/collect';

type Result = IteratorResult<readonly string[]>;
const some = (...value: string[]): Result => ({ done: false, value });
const END: Result = { done: true, value: undefined };

/** An iterator that answers so, in turn, and how often it was returned. */
function iteratorOf(...answers: (Result | Promise<Result>)[]) {
  const log = { returned: 0 };
  const iterator: PullIterator<readonly string[]> = {
    next: () => answers.shift() ?? END,
    return: () => (log.returned += 1),
  };
  return { iterator, log };
}

const takeAll = (chunks: ChunkReader<string>): string => {
  let all = '';
  while (chunks.hasNext) all += chunks.take();
  return all;
};

describe('ChunkReader', () => {
  it('gives the items of the chunk at hand, then has to be asked', () => {
    const { iterator } = iteratorOf(some('a', 'b'), some(), some('c'));
    const chunks = new ChunkReader(iterator);
    const seen: string[] = [];
    while (!chunks.isOver) {
      expect(chunks.ask()).toBeUndefined();
      seen.push(takeAll(chunks));
    }
    expect(seen).toEqual(['ab', '', 'c', '']);
  });

  it('a chunk that comes later: whoever asks meanwhile waits for the same', async () => {
    const { iterator, log } = iteratorOf(Promise.resolve(some('a')), some('b'));
    const chunks = new ChunkReader(iterator);
    const [first, second] = [chunks.ask(), chunks.ask()];
    expect(first).toBeInstanceOf(Promise);
    expect(second).toBe(first);
    await first;
    expect(takeAll(chunks)).toBe('a');
    chunks.ask();
    expect([takeAll(chunks), log.returned]).toEqual(['b', 0]);
  });

  it('a chunk that fails to come: there is none any more', async () => {
    const { iterator, log } = iteratorOf(Promise.reject(failure));
    const chunks = new ChunkReader(iterator);
    await expect(chunks.ask()).rejects.toBe(failure);
    chunks.leave();
    expect([chunks.isOver, log.returned]).toEqual([true, 0]);
  });

  it('left: nothing is at hand any more, and what comes later neither', async () => {
    const told: number[] = [];
    const { iterator, log } = iteratorOf(some('a'), Promise.resolve(some('b', 'c')));
    const chunks = new ChunkReader(iterator, (_took, items) => told.push(items));
    chunks.ask();
    takeAll(chunks);
    const later = chunks.ask();
    chunks.leave();
    chunks.leave();
    await later;
    expect([chunks.hasNext, chunks.isOver, log.returned, told]).toEqual([false, true, 1, [1]]);
  });
});
