import { range, Subject } from 'rxjs';
import { Holding, Readiness, serve } from '../../operators';
import { marbles } from '../support/marbles';

const upper = (item: string): string[] => [item.toUpperCase()];

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
    const downstream = new Holding(true);
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
        onOutput: () => asked.push(readiness.isReadyAt(scheduler.now())),
      });
      expectObservable(hot('-ab----|').pipe(server)).toBe('---A-B-|');
    });
  });
});
