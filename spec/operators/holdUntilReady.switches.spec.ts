import { BehaviorSubject, NEVER, range, Subject } from 'rxjs';
import { holdUntilReady, Readiness } from '../../operators';
import { marbles } from '../support/marbles';

describe('holdUntilReady: active and paused', () => {
  it.each([
    // active, paused, result; never ready
    ['inactive, everything passes', false, false, '-a-b-c-|'],
    ['active, it holds', true, false, '--------'],
    ['paused, it holds even if inactive', false, true, '--------'],
  ])('%s', (_title, active, paused, result) => {
    marbles(({ hot, ready, expectObservable }) => {
      const gate = holdUntilReady<string>(ready('f'), { active, paused });
      expectObservable(hot('-a-b-c-|').pipe(gate)).toBe(result);
    });
  });

  it('an Observable that has not emitted means false, for both', () => {
    marbles(({ hot, ready, expectObservable }) => {
      const gate = holdUntilReady<string>(ready('f'), { active: NEVER, paused: NEVER });
      expectObservable(hot('-a-|').pipe(gate)).toBe('-a-|');
    });
  });

  it('a switch with a buffer that is not empty: what is held passes first, in order', () => {
    marbles(({ hot, ready, flags, expectObservable }) => {
      const active = flags('                   t----f-----t------');
      const source = hot('                     -a-b-----c--d-e|  ');
      const gate = holdUntilReady<string>(ready('f'), { active });
      expectObservable(source.pipe(gate)).toBe('-----(ab)c-------');
    });
  });

  it('a switch while it is ready changes nothing', () => {
    marbles(({ hot, ready, flags, expectObservable }) => {
      const active = flags('                   f-t-f-t-tt-f-');
      const source = hot('                     -a-b-c-d-e-f|');
      const gate = holdUntilReady<string>(ready('t'), { active });
      expectObservable(source.pipe(gate)).toBe('-a-b-c-d-e-f|');
    });
  });

  it('the end of a pause asks the readiness again, if it is active', () => {
    marbles(({ hot, ready, flags, expectObservable }) => {
      const readiness = ready('                t-----f----t----');
      const paused = flags('                   --t-----f--------');
      const source = hot('                     -a-b-c-----------');
      const gate = holdUntilReady<string>(readiness, { paused });
      expectObservable(source.pipe(gate)).toBe('-a---------(bc)-');
    });
  });

  it('pausing from within next stops after that item', () => {
    const paused = new BehaviorSubject(false);
    const seen: number[] = [];
    range(1, 3)
      .pipe(holdUntilReady(new Readiness(), { paused }))
      .subscribe((n) => {
        seen.push(n);
        paused.next(true);
      });
    expect(seen).toEqual([1]);
  });

  it('leaves the readiness, the switches and the source when it is unsubscribed from', () => {
    const [active, paused] = [new Subject<boolean>(), new Subject<boolean>()];
    const [readiness, source] = [new BehaviorSubject(true), new Subject<string>()];
    const all = [active, paused, readiness, source];
    const subscription = source.pipe(holdUntilReady(readiness, { active, paused })).subscribe();
    const before = all.map(({ observed }) => observed);
    subscription.unsubscribe();
    expect([before, all.map(({ observed }) => observed)]).toEqual([
      [true, true, true, true],
      [false, false, false, false],
    ]);
  });
});
