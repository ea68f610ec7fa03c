import { NEVER, of, take } from 'rxjs';
import { Holding, Readiness, serve } from '../../operators';
import { marbles } from '../support/marbles';
import { failure } from '../support/collect';

const upper = (item: string): string[] => [item.toUpperCase()];

describe('serve: blocked by the next gate', () => {
  it('is not ready, and serves nothing, until the gate holds none of its outputs', () => {
    marbles(({ hot, scheduler, expectObservable, flush }) => {
      const readiness = new Readiness();
      const downstream = new Holding(false);
      const blocked: [string, number, number][] = [];
      const tells = (what: string) => (at: number) => blocked.push([what, at, scheduler.now()]);
      const source = hot('              -a-b--------');
      const served = source.pipe(
        serve(upper, {
          scheduler,
          readiness,
          downstream,
          serviceTime: 2,
          meter: { onBlocked: tells('from'), onUnblocked: tells('to') },
        }),
      );
      hot('                             --t----f----', { t: true, f: false }).subscribe(downstream);
      expectObservable(served).toBe('   ---A-----B--');
      expectObservable(readiness).toBe('tf-------t', { t: true, f: false });
      const ready: boolean[] = [];
      scheduler.schedule(() => ready.push(readiness.isReadyAt(5), readiness.isReadyAt(1e9)), 5);
      flush();
      expect(blocked).toEqual([
        ['from', 3, 3],
        ['to', 7, 7],
      ]);
      expect(ready).toEqual([false, false]);
    });
  });

  it('completes when the gate has let the last output pass', () => {
    marbles(({ hot, scheduler, expectObservable }) => {
      const downstream = new Holding(true);
      hot('                           ------f', { f: false }).subscribe(downstream);
      const served = hot('            -a|').pipe(
        serve(upper, { scheduler, downstream, serviceTime: 1 }),
      );
      expectObservable(served).toBe('--A---|');
    });
  });

  it('stays blocked when the gate says once more that it holds', () => {
    const downstream = new Holding(true);
    const seen: string[] = [];
    of('a', 'b')
      .pipe(serve(upper, { downstream, serviceTime: 0, meter: {} }))
      .subscribe((output) => seen.push(output));
    downstream.next(true);
    const before = [...seen];
    downstream.next(false);
    expect([before, seen]).toEqual([['A'], ['A', 'B']]);
  });

  it('is not blocked when its subscriber has had enough', () => {
    const blocked: number[] = [];
    const meter = { onBlocked: (at: number) => blocked.push(at) };
    of('a')
      .pipe(serve(upper, { downstream: new Holding(true), serviceTime: 0, meter }), take(1))
      .subscribe();
    expect(blocked).toEqual([]);
  });

  it('a gate that fails, fails the server', () => {
    const downstream = new Holding(false);
    const errors: unknown[] = [];
    NEVER.pipe(serve(() => [], { downstream })).subscribe({
      error: (error: unknown) => errors.push(error),
    });
    downstream.error(failure);
    expect(errors).toEqual([failure]);
  });
});
