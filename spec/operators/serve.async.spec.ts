import { interval, of, range } from 'rxjs';
import { serve } from '../../operators';
import { marbles } from '../support/marbles';

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
