import { NEVER, of, range, Subject } from 'rxjs';
import { Holding, Readiness, serve } from '../../operators';
import type { ServeOptions } from '../../operators';
import { booksOf } from '../support/books';
import { marbles } from '../support/marbles';
import { messageOf } from '../support/collect';

const upper = (item: string): string[] => [item.toUpperCase()];

describe('serve: whatever is thrown is an error of the stream, and upstream is left', () => {
  const broken = (): never => {
    throw new Error('broken');
  };
  it.each<[string, (item: string) => string[], ServeOptions<string, string>]>([
    ['process', broken, {}],
    ['serviceTime', upper, { serviceTime: broken }],
    ['offeredAt', upper, { offeredAt: broken }],
    ['stamp', upper, { onOutput: broken }],
    ['passes', upper, { filter: broken }],
    ['stopwatch', upper, { stopwatch: broken }],
    ['meter.onStart', upper, { meter: { onStart: broken } }],
    ['meter.onServed', upper, { meter: { onServed: broken } }],
  ])('%s', (_title, process, options) => {
    const errors: unknown[] = [];
    const source = new Subject<string>();
    source
      .pipe(serve(process, options))
      .subscribe({ error: (error: unknown) => errors.push(messageOf(error)) });
    source.next('a');
    source.next('b');
    expect([errors, source.observed]).toEqual([['broken'], false]);
  });

  it.each<[string, ServeOptions<string, string>]>([
    ['stamp', { onOutput: broken }],
    ['meter.onServed', { meter: { onServed: broken } }],
  ])('%s, when the service time is over', (_title, options) => {
    marbles(({ hot, scheduler, expectObservable, expectSubscriptions }) => {
      const source = hot(' -a-----');
      const server = serve(upper, { scheduler, serviceTime: 3, ...options });
      expectObservable(source.pipe(server)).toBe('----#', undefined, new Error('broken'));
      expectSubscriptions(source.subscriptions).toBe('^---!');
    });
  });

  it.each<[string, ServeOptions<number, never>]>([
    ['keyOf', { keyOf: broken }],
    ['counts', { isCounted: broken }],
    ['events', { events: { next: broken } }],
  ])('%s, asked for an overrun', (_title, options) => {
    const errors: unknown[] = [];
    range(1, 9)
      .pipe(serve(() => NEVER, { events: booksOf(), ...options }))
      .subscribe({ error: (error: unknown) => errors.push(messageOf(error)) });
    expect(errors).toEqual(['broken']);
  });

  it.each(['onBlocked', 'onUnblocked'])('meter.%s', (told) => {
    const downstream = new Holding(true);
    const errors: unknown[] = [];
    const meter = { [told]: broken };
    of('a')
      .pipe(serve(upper, { downstream, meter, serviceTime: 0 }))
      .subscribe({ error: (error: unknown) => errors.push(messageOf(error)) });
    downstream.next(false);
    expect(errors).toEqual(['broken']);
  });

  it('the item whose process throws is discarded with those that wait', () => {
    const books = booksOf();
    const source = new Subject<string>();
    const process = (item: string): string[] => {
      if (item === 'a') source.next('b');
      return broken();
    };
    source.pipe(serve(process, { events: books })).subscribe({ error: () => undefined });
    source.next('a');
    expect(books.counts.discarded).toBe(2);
  });

  it('an error that meets the tracker’s question arrives once, and does not throw at who asks', () => {
    marbles(({ hot, scheduler, expectObservable }) => {
      const readiness = new Readiness();
      const served = hot('-a').pipe(
        serve(upper, { scheduler, readiness, serviceTime: 3, onOutput: broken }),
      );
      scheduler.schedule(() => readiness.isReadyAt(4), 3);
      expectObservable(served).toBe('---#', undefined, new Error('broken'));
    });
  });
});
