import { BehaviorSubject, NEVER, of } from 'rxjs';
import { pace, Readiness, serve, trackBackpressure } from '../../operators';
import type { ServiceUnderWay } from '../../operators/serveOptions';
import { booksOf } from '../support/books';
import { marbles } from '../support/marbles';

const upper = (item: string): string[] => [item.toUpperCase()];

describe('serve goes on with what another one was at', () => {
  const told: string[] = [];
  const meter = {
    onStart: (item: string, at: number) => told.push(`${item} from ${at}`),
    onServed: (item: string, start: number, took: number) =>
      told.push(`${item} from ${start} for ${took}`),
    onBlocked: (at: number) => told.push(`blocked at ${at}`),
    onUnblocked: (at: number) => told.push(`unblocked at ${at}`),
  };
  beforeEach(() => {
    told.length = 0;
  });

  it('a service: it ends when it would have ended, and what comes meanwhile waits', () => {
    marbles(({ hot, scheduler, expectObservable, flush }) => {
      const readiness = new Readiness();
      const underWay = { item: 'x', start: -1, service: 5, outputs: ['X'] };
      const served = hot('-a------|').pipe(
        serve(upper, { scheduler, readiness, serviceTime: 2, meter, underWay }),
      );
      expectObservable(served).toBe('----X-A-|');
      expectObservable(readiness).toBe('f-----t', { t: true, f: false });
      flush();
      expect(told).toEqual(['x from -1 for 5', 'a from 4', 'a from 4 for 2']);
    });
  });

  it('a service that is over this very moment', () => {
    marbles(({ hot, scheduler, expectObservable }) => {
      const underWay = { item: 'x', start: -5, service: 5, outputs: ['X'] };
      const served = hot('-a---|').pipe(serve(upper, { scheduler, serviceTime: 2, underWay }));
      expectObservable(served).toBe('X--A-|');
    });
  });

  it('a service that waits for something', () => {
    marbles(({ hot, cold, scheduler, expectObservable, flush }) => {
      const underWay = { item: 'x', start: 0, began: 0, result: cold('-X-|') };
      const served = hot('-a------|').pipe(serve(upper, { scheduler, meter, underWay }));
      expectObservable(served).toBe('---(XA)-|');
      flush();
      expect(told[0]).toMatch(/^x from 0 for /);
    });
  });

  it('a wait for the next gate', () => {
    marbles(({ hot, scheduler, flags, expectObservable, flush }) => {
      const readiness = new Readiness();
      const downstream = new Readiness(true);
      flags('-----f').subscribe(downstream);
      const underWay = { blockedSince: 0 };
      const options = { scheduler, readiness, downstream, serviceTime: 2, meter, underWay };
      const served = hot('-a------|').pipe(serve(upper, options));
      expectObservable(served).toBe('-------A|');
      flush();
      expect(told[0]).toBe('unblocked at 5');
    });
  });

  it.each<[string, ServiceUnderWay<string, string>, number]>([
    ['a service', { item: 'x', start: 0, service: 5, outputs: ['X'] }, 1],
    ['what is waited for', { item: 'x', start: 0, began: 0, result: NEVER }, 1],
    ['outputs at the next gate, which counts them itself', { blockedSince: 0 }, 0],
  ])('%s: when nobody wants it any more, it is discarded', (_title, underWay, discarded) => {
    marbles(({ scheduler }) => {
      const events = booksOf();
      NEVER.pipe(serve(upper, { scheduler, edge: 'e', events, underWay }))
        .subscribe()
        .unsubscribe();
      expect(events.counts.discarded).toBe(discarded);
    });
  });
});

describe('pace goes on after what another one has released', () => {
  const timeOf = (item: string): number => item.charCodeAt(0) - 97;

  it.each([
    ['where the next gate holds that, its clock is set to the time of it', true, '--(c|)'],
    ['where it holds nothing, to that of the next item', false, '(c|)'],
  ])('%s', (_title, holds, expected) => {
    marbles(({ scheduler, expectObservable }) => {
      const active = new BehaviorSubject(false);
      const downstream = new BehaviorSubject(holds);
      const paused = new BehaviorSubject(true);
      const released = of('c').pipe(
        pace({ timeOf, scheduler, active, paused, downstream, after: 0 }),
      );
      expectObservable(released).toBe(expected);
      scheduler.schedule(() => {
        active.next(true);
        downstream.next(false);
        paused.next(false);
      });
    });
  });
});

it('trackBackpressure tells a burst by what another one has handed over', () => {
  const count = (earliest?: number) => {
    const events = booksOf();
    const options = {
      edge: 'e',
      events,
      dueAt: () => 7,
      ...(earliest === undefined ? {} : { earliest }),
    };
    of('a')
      .pipe(trackBackpressure(new Readiness(false), options))
      .subscribe();
    return [events.counts.burst, events.counts.behind];
  };
  expect([count(7), count(6), count()]).toEqual([
    [1, 0],
    [0, 1],
    [0, 1],
  ]);
});
