import { BehaviorSubject, take } from 'rxjs';
import { pull, Readiness } from '../../operators';
import { failure, messageOf } from '../support/collect';
import { loggedChunks } from './loggedChunks';

describe('pull: the iterator is returned exactly once, and only if it has not ended', () => {
  it.each([
    ['ended', undefined, ['open', 'next', 'next', 'next']],
    ['left after one item', 1, ['open', 'next', 'return']],
    ['left after a chunk', 2, ['open', 'next', 'return']],
    ['left after all of them', 3, ['open', 'next', 'next', 'return']],
  ])('%s', (_title, count, expected) => {
    const { log, iterable } = loggedChunks([['a', 'b'], ['c']]);
    const subscription = pull(iterable)
      .pipe(take(count ?? Infinity))
      .subscribe();
    subscription.unsubscribe();
    expect(log).toEqual(expected);
  });

  it('pulled that throws: an error, and the iterator is returned', () => {
    const { log, iterable } = loggedChunks([['a']]);
    const errors: unknown[] = [];
    const pulled = (): never => {
      throw new Error('broken');
    };
    pull(iterable, { onPull: pulled }).subscribe({
      error: (error: unknown) => errors.push(messageOf(error)),
    });
    expect([errors, log]).toEqual([['broken'], ['open', 'next', 'return']]);
  });

  it('a readiness that fails: an error, and the iterator is returned', () => {
    const { log, iterable } = loggedChunks([['a']]);
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

  it('left while it says that it has ended: it is not returned', () => {
    let returned = false;
    const readiness = new Readiness(false);
    const iterator: Iterator<string[]> = {
      next: () => {
        subscription.unsubscribe();
        return { done: true, value: undefined };
      },
      return: () => {
        returned = true;
        return { done: true, value: undefined };
      },
    };
    const subscription = pull({ [Symbol.iterator]: () => iterator }, { readiness }).subscribe();
    readiness.next(true);
    expect([subscription.closed, returned]).toEqual([true, false]);
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
          log.push('left');
          yield ['a'];
        } finally {
          log.push('returned');
        }
      },
    };
    const subscription = pull(chunks, { readiness }).subscribe((item) => log.push(item));
    readiness.next(true);
    expect(log).toEqual(['left', 'returned']);
  });

  it('a chunk that does not come, later: an error, and the iterator is not returned', async () => {
    let returned = false;
    const iterator: AsyncIterator<string[]> = {
      next: () => Promise.reject(failure),
      return: async () => {
        returned = true;
        return { done: true, value: undefined };
      },
    };
    const error = await new Promise((resolve) => {
      pull({ [Symbol.asyncIterator]: () => iterator }).subscribe({ error: resolve });
    });
    expect([error, returned]).toEqual([failure, false]);
  });
});

describe('pull: pulled', () => {
  it('says how long a chunk took, and how many items it has', () => {
    let time = 1_000;
    const now = jest.spyOn(performance, 'now').mockImplementation(() => time);
    const chunks = {
      *[Symbol.iterator]() {
        time += 5;
        yield ['a', 'b'];
        time += 7;
        yield ['c'];
      },
    };
    const log: [number, number][] = [];
    pull(chunks, { onPull: (took, items) => log.push([took, items]) }).subscribe();
    now.mockRestore();
    expect(log).toEqual([
      [5, 2],
      [7, 1],
    ]);
  });

  it('says nothing of a chunk that comes when nobody waits for it any more', async () => {
    const pulled = jest.fn();
    const chunks = async function* (): AsyncGenerator<string[]> {
      yield ['a'];
    };
    pull(chunks(), { onPull: pulled }).subscribe().unsubscribe();
    await new Promise(setImmediate);
    expect(pulled).not.toHaveBeenCalled();
  });
});
