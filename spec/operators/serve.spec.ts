import { map, of, repeat, Subject, take, VirtualTimeScheduler } from 'rxjs';
import { OptionError, Readiness, serve, VirtualClock } from '../../operators';
import type { ServeOptions } from '../../operators';
import { collect } from '../support/collect';
import { marbles } from '../support/marbles';

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

  it('nobody knows when it will be free, while one waits for another that is in service', () => {
    marbles(({ hot, scheduler, flush }) => {
      const readiness = new Readiness();
      hot('-abc')
        .pipe(serve(upper, { scheduler, readiness, serviceTime: 3 }))
        .subscribe();
      const seen: number[] = [];
      for (const at of [4.5, 7.5]) scheduler.schedule(() => seen.push(readiness.freeAt), at);
      flush();
      expect(seen).toEqual([Infinity, 10]);
    });
  });

  it('service that takes no time is not worth telling the observers of its readiness', () => {
    const readiness = new Readiness();
    const told: boolean[] = [];
    readiness.subscribe((ready) => told.push(ready));
    of('a', 'b')
      .pipe(serve(upper, { readiness, serviceTime: 0 }))
      .subscribe();
    expect(told).toEqual([true]);
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

  it('a measured service time moves a virtual clock', async () => {
    const clock = new VirtualClock();
    let time = 0;
    const work = (took: number): number[] => {
      time += took;
      return [took];
    };
    const timed = of(5, 2).pipe(
      serve(work, { scheduler: clock, stopwatch: () => time }),
      map((took) => [took, clock.now()]),
    );
    expect(await collect(timed)).toEqual([
      [5, 5],
      [2, 7],
    ]);
  });

  it.each([
    ['no time, though offered later than now', 0, 7, 0],
    ['a time that has passed already', 2, 0, 10],
  ])('%s: the output leaves at once', (_title, serviceTime, offered, now) => {
    const scheduler = new VirtualTimeScheduler();
    scheduler.frame = now;
    const seen: string[] = [];
    const source = new Subject<string>();
    source
      .pipe(serve(upper, { scheduler, serviceTime, offeredAt: () => offered }))
      .subscribe((output) => seen.push(output));
    source.next('a');
    expect(seen).toEqual(['A']);
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
