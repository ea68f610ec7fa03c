import { EMPTY, NEVER, Observable, of, Subject, throwError, VirtualTimeScheduler } from 'rxjs';
import { OptionError, OverflowError } from '../../../operators';
import { iterateEachValue } from '../../../operators/internal/iterateEachValue';
import type { PullIterator } from '../../../operators/kernel/iteratorOf';
import { booksOf } from '../../support/books';
import { failure } from '../../support/collect';

const edge = 'feed';

/** Everything that is there already; `|` where it ended, the error where it failed. */
function drained(pulling: PullIterator<unknown>): unknown[] {
  const all: unknown[] = [];
  try {
    for (;;) {
      const result = pulling.next() as IteratorResult<unknown>;
      if (result.done === true) return [...all, '|'];
      all.push(result.value);
    }
  } catch (error) {
    return [...all, error];
  }
}

describe('observed: what is there already', () => {
  const bare = new Observable<never>((subscriber) => {
    subscriber.error(undefined);
  });

  it.each([
    ['nothing', EMPTY, ['|']],
    ['one item', of('a'), ['a', '|']],
    ['many items', of('a', 'b', 'c'), ['a', 'b', 'c', '|']],
    ['undefined, null and NaN', of(undefined, null, NaN), [undefined, null, NaN, '|']],
    ['an error', throwError(() => failure), [failure]],
    ['an error that is undefined', bare, [undefined]],
  ])('%s comes at once', (_title, source: Observable<unknown>, expected) => {
    expect(drained(iterateEachValue(source, { edge }))).toEqual(expected);
  });

  it('an error comes behind what was emitted before it', () => {
    const source = new Subject<string>();
    const pulling = iterateEachValue(source, { edge });
    source.next('a');
    source.error(failure);
    expect(drained(pulling)).toEqual(['a', failure]);
  });

  it('the end and the error stay what they are, however often they are asked for', () => {
    const ended = iterateEachValue(EMPTY, { edge });
    const failed = iterateEachValue(
      throwError(() => failure),
      { edge },
    );
    expect([drained(ended), drained(ended)]).toEqual([['|'], ['|']]);
    expect([drained(failed), drained(failed)]).toEqual([[failure], [failure]]);
  });

  it('it is subscribed to at once, and once', () => {
    let subscriptions = 0;
    const source = new Observable<string>((subscriber) => {
      subscriptions += 1;
      subscriber.next('a');
    });
    const pulling = iterateEachValue(source, { edge });
    const before = subscriptions;
    void pulling.next();
    void pulling.next();
    expect([before, subscriptions]).toEqual([1, 1]);
  });
});

describe('observed: what is waited for', () => {
  it.each<[string, (source: Subject<string>) => void, unknown]>([
    ['an item', (source) => source.next('a'), { done: false, value: 'a' }],
    ['the end', (source) => source.complete(), { done: true, value: undefined }],
  ])('%s', async (_title, happens, expected) => {
    const source = new Subject<string>();
    const answer = iterateEachValue(source, { edge }).next();
    happens(source);
    expect(await answer).toEqual(expected);
  });

  it('the error', async () => {
    const source = new Subject<string>();
    const answer = iterateEachValue(source, { edge }).next();
    source.error(failure);
    await expect(answer).rejects.toBe(failure);
  });

  it('whoever waits while it is left is told of an end', async () => {
    const pulling = iterateEachValue(NEVER, { edge });
    const answer = pulling.next();
    pulling.return?.();
    expect(await answer).toEqual({ done: true, value: undefined });
  });

  it('the first of several at once answers, the others wait', async () => {
    const source = new Subject<string>();
    const pulling = iterateEachValue(source, { edge });
    const answer = pulling.next();
    for (const item of ['a', 'b', 'c']) source.next(item);
    source.complete();
    expect(await answer).toEqual({ done: false, value: 'a' });
    expect(drained(pulling)).toEqual(['b', 'c', '|']);
  });
});

describe('observed: a full inbox', () => {
  it('is an error behind what waits; the Observable is left, and the item discarded', () => {
    const books = booksOf();
    const source = new Subject<string>();
    const keyOf = (item: string): string => `key ${item}`;
    const pulling = iterateEachValue(source, { edge, capacity: 2, events: books, keyOf });
    for (const item of ['a', 'b', 'c', 'd']) source.next(item);
    expect(source.observed).toBe(false);
    expect(books.all.map(({ type, edge: of, key, count }) => [type, of, key, count])).toEqual([
      ['discarded', edge, 'key c', 1],
    ]);
    expect(drained(pulling)).toEqual(['a', 'b', new OverflowError(edge, 2)]);
  });

  it('has room again for as much as was taken', () => {
    const source = new Subject<string>();
    const pulling = iterateEachValue(source, { edge, capacity: 2 });
    source.next('a');
    source.next('b');
    void pulling.next();
    source.next('c');
    source.complete();
    expect(drained(pulling)).toEqual(['b', 'c', '|']);
  });

  it.each([
    ['dropOldest', ['c', 'd', '|'], ['a', 'b']],
    ['dropLatest', ['a', 'b', '|'], ['c', 'd']],
  ] as const)('%s: goes on, and counts what had to go', (overflow, kept, gone) => {
    const books = booksOf();
    const keyOf = (item: string): string => item;
    const options = { edge, capacity: 2, overflow, events: books, keyOf };
    const pulling = iterateEachValue(of('a', 'b', 'c', 'd'), options);
    expect(books.all.map(({ type, key }) => [type, key])).toEqual(
      gone.map((item) => ['dropped', item]),
    );
    expect(drained(pulling)).toEqual(kept);
  });

  it('tells in the scheduler’s time when an item went', () => {
    const scheduler = new VirtualTimeScheduler();
    const books = booksOf();
    const source = new Subject<string>();
    iterateEachValue(source, {
      edge,
      capacity: 1,
      overflow: 'dropLatest',
      events: books,
      scheduler,
    });
    scheduler.schedule(() => source.next('a'), 3);
    scheduler.schedule(() => source.next('b'), 8);
    scheduler.flush();
    expect(books.all.map(({ at }) => at)).toEqual([8]);
  });

  it('what the events’ observer throws is the error, behind what waits', () => {
    const source = new Subject<string>();
    const events = {
      next: () => {
        throw failure;
      },
    };
    const pulling = iterateEachValue(source, { edge, capacity: 1, overflow: 'dropLatest', events });
    source.next('a');
    source.next('b');
    expect([drained(pulling), source.observed]).toEqual([['a', failure], false]);
  });

  it.each([0, -1, 1.5, NaN])('a capacity of %p is refused', (capacity) => {
    expect(() => iterateEachValue(NEVER, { edge, capacity })).toThrow(OptionError);
  });
});

describe('observed: left early', () => {
  it('leaves the Observable, and what waits is discarded and counted', () => {
    const books = booksOf();
    const source = new Subject<string>();
    const pulling = iterateEachValue(source, { edge, events: books, keyOf: (item) => item });
    for (const item of ['a', 'b', 'c']) source.next(item);
    void pulling.next();
    pulling.return?.();
    expect(books.all.map(({ type, key }) => [type, key])).toEqual([
      ['discarded', 'b'],
      ['discarded', 'c'],
    ]);
    expect([source.observed, drained(pulling)]).toEqual([false, ['|']]);
  });

  it('discards nothing twice', () => {
    const books = booksOf();
    const pulling = iterateEachValue(of('a'), { edge, events: books });
    pulling.return?.();
    pulling.return?.();
    expect(books.counts.discarded).toBe(1);
  });
});
