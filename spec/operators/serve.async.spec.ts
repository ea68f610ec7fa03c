import { interval, of, range } from 'rxjs';
import { OverflowError, serve } from '../../operators';
import { marbles } from '../support/marbles';

describe('serve: process that returns an Observable or a promise', () => {
  it.each([
    ['unless told otherwise, outputs leave as they come', {}, '  -x----yx----y----|'],
    ['outputs: atEnd, when it has completed', { outputs: 'atEnd' }, '-------(xy)--(xy)|'],
  ] as const)('%s, and the next one is served then', (_title, options, result) => {
    marbles(({ hot, cold, scheduler, expectObservable, expectSubscriptions }) => {
      const work = cold('            x----y|');
      const source = hot('           -a-b-------------|');
      const served = source.pipe(serve(() => work, { scheduler, ...options }));
      expectObservable(served).toBe(result);
      expectSubscriptions(work.subscriptions).toBe(['-^-----!', '-------^-----!']);
    });
  });

  it('an Observable that never ends is not silent', () => {
    marbles(({ hot, scheduler, expectObservable }) => {
      const server = serve(() => interval(2, scheduler), { scheduler });
      expectObservable(hot('-a').pipe(server), '^------!').toBe('---0-1-', { 0: 0, 1: 1 });
    });
  });

  it('outputs that wait for the end are bounded by the capacity', () => {
    marbles(({ hot, scheduler, expectObservable }) => {
      const server = serve(() => interval(1, scheduler), {
        scheduler,
        outputs: 'atEnd',
        capacity: 2,
        edge: 'e',
      });
      const error = new OverflowError('e (outputs of one item)', 2);
      expectObservable(hot('-a').pipe(server)).toBe('----#', undefined, error);
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
