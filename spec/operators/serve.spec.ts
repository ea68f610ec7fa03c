import { NEVER, of, range, repeat, Subject, take } from 'rxjs';
import { OptionError, Readiness, serve } from '../../operators';
import type { ServeOptions } from '../../operators';
import { booksOf } from '../support/books';
import { marbles } from '../support/marbles';
import { failure } from '../support/collect';

// Of the correctness checklist, the boxes of numbered demand do not apply: a server pushes its outputs,
// and its own demand is its readiness, a boolean. Pausing belongs to the gate before it.

const upper = (item: string): string[] => [item.toUpperCase()];

describe('serve: one item at a time, in order', () => {
  it.each([
    ['an output leaves when its service is over', 3, '-a----|', '----A-|'],
    ['one waits for the other', 3, '-a-b------|', '----A--B--|'],
    ['no time at all', 0, '-a-(bc)-|', '-A-(BC)-|'],
    ['back to back', 2, '-a-b-c---|', '---A-B-C-|'],
    ['completes when all is served', 3, '-ab|', '----A--(B|)'],
    ['completes at once if nothing is left', 3, '-a----|', '----A-|'],
    ['an error passes at once', 3, '-ab-#', '----(A#)'],
  ])('%s', (_title, serviceTime, source, result) => {
    marbles(({ hot, scheduler, expectObservable }) => {
      const served = hot(source).pipe(serve(upper, { scheduler, serviceTime }));
      expectObservable(served).toBe(result);
    });
  });

  it('its readiness turns false with an arrival, and true when nothing is left to do', () => {
    marbles(({ hot, scheduler, expectObservable, flush }) => {
      const readiness = new Readiness();
      const source = hot('             -a-b------c-|');
      expectObservable(readiness).toBe('tf-----t--f--t', { t: true, f: false });
      const served = source.pipe(serve(upper, { scheduler, readiness, serviceTime: 3 }));
      expectObservable(served).toBe('  ----A--B-----(C|)');
      flush();
      expect(readiness.freeAt).toBe(13);
    });
  });

  it('says ahead when it will be free', () => {
    marbles(({ hot, scheduler, flush }) => {
      const readiness = new Readiness();
      hot('-ab')
        .pipe(serve(upper, { scheduler, readiness, serviceTime: 3 }))
        .subscribe();
      const seen: number[] = [];
      for (const at of [1.5, 2.5, 4.5, 7.5]) {
        scheduler.schedule(() => seen.push(readiness.freeAt), at);
      }
      flush();
      // While b waits, nobody knows.
      expect(seen).toEqual([4, Infinity, 7, 7]);
    });
  });

  it.each<[string, ServeOptions<string, string>['serviceTime'], string]>([
    ['a number', 2, '---A-B'],
    ['a function of the item', (item) => (item === 'a' ? 3 : 1), '----AB'],
    ['a function of the measured time, which is 0 in virtual time', (_, took) => took + 1, '--AB'],
    ['none: measured, which is 0 in virtual time', undefined, '-AB'],
  ])('service time: %s', (_title, serviceTime, result) => {
    marbles(({ hot, scheduler, expectObservable }) => {
      const timed = serviceTime === undefined ? {} : { serviceTime };
      expectObservable(hot('-ab').pipe(serve(upper, { scheduler, ...timed }))).toBe(result);
    });
  });

  it.each<[string, (item: string) => string[] | undefined, string]>([
    ['nothing', () => undefined, '-------|'],
    ['an empty array', () => [], '-------|'],
    ['several', (item) => [item, item], '---(aa)|'],
  ])('process returns %s', (_title, process, result) => {
    marbles(({ hot, scheduler, expectObservable }) => {
      const served = hot('-a-----|').pipe(serve(process, { scheduler, serviceTime: 2 }));
      expectObservable(served).toBe(result);
    });
  });

  it('starts clean with repeat, on one and the same readiness', () => {
    const readiness = new Readiness();
    const seen: number[] = [];
    const served = of(1, 2).pipe(
      serve((n) => [n], { readiness, serviceTime: 0 }),
      take(1),
    );
    served.pipe(repeat(3)).subscribe((n) => seen.push(n));
    expect(seen).toEqual([1, 1, 1]);
  });

  it.each([-1, NaN, Infinity])('a service time of %p is refused at once', (serviceTime) => {
    expect(() => serve(upper, { serviceTime })).toThrow(OptionError);
  });

  it.each([-1, NaN, Infinity])('a function that says %p is an error of the stream', (time) => {
    const errors: unknown[] = [];
    of('a')
      .pipe(serve(upper, { serviceTime: () => time }))
      .subscribe({ error: (error: unknown) => errors.push(error) });
    expect(errors).toEqual([expect.any(OptionError)]);
  });

  it.each([
    ['capacity 0', { capacity: 0 }],
    ['a fraction', { capacity: 0.5 }],
    ['conflate without keyOf', { overflow: 'conflate' }],
    ['a batch of less than one', { batch: { count: 0 } }],
  ] as const)('%s is refused at once', (_title, options) => {
    expect(() => serve(upper, options)).toThrow(OptionError);
  });
});

