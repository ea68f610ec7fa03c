import { BehaviorSubject, of, Subject } from 'rxjs';
import { holdUntilReady } from '../../operators';
import { marbles } from '../support/marbles';
import { failure } from '../support/collect';

describe('holdUntilReady: what it publishes', () => {
  it('is whether it holds, once per change', () => {
    marbles(({ hot, ready, scheduler, expectObservable }) => {
      const holding = new Subject<boolean>();
      const source = hot('           -a-b-c-----d-e|');
      const readiness = ready('      --f----t--f--t');
      expectObservable(holding).toBe('---t---f---t-f', { t: true, f: false });
      source.pipe(holdUntilReady(readiness, { holding, scheduler })).subscribe();
    });
  });

  it('comes after the last item that was held has passed', () => {
    const log: unknown[] = [];
    const readiness = new BehaviorSubject(false);
    of('a', 'b')
      .pipe(holdUntilReady(readiness, { holding: { next: (holds) => log.push(holds) } }))
      .subscribe((item) => log.push(item));
    readiness.next(true);
    expect(log).toEqual([true, 'a', 'b', false]);
  });

  it.each(['unsubscribed from', 'failed'])('is false when it is %s', (how) => {
    const source = new Subject<string>();
    const holding = new BehaviorSubject(false);
    const gate = holdUntilReady<string>(new BehaviorSubject(false), { holding });
    const subscription = source.pipe(gate).subscribe({ error: () => undefined });
    source.next('a');
    const before = holding.value;
    if (how === 'failed') source.error(failure);
    else subscription.unsubscribe();
    expect([before, holding.value]).toEqual([true, false]);
  });

  it('released is told of each item that it was for the gate to let go, and when it passes', () => {
    marbles(({ hot, ready, scheduler, expectObservable, flush }) => {
      const log: unknown[] = [];
      const gate = holdUntilReady<string>(ready('  --f----t-'), {
        scheduler,
        onRelease: (item, at) => log.push([item, at]),
      });
      expectObservable(hot('  -a-b-c-----|').pipe(gate)).toBe('-a-----(bc)|');
      flush();
      expect(log).toEqual([
        ['a', 1],
        ['b', 7],
        ['c', 7],
      ]);
    });
  });

  it('released is not told of what passes while the gate is not active', () => {
    const log: unknown[] = [];
    const released = (item: string): unknown => log.push(item);
    of('a')
      .pipe(holdUntilReady(new BehaviorSubject(true), { active: false, onRelease: released }))
      .subscribe();
    expect(log).toEqual([]);
  });
});
