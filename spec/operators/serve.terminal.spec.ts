import { NEVER, of, Subject, take, throwError, VirtualTimeScheduler } from 'rxjs';
import type { Subscription } from 'rxjs';
import { Readiness, ReadinessError, serve } from '../../operators';
import { booksOf } from '../support/books';
import { marbles } from '../support/marbles';
import { failure } from '../support/collect';

const upper = (item: string): string[] => [item.toUpperCase()];

describe('serve: what is inside at the end is discarded, counted, and free', () => {
  it('unsubscribed from: the item in service and those in the inbox', () => {
    marbles(({ hot, scheduler, expectObservable, expectSubscriptions, flush }) => {
      const books = booksOf();
      const source = hot(' -abc-----|');
      const unsub = '      ^---!     ';
      const keyOf = (item: string): string => item;
      const server = serve(upper, { scheduler, serviceTime: 5, events: books, keyOf, edge: 'e' });
      expectObservable(source.pipe(server), unsub).toBe('-----');
      expectSubscriptions(source.subscriptions).toBe(unsub);
      flush();
      const discarded = { type: 'discarded', edge: 'e', count: 1, at: 4 };
      expect(books.all.slice(-3)).toEqual(['a', 'b', 'c'].map((key) => ({ ...discarded, key })));
    });
  });

  it('one at whose arrival service is over, and the subscriber has enough', () => {
    const books = booksOf();
    const seen: string[] = [];
    const source = new Subject<string>();
    const offeredAt = (item: string): number => (item === 'a' ? 0 : 9);
    source
      .pipe(
        serve(upper, {
          scheduler: new VirtualTimeScheduler(),
          serviceTime: 5,
          offeredAt,
          events: books,
          batch: {},
        }),
        take(1),
      )
      .subscribe((item) => seen.push(item));
    source.next('a');
    source.next('b');
    expect([seen, books.counts.discarded]).toEqual([['A'], 1]);
  });

  it('an item that is undefined counts like any other', () => {
    const books = booksOf();
    of(undefined, undefined)
      .pipe(serve(() => NEVER, { events: books }))
      .subscribe()
      .unsubscribe();
    expect(books.counts.discarded).toBe(2);
  });

  it('its timer is gone, nothing happens later', () => {
    const scheduler = new VirtualTimeScheduler();
    let served = 0;
    const meter = { onServed: () => (served += 1) };
    of('a')
      .pipe(serve(upper, { scheduler, meter, serviceTime: 5 }))
      .subscribe()
      .unsubscribe();
    scheduler.flush();
    expect(served).toBe(0);
  });

  it('outputs that are left when the subscriber leaves in the middle of them do not come', () => {
    const books = booksOf();
    const seen: number[] = [];
    const subscription = new Subject<number>();
    const server = subscription.pipe(serve((n) => [n, n + 1], { serviceTime: 0, events: books }));
    const running = server.subscribe((n) => {
      seen.push(n);
      running.unsubscribe();
    });
    subscription.next(1);
    expect([seen, books.counts.discarded]).toEqual([[1], 0]);
  });

  it('an error of the source discards before it passes', () => {
    const log: unknown[] = [];
    const source = new Subject<string>();
    source
      .pipe(serve(() => NEVER, { events: { next: ({ type }) => log.push(type) } }))
      .subscribe({ error: (error: unknown) => log.push(error) });
    source.next('a');
    source.error(failure);
    expect(log).toEqual(['discarded', failure]);
  });

  it('delayError: what has arrived is served first', () => {
    marbles(({ hot, scheduler, expectObservable }) => {
      const source = hot('             -ab#');
      const server = serve(upper, { scheduler, delayError: true, serviceTime: 3 });
      expectObservable(source.pipe(server)).toBe('----A--(B#)');
    });
  });

  it('delayError with nothing inside: at once', () => {
    marbles(({ hot, scheduler, expectObservable }) => {
      const server = serve(upper, { scheduler, delayError: true, serviceTime: 0 });
      expectObservable(hot('-a--#').pipe(server)).toBe('-A--#');
    });
  });

  it.each<[string, (subscription: Subscription, source: Subject<string>) => void]>([
    [
      'leaves',
      (subscription) => {
        subscription.unsubscribe();
      },
    ],
    [
      'fails',
      (_subscription, source) => {
        source.error(failure);
      },
    ],
  ])('its readiness is true when the consumer %s, and somebody else may keep it', (_how, end) => {
    const readiness = new Readiness();
    const source = new Subject<string>();
    const server = serve<string, string>(() => NEVER, { readiness });
    const subscription = source.pipe(server).subscribe({ error: () => undefined });
    source.next('a');
    const before = readiness.value;
    end(subscription, source);
    const after = readiness.value;
    NEVER.pipe(server).subscribe();
    expect([before, after, readiness.value, readiness.isReadyAt(Infinity)]).toEqual([
      false,
      true,
      true,
      true,
    ]);
  });

  it('its readiness is true when process fails at once, or the subscriber leaves within it', () => {
    const values: boolean[] = [];
    const readiness = new Readiness();
    for (const process of [() => throwError(() => failure), () => of(1)]) {
      of('a', 'b')
        .pipe(serve(process, { readiness, serviceTime: 0 }), take(1))
        .subscribe({ error: () => undefined });
      values.push(readiness.value);
    }
    expect(values).toEqual([true, true]);
  });

  it('two subscriptions to one server with one readiness are an error', () => {
    const readiness = new Readiness();
    const served = NEVER.pipe(serve(upper, { readiness, edge: 'e' }));
    const errors: unknown[] = [];
    served.subscribe();
    served.subscribe({ error: (error: unknown) => errors.push(error) });
    expect(errors).toEqual([expect.any(ReadinessError)]);
  });
});