describe('serve: blocked by the next gate', () => {
  it('is not ready, and serves nothing, until the gate holds none of its outputs', () => {
    marbles(({ hot, scheduler, expectObservable, flush }) => {
      const readiness = new Readiness();
      const downstream = new Readiness(false);
      const blocked: [number, number][] = [];
      const source = hot('              -a-b--------');
      const served = source.pipe(
        serve(upper, {
          scheduler,
          readiness,
          downstream,
          serviceTime: 2,
          meter: { blocked: (from, to) => blocked.push([from, to]) },
        }),
      );
      hot('                             --t----f----', { t: true, f: false }).subscribe(downstream);
      expectObservable(served).toBe('   ---A-----B--');
      expectObservable(readiness).toBe('tf-------t', { t: true, f: false });
      const ready: boolean[] = [];
      scheduler.schedule(() => ready.push(readiness.isReadyAt(5), readiness.isReadyAt(1e9)), 5);
      flush();
      expect([blocked, ready]).toEqual([[[3, 7]], [false, false]]);
    });
  });

  it('completes when the gate has let the last output pass', () => {
    marbles(({ hot, scheduler, expectObservable }) => {
      const downstream = new Readiness(true);
      hot('                           ------f', { f: false }).subscribe(downstream);
      const served = hot('            -a|').pipe(
        serve(upper, { scheduler, downstream, serviceTime: 1 }),
      );
      expectObservable(served).toBe('--A---|');
    });
  });

  it('a gate that fails, fails the server', () => {
    const downstream = new Readiness(false);
    const errors: unknown[] = [];
    NEVER.pipe(serve(() => [], { downstream })).subscribe({
      error: (error: unknown) => errors.push(error),
    });
    downstream.error(failure);
    expect(errors).toEqual([failure]);
  });
});

