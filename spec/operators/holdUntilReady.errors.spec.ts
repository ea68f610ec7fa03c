import { BehaviorSubject, of, Subject } from 'rxjs';
import { holdUntilReady, Readiness } from '../../operators';
import type { HoldUntilReadyOptions } from '../../operators';
import { booksOf } from '../support/books';
import { marbles } from '../support/marbles';
import { failure } from '../support/collect';

describe('holdUntilReady: whatever a callback throws is an error of the stream', () => {
  const broken = (): never => {
    throw new Error('broken');
  };
  const cases: [string, HoldUntilReadyOptions<string>, string][] = [
    ['onRelease', { onRelease: broken }, '----#'],
    ['holding', { holding: { next: broken } }, '-#'],
    ['keyOf, asked for a drop', { keyOf: broken, capacity: 1, overflow: 'dropLatest' }, '--#'],
    ['keyOf, asked to conflate', { keyOf: broken, capacity: 1, overflow: 'conflate' }, '-#'],
    ['isCounted', { isCounted: broken, capacity: 1, overflow: 'dropOldest' }, '-#'],
    ['events', { events: { next: broken }, capacity: 1, overflow: 'dropOldest' }, '--#'],
  ];
  it.each(cases)('%s', (_title, options, result) => {
    marbles(({ hot, ready, expectObservable, expectSubscriptions }) => {
      const source = hot(' -ab--c');
      const gate = holdUntilReady<string>(ready('f---t-'), { events: booksOf(), ...options });
      expectObservable(source.pipe(gate)).toBe(result, undefined, new Error('broken'));
      expectSubscriptions(source.subscriptions).toBe(result.replace('-', '^').replace('#', '!'));
    });
  });

  it('keyOf, asked for a discard: the error that is under way is the one that arrives', () => {
    const errors: unknown[] = [];
    const source = new Subject<string>();
    source
      .pipe(holdUntilReady(new Readiness(false), { keyOf: broken, events: booksOf() }))
      .subscribe({ error: (error: unknown) => errors.push(error) });
    source.next('a');
    source.error(failure);
    expect(errors).toEqual([failure]);
  });

  it('an item whose release failed is discarded with the others', () => {
    const books = booksOf();
    const readiness = new BehaviorSubject(false);
    of('a', 'b')
      .pipe(holdUntilReady(readiness, { onRelease: broken, events: books }))
      .subscribe({ error: () => undefined });
    readiness.next(true);
    expect(books.counts.discarded).toBe(2);
  });
});
