import { BehaviorSubject, repeat } from 'rxjs';
import { pull, Readiness } from '../../operators';
import { marbles } from '../support/marbles';
import { loggedChunks } from './loggedChunks';

// Demand is a boolean: the boxes of numbered demand do not apply. Nothing is buffered but the chunk.

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
      const { iterable } = loggedChunks([['a', 'b'], ['c']]);
      const flow = pull(iterable, { readiness });
      expectObservable(flow).toBe('---(abc|)');
    });
  });

  it('pulls no chunk that nobody is ready for', () => {
    const { log, iterable } = loggedChunks([['a', 'b'], ['c']]);
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
    const { log, iterable } = loggedChunks([['a']]);
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
    pull([['a', 'b'], ['c']], { onPull: pulled }).subscribe();
    expect(told).toEqual([
      [true, 2],
      [true, 1],
    ]);
  });
});
