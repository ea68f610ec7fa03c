import { interval, NEVER, of, range, Subject, VirtualTimeScheduler } from 'rxjs';
import { Readiness, serve } from '../../operators';
import type { ServeOptions } from '../../operators';
import { booksOf } from '../support/books';
import { marbles } from '../support/marbles';
import { failure, messageOf } from '../support/collect';

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
    const meter = { served: () => (served += 1) };
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

  it('ready again after the end, for whoever comes next, and detached', () => {
    const readiness = new Readiness();
    const server = serve<string, string>(() => NEVER, { readiness });
    of('a').pipe(server).subscribe().unsubscribe();
    const between = readiness.value;
    NEVER.pipe(server).subscribe();
    expect([between, readiness.value]).toEqual([false, true]);
  });
});

describe('serve: whatever is thrown is an error of the stream, and upstream is left', () => {
  const broken = (): never => {
    throw new Error('broken');
  };
  it.each<[string, (item: string) => string[], ServeOptions<string, string>]>([
    ['process', broken, {}],
    ['serviceTime', upper, { serviceTime: broken }],
    ['offeredAt', upper, { offeredAt: broken }],
    ['stamp', upper, { stamp: broken }],
    ['stopwatch', upper, { stopwatch: broken }],
    ['meter.started', upper, { meter: { started: broken } }],
    ['meter.served', upper, { meter: { served: broken } }],
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
    ['stamp', { stamp: broken }],
    ['meter.served', { meter: { served: broken } }],
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
    ['counts', { counts: broken }],
    ['events', { events: { next: broken } }],
  ])('%s, asked for an overrun', (_title, options) => {
    const errors: unknown[] = [];
    range(1, 9)
      .pipe(serve(() => NEVER, { events: booksOf(), ...options }))
      .subscribe({ error: (error: unknown) => errors.push(messageOf(error)) });
    expect(errors).toEqual(['broken']);
  });

  it('meter.blocked', () => {
    const downstream = new Readiness(true);
    const errors: unknown[] = [];
    const meter = { blocked: broken };
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
        serve(upper, { scheduler, readiness, serviceTime: 3, stamp: broken }),
      );
      scheduler.schedule(() => readiness.isReadyAt(4), 3);
      expectObservable(served).toBe('---#', undefined, new Error('broken'));
    });
  });
});

describe('serve: process that returns an Observable or a promise', () => {
  it('emits when it has completed, and serves the next one then', () => {
    marbles(({ hot, cold, scheduler, expectObservable, expectSubscriptions }) => {
      const work = cold('            x----y|');
      const source = hot('           -a-b-------------|');
      const served = source.pipe(serve(() => work, { scheduler }));
      expectObservable(served).toBe('-------(xy)--(xy)|');
      expectSubscriptions(work.subscriptions).toBe(['-^-----!', '-------^-----!']);
    });
  });

  it('ends no earlier than it completes, and no earlier than the stated time', () => {
    marbles(({ hot, cold, scheduler, expectObservable }) => {
      const served = (stated: number) =>
        hot('                             -a').pipe(
          serve(() => cold('               ---x|'), { scheduler, serviceTime: stated }),
        );
      expectObservable(served(2)).toBe('  -----x');
      expectObservable(served(6)).toBe('  -------x');
    });
  });

  it('is left when the subscriber leaves', () => {
    marbles(({ hot, cold, scheduler, expectObservable, expectSubscriptions }) => {
      const work = cold('       -----x|');
      const source = hot('      -a');
      const unsub = '           ^--!';
      const server = serve(() => work, { scheduler });
      expectObservable(source.pipe(server), unsub).toBe('----');
      expectSubscriptions(work.subscriptions).toBe('-^-!');
    });
  });

  it('its error is an error of the stream, and upstream is left', () => {
    marbles(({ hot, cold, scheduler, expectObservable, expectSubscriptions }) => {
      const source = hot('                -ab');
      const server = serve(() => cold('   --#'), { scheduler });
      expectObservable(source.pipe(server)).toBe('---#');
      expectSubscriptions(source.subscriptions).toBe('^--!');
    });
  });

  it('something that is no ObservableInput is an error of the stream', () => {
    const errors: unknown[] = [];
    of('a')
      .pipe(serve(() => 1 as unknown as string[]))
      .subscribe({ error: (error: unknown) => errors.push(error) });
    expect(errors).toEqual([expect.any(TypeError)]);
  });

  it('completing at once, it takes no stack: 100,000 in a row', () => {
    let served = 0;
    range(0, 100_000)
      .pipe(serve((n) => of(n)))
      .subscribe(() => (served += 1));
    expect(served).toBe(100_000);
  });

  it('promises keep the order', async () => {
    const seen: number[] = [];
    await new Promise<void>((complete) => {
      range(1, 3)
        .pipe(serve((n) => Promise.resolve([n]).then((all) => all)))
        .subscribe({ next: (all) => seen.push(...[all].flat()), complete });
    });
    expect(seen).toEqual([1, 2, 3]);
  });

  it('a promise that is rejected is an error of the stream', async () => {
    const error = await new Promise((resolve) => {
      interval(1)
        .pipe(serve(() => Promise.reject(new Error('no'))))
        .subscribe({ error: resolve });
    });
    expect(error).toEqual(new Error('no'));
  });
});

describe('serve: deep in itself', () => {
  it('what arrives while it works or emits waits in the inbox, in order', () => {
    const source = new Subject<number>();
    const seen: number[] = [];
    source
      .pipe(
        serve(
          (n) => {
            if (n === 1) source.next(2);
            return [n];
          },
          { serviceTime: 0 },
        ),
      )
      .subscribe((n) => {
        seen.push(n);
        if (n === 1) source.next(3);
      });
    source.next(1);
    expect(seen).toEqual([1, 2, 3]);
  });

  it('100,000 in the inbox of a blocked server take no stack when it is unblocked', () => {
    const downstream = new Readiness(true);
    let served = 0;
    range(0, 100_000)
      .pipe(serve((n) => [n], { downstream, serviceTime: 0 }))
      .subscribe(() => (served += 1));
    downstream.next(false);
    expect(served).toBe(100_000);
  });

  it('a question from upstream while it emits changes nothing', () => {
    marbles(({ hot, scheduler, expectObservable }) => {
      const readiness = new Readiness();
      const asked: boolean[] = [];
      const server = serve(upper, {
        scheduler,
        readiness,
        serviceTime: 2,
        stamp: () => asked.push(readiness.isReadyAt(scheduler.now())),
      });
      expectObservable(hot('-ab----|').pipe(server)).toBe('---A-B-|');
    });
  });
});
