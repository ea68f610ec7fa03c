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

describe('how long a chunk takes', () => {
  /** Stopwatches that show other times: calls take 1, waiting takes 10. */
  function given(...answers: (Result | Promise<Result>)[]) {
    let called = 0;
    let awaited = 0;
    const stopwatches = { called: () => (called += 1), awaited: () => (awaited += 10) };
    const took: number[] = [];
    const { iterator } = iteratorOf(...answers);
    const reader = new ChunkReader(iterator, (ms) => took.push(ms), stopwatches);
    return { reader, took };
  }

  it('is the call', () => {
    const { reader, took } = given(some('a'), some('b'));
    reader.ask();
    reader.ask();
    expect(took).toEqual([1, 1]);
  });

  it('is the call and the wait for what it promised', async () => {
    const { reader, took } = given(Promise.resolve(some('a')));
    await reader.ask();
    expect(took).toEqual([11]);
  });

  it('is not measured where nobody wants to know', async () => {
    const called = jest.fn(() => 0);
    const { iterator } = iteratorOf(Promise.resolve(some('a')));
    await new ChunkReader(iterator, undefined, { called, awaited: called }).ask();
    expect(called).not.toHaveBeenCalled();
  });
});

it('an item that was looked at is still there', () => {
  const { iterator } = iteratorOf(some('a', 'b'));
  const chunks = new ChunkReader(iterator);
  chunks.ask();
  expect([chunks.peek(), chunks.peek(), takeAll(chunks)]).toEqual(['a', 'a', 'ab']);
});

it('an iterator that cannot be returned is left all the same', () => {
  const chunks = new ChunkReader<string>({ next: () => some('a') });
  chunks.ask();
  chunks.leave();
  expect([chunks.hasNext, chunks.isOver]).toEqual([false, true]);
});
