import { from, NEVER, of, range, Subject } from 'rxjs';
import type { ObservableInput } from 'rxjs';
import {
  Holding,
  OptionError,
  OverflowError,
  Readiness,
  serve,
  VirtualClock,
} from '../../operators';
import type { ServeOptions } from '../../operators';
import { booksOf } from '../support/books';
import { collect } from '../support/collect';
import { marbles } from '../support/marbles';

const upper = (item: string): string[] => [item.toUpperCase()];

/** Frames that an item takes: a 5, all others 2. */
const serviceTime = (item: string): number => (item === 'a' ? 5 : 2);

describe('serve: several servers, one inbox', () => {
  it.each<[string, ServeOptions<string, string>, string]>([
    ['two, in order of arrival', { concurrency: 2 }, '------(AB|)'],
    ['two, as services end', { concurrency: 2, ordered: false }, '----B-(A|)'],
    ['one', {}, '------A-(B|)'],
  ])('outputs leave: %s', (_title, options, result) => {
    marbles(({ hot, scheduler, expectObservable }) => {
      const served = hot('-ab-|').pipe(serve(upper, { scheduler, serviceTime, ...options }));
      expectObservable(served).toBe(result);
    });
  });

  it('its readiness is true while a server is free and nothing waits', () => {
    marbles(({ hot, scheduler, expectObservable }) => {
      const readiness = new Readiness();
      const source = hot('             -b-b--b---|');
      expectObservable(readiness).toBe('t--f-tft', { t: true, f: false });
      const server = serve(upper, { scheduler, readiness, concurrency: 2, serviceTime: 4 });
      expectObservable(source.pipe(server)).toBe('-----B-B--(B|)');
    });
  });

  it('says ahead when the first of its servers will be free', () => {
    marbles(({ hot, scheduler, flush }) => {
      const readiness = new Readiness();
      hot('-ab---b')
        .pipe(serve(upper, { scheduler, readiness, concurrency: 2, serviceTime }))
        .subscribe();
      const seen: number[] = [];
      for (const at of [1.5, 2.5, 4.5, 6.5]) {
        scheduler.schedule(() => seen.push(readiness.freeAt), at);
      }
      flush();
      expect(seen).toEqual([-Infinity, 4, 4, 6]);
    });
  });

  it('counts an overrun only where an earlier item still waits', () => {
    marbles(({ hot, scheduler, flush }) => {
      const books = booksOf();
      hot('-abcd')
        .pipe(serve(upper, { scheduler, concurrency: 2, serviceTime: 9, events: books }))
        .subscribe();
      flush();
      expect(books.counts.overrun).toBe(1);
    });
  });

  it('work is under way at once, and is left when the subscriber leaves', () => {
    marbles(({ hot, cold, scheduler, expectObservable, expectSubscriptions }) => {
      const work = cold('            --x|');
      const source = hot('           -ab');
      const server = serve(() => work, { scheduler, concurrency: 2 });
      expectObservable(source.pipe(server), '^---!').toBe('---x-');
      expectSubscriptions(work.subscriptions).toBe(['-^--!', '--^-!']);
    });
  });

  it('outputs of a later item wait for those of an earlier one, and leave as they come then', () => {
    marbles(({ hot, cold, scheduler, expectObservable }) => {
      const process = (item: string): ObservableInput<string> =>
        item === 'a' ? cold('   -----1-|') : cold('--2------3|');
      const server = serve(process, { scheduler, concurrency: 2 });
      //                         a: 6 and over at 8, b: 4 and 11
      expectObservable(hot('-ab').pipe(server)).toBe('------1-2--3');
    });
  });

  it('no more than the capacity of outputs waits for an earlier item', () => {
    const errors: unknown[] = [];
    range(0, 9)
      .pipe(serve((n) => (n === 0 ? NEVER : [n]), { concurrency: 2, capacity: 3, edge: 'e' }))
      .subscribe({ error: (error: unknown) => errors.push(error) });
    expect(errors).toEqual([new OverflowError('e (outputs that wait for earlier ones)', 3)]);
  });

  it('an item that arrives while outputs leave keeps its place', () => {
    const seen: number[] = [];
    const source = new Subject<number>();
    source.pipe(serve((n) => [n, n + 0.5], { concurrency: 3, serviceTime: 0 })).subscribe((n) => {
      seen.push(n);
      if (n === 1) source.next(2);
    });
    source.next(1);
    expect(seen).toEqual([1, 1.5, 2, 2.5]);
  });

  it('each server is blocked while the next gate holds, and all go on when it does not', () => {
    const downstream = new Holding();
    const blocked: string[] = [];
    const seen: number[] = [];
    const readiness = new Readiness();
    const source = new Subject<number>();
    source
      .pipe(
        serve((n) => [n], {
          concurrency: 2,
          downstream,
          readiness,
          serviceTime: 0,
          meter: { onBlocked: () => blocked.push('!'), onUnblocked: () => blocked.push('.') },
        }),
      )
      .subscribe((n) => {
        seen.push(n);
        downstream.next(true);
      });
    for (const n of [1, 2, 3]) source.next(n);
    const before = [blocked.join(''), readiness.value, ...seen];
    downstream.next(false);
    expect([before, blocked.join(''), seen]).toEqual([['!!', false, 1, 2], '!!.!', [1, 2, 3]]);
  });

  it('those in service are discarded in order of their arrival, before those that wait', () => {
    const books = booksOf();
    from(['a', 'b', 'c', 'd'])
      .pipe(serve(() => NEVER, { concurrency: 2, events: books, keyOf: (item) => item }))
      .subscribe()
      .unsubscribe();
    expect(books.all.filter(({ type }) => type === 'discarded').map(({ key }) => key)).toEqual([
      'a',
      'b',
      'c',
      'd',
    ]);
  });

  it('on a virtual clock: services of a stated time at once', async () => {
    const scheduler = new VirtualClock();
    const served = range(0, 10).pipe(
      serve((n) => [[n, scheduler.now()]], { scheduler, concurrency: 4, serviceTime: 10 }),
    );
    expect(await collect(served)).toHaveLength(10);
    expect(scheduler.now()).toBe(30);
  });

  it('takes no stack: 100,000 that complete at once', () => {
    let served = 0;
    range(0, 100_000)
      .pipe(serve((n) => of(n), { concurrency: 8 }))
      .subscribe(() => (served += 1));
    expect(served).toBe(100_000);
  });

  it.each([0, -1, 1.5, NaN, Infinity])('concurrency %p is refused at once', (concurrency) => {
    expect(() => serve(upper, { concurrency })).toThrow(OptionError);
  });
});
