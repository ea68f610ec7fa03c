import { of, Subject } from 'rxjs';
import { pace } from '../../operators';
import { marbles } from '../support/marbles';

// Of the correctness checklist, overflow policies and discards do not apply: what waits here has not
// been offered to anybody, and a full buffer is an error. Readiness is asked by the gate behind.

/** Items named after their times: a is 0, b is 1, and so on. */
const timeOf = (item: string): number => item.charCodeAt(0) - 97;

describe('pace: releases items when they are due', () => {
  it.each([
    ['at their times', '(abd|)', 1, 'ab-(d|)'],
    ['twice as fast', '(ace|)', 2, 'ac(e|)'],
    ['half as fast', '(abc|)', 0.5, 'a-b-(c|)'],
    ['equal times together', '(abbf|)', 1, 'a(bb)(f|)'],
    ['the first one at once, whatever its time', '-(df|)', 1, '-d-(f|)'],
    ['one that falls behind at once', 'd-(a|)', 1, 'd-(a|)'],
    ['late ones at once', '(ab)------c|', 1, 'ab--------c|'],
    ['never earlier than they come', 'a-----c-----g|', 1, 'a-----c-----g|'],
    ['completes after the last one', '(ag)|', 1, 'a-----(g|)'],
    ['an error passes at once', '(ad)-#', 1, 'a--d-#'],
    ['an error passes before what waits', '(az)-#', 1, 'a----#'],
  ])('%s', (_title, source, speed, result) => {
    marbles(({ cold, scheduler, expectObservable }) => {
      expectObservable(cold(source).pipe(pace({ timeOf, speed, scheduler }))).toBe(result);
    });
  });

  it('tells when each was due, and when it was released', () => {
    marbles(({ cold, scheduler, flush }) => {
      const log: unknown[] = [];
      const released = (...all: unknown[]): unknown => log.push(all);
      cold('(ac)---b|')
        .pipe(pace({ timeOf, scheduler, onRelease: released }))
        .subscribe();
      flush();
      expect(log).toEqual([
        ['a', 0, 0],
        ['c', 2, 2],
        ['b', 1, 7],
      ]);
    });
  });

  it('one that falls behind was due when the clock was set', () => {
    marbles(({ cold, scheduler, flush }) => {
      const log: unknown[] = [];
      const released = (...all: unknown[]): unknown => log.push(all);
      cold('d-(a|)')
        .pipe(pace({ timeOf, scheduler, onRelease: released }))
        .subscribe();
      flush();
      expect(log).toEqual([
        ['d', 0, 0],
        ['a', 0, 2],
      ]);
    });
  });

  it('keeps no timer when it is left', () => {
    jest.useFakeTimers();
    const subscription = of('a', 'z').pipe(pace({ timeOf })).subscribe();
    const before = jest.getTimerCount();
    subscription.unsubscribe();
    const after = jest.getTimerCount();
    jest.useRealTimers();
    expect([before, after]).toEqual([1, 0]);
  });

  it('origin: the time of the items at which the clock starts', () => {
    marbles(({ cold, scheduler, expectObservable }) => {
      const origin = (): number => 1;
      expectObservable(cold('(ce|)').pipe(pace({ timeOf, scheduler, origin }))).toBe('-c-(e|)');
    });
  });

  it('unsubscribed from while it waits: nothing happens later', () => {
    marbles(({ cold, scheduler, expectObservable, expectSubscriptions }) => {
      const source = cold('(acz)');
      expectObservable(source.pipe(pace({ timeOf, scheduler })), '^--!').toBe('a-c-');
      expectSubscriptions(source.subscriptions).toBe('^--!');
    });
  });

  it('unsubscribed from within next: what is due at the same time does not come', () => {
    const seen: string[] = [];
    const source = new Subject<string>();
    const subscription = source.pipe(pace({ timeOf })).subscribe((item) => {
      seen.push(item);
      for (const same of ['a', 'a']) source.next(same);
      subscription.unsubscribe();
    });
    source.next('a');
    expect(seen).toEqual(['a']);
  });
});
