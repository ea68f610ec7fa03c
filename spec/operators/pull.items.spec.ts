import { Readable } from 'node:stream';
import { pull, Readiness } from '../../operators';
import type { Observable } from 'rxjs';
import { collect } from '../support/collect';

describe('pull: plain iterables', () => {
  it.each<[string, () => Observable<unknown>, unknown[]]>([
    ['numbers', () => pull([1, 2, 3]), [1, 2, 3]],
    ['strings stay whole', () => pull(['ab', 'cd']), ['ab', 'cd']],
    ['arrays are chunks', () => pull([[1, 2], [], [3]]), [1, 2, 3]],
    ['items and chunks', () => pull<unknown>([1, [2, 3]]), [1, 2, 3]],
    ['undefined, null and 0 are items', () => pull([undefined, null, 0]), [undefined, null, 0]],
    ['a Set', () => pull(new Set(['a', 'b'])), ['a', 'b']],
    ['wrapped arrays are items', () => pull([[[1, 2]]]), [[1, 2]]],
  ])('%s', async (_title, make, expected) => {
    expect(await collect(make())).toEqual(expected);
  });

  it('an asynchronous iterable of items', async () => {
    async function* lines(): AsyncGenerator<string> {
      yield 'a';
      await Promise.resolve();
      yield 'b';
    }
    expect(await collect(pull(lines()))).toEqual(['a', 'b']);
  });

  it('a stream of Node’s: its buffers, and not their bytes', async () => {
    const stream = Readable.from([Buffer.from('ab'), Buffer.from('cd')]);
    expect((await collect(pull<Buffer>(stream))).map(String)).toEqual(['ab', 'cd']);
  });

  it('asks for an item only when the consumer is ready', () => {
    const readiness = new Readiness();
    let read = 0;
    function* numbers(): Generator<number> {
      while (read < 9) yield (read += 1);
    }
    pull(numbers(), { readiness }).subscribe(() => {
      readiness.next(false);
    });
    const first = read;
    readiness.next(true);
    expect([first, read]).toEqual([1, 2]);
  });

  it('has the type of its items', () => {
    // A type that is wrong fails the type check.
    const typed: [Observable<number>, Observable<number>, Observable<string>] = [
      pull([1]),
      pull([[1]]),
      pull(['a']),
    ];
    expect(typed).toHaveLength(3);
  });
});
