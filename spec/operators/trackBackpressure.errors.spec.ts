import { BehaviorSubject, of, Subject, take } from 'rxjs';
import { Readiness, trackBackpressure } from '../../operators';
import type { TrackBackpressureOptions } from '../../operators';
import { booksOf } from '../support/books';
import { marbles } from '../support/marbles';
import { failure } from '../support/collect';
import { trackedServer } from './trackedServer';

describe('trackBackpressure: whatever a callback throws is an error of the stream', () => {
  const broken = (): never => {
    throw new Error('broken');
  };
  it.each<[string, Partial<TrackBackpressureOptions<string>>]>([
    ['keyOf', { keyOf: broken }],
    ['keyNumberOf', { keyNumberOf: broken }],
    ['offeredAt', { offeredAt: broken }],
    ['dueAt', { dueAt: broken }],
    ['dueFloor', { dueAt: (item) => item.charCodeAt(0), dueFloor: broken }],
    ['counts', { isCounted: broken }],
    ['events', { events: { next: broken } }],
  ])('%s', (_title, options) => {
    const errors: unknown[] = [];
    const source = new Subject<string>();
    source
      .pipe(trackBackpressure(new Readiness(false), { edge: 'e', events: booksOf(), ...options }))
      .subscribe({ error: (error: unknown) => errors.push(error) });
    source.next('a');
    source.next('b');
    expect([errors, source.observed]).toEqual([[new Error('broken')], false]);
  });

  it('events, in a batch that leaves by time', () => {
    marbles(({ hot, scheduler, expectObservable }) => {
      const options = { edge: 'e', scheduler, batch: { time: 2 }, events: { next: broken } };
      const tracker = trackBackpressure<string>(new Readiness(), options);
      expectObservable(hot('-a---b|').pipe(tracker)).toBe('-a-#', undefined, new Error('broken'));
    });
  });

  it('a readiness that has failed', () => {
    const readiness = new BehaviorSubject(true);
    readiness.error(failure);
    const errors: unknown[] = [];
    of('a')
      .pipe(trackBackpressure(readiness, { edge: 'e' }))
      .subscribe({ error: (error: unknown) => errors.push(error) });
    expect(errors).toEqual([failure]);
  });
});

it('trackBackpressure: an item whose question makes the subscriber leave is discarded, not delivered', () => {
  marbles(({ hot, scheduler, expectObservable, flush }) => {
    const books = booksOf();
    // At 3, the arrival of b finishes a, which is all that anybody wants.
    const result = hot('      -a-b-c|').pipe(trackedServer(books, scheduler, 2), take(1));
    expectObservable(result).toBe('---(a|)');
    flush();
    expect(books.counts).toMatchObject({ delivered: 1, discarded: 1 });
  });
});