describe('serve: what it tells', () => {
  it('the meter: when service began, when it was over, how long it took', () => {
    marbles(({ hot, scheduler, flush }) => {
      const log: unknown[] = [];
      const meter = {
        started: (item: string, at: number) => log.push(['started', item, at]),
        served: (item: string, start: number, took: number) =>
          log.push(['served', item, start, took]),
      };
      hot('-ab')
        .pipe(serve(upper, { scheduler, meter, serviceTime: 3 }))
        .subscribe();
      flush();
      expect(log).toEqual([
        ['started', 'a', 1],
        ['served', 'a', 1, 3],
        ['started', 'b', 4],
        ['served', 'b', 4, 3],
      ]);
    });
  });

  it('stamp is told of each output and of the end of its service, before it leaves', () => {
    const log: unknown[] = [];
    const stamp = (output: string, finish: number): unknown => log.push([output, finish]);
    of('a')
      .pipe(serve(upper, { stamp, offeredAt: () => 7, serviceTime: () => 0 }))
      .subscribe((output) => log.push(output));
    expect(log).toEqual([['A', 7], 'A']);
  });

  it.each([
    ['none while the inbox is empty', '-a--b', 0],
    ['one for each item that comes while another lies there', '-abcd', 2],
    ['an earlier one whose service begins at this very instant lies there no more', '-ab-c', 0],
  ])('overruns: %s', (_title, source, overrun) => {
    marbles(({ hot, scheduler, flush }) => {
      const books = booksOf();
      hot(source)
        .pipe(serve(upper, { scheduler, events: books, serviceTime: 3 }))
        .subscribe();
      flush();
      expect(books.counts.overrun).toBe(overrun);
    });
  });

  it('an item that is none to count overruns nobody, but may be overrun', () => {
    const books = booksOf();
    const counts = (item: string): boolean => item !== 'watermark';
    const source = new Subject<string>();
    source.pipe(serve(() => NEVER, { events: books, counts })).subscribe();
    for (const item of ['a', 'watermark', 'b', 'watermark']) source.next(item);
    expect(books.counts.overrun).toBe(1);
  });
});

describe('serve: a full inbox', () => {
  it.each([
    ['dropOldest', [1, 4, 5], [2, 3]],
    ['dropLatest', [1, 2, 3], [4, 5]],
    ['conflate', [1, 4, 5], [2, 3]],
  ] as const)('%s', (overflow, served, dropped) => {
    marbles(({ hot, scheduler, flush }) => {
      const books = booksOf();
      const seen: number[] = [];
      const keyOf = (n: number): string => String(n);
      const values = { a: 1, b: 2, c: 3, d: 4, e: 5 };
      hot('(abcde)|', values)
        .pipe(
          serve((n) => [n], {
            scheduler,
            capacity: 2,
            overflow,
            keyOf,
            events: books,
            serviceTime: 9,
          }),
        )
        .subscribe((n) => seen.push(n));
      flush();
      const lost = books.all.filter(({ type }) => type === 'dropped').map(({ key }) => Number(key));
      expect([seen, lost]).toEqual([served, dropped]);
    });
  });

  it('error: at once, upstream is left, all of it is discarded', () => {
    marbles(({ hot, scheduler, expectObservable, expectSubscriptions, flush }) => {
      const books = booksOf();
      const source = hot('             -abcd-|');
      const options = { scheduler, capacity: 2, edge: 'in-out', serviceTime: 9, events: books };
      const error = expect.objectContaining({ edge: 'in-out', depth: 2 }) as unknown;
      expectObservable(source.pipe(serve(upper, options))).toBe('----#', undefined, error);
      expectSubscriptions(source.subscriptions).toBe('^---!');
      flush();
      expect(books.counts.discarded).toBe(4);
    });
  });

  it('error with delayError: upstream is left at once, what has arrived is served first', () => {
    marbles(({ hot, scheduler, expectObservable, expectSubscriptions, flush }) => {
      const books = booksOf();
      const source = hot('             -abcd-|');
      const options = { scheduler, capacity: 2, delayError: true, serviceTime: 4, events: books };
      const error = expect.objectContaining({ depth: 2 }) as unknown;
      const result = '                 -----A---B---(C#)';
      expectObservable(source.pipe(serve(upper, options))).toBe(result, undefined, error);
      expectSubscriptions(source.subscriptions).toBe('^---!');
      flush();
      expect(books.counts.discarded).toBe(1);
    });
  });

  it.each([1, 2, 3, 5])(
    'the capacity is exact, and the item in service is not in it: %i',
    (capacity) => {
      const books = booksOf();
      range(1, 20)
        .pipe(serve(() => NEVER, { capacity, overflow: 'dropLatest', events: books }))
        .subscribe();
      expect(books.counts.dropped).toBe(19 - capacity);
    },
  );
});
