import { concat, NEVER, of, Subject, throwError, timer } from 'rxjs';
import type { ObservableInput } from 'rxjs';
import { OptionError, serve, ServiceTimeoutError, VirtualClock } from '../../operators';
import type { DeadLetter, ServeOptions } from '../../operators';
import { collect, failure } from '../support/collect';
import { marbles } from '../support/marbles';

/** What is left of an item whose service failed. */
const letters = (): {
  all: DeadLetter<string>[];
  deadLetters: (letter: DeadLetter<string>) => void;
} => {
  const all: DeadLetter<string>[] = [];
  return {
    all,
    deadLetters: (letter) => {
      all.push(letter);
    },
  };
};

describe('serve: onError', () => {
  const failing = (how: () => ObservableInput<string>) => (item: string) =>
    item === 'b' ? how() : [item.toUpperCase()];
  const ways: [string, () => ObservableInput<string>][] = [
    [
      'throws',
      () => {
        throw failure;
      },
    ],
    ['fails at once', () => throwError(() => failure)],
  ];

  it.each(ways)('fail, unless given: an item whose process %s ends the stream', (_how, how) => {
    const log: unknown[] = [];
    of('a', 'b', 'c')
      .pipe(serve(failing(how), { serviceTime: 0 }))
      .subscribe({ next: (item) => log.push(item), error: (error: unknown) => log.push(error) });
    expect(log).toEqual(['A', failure]);
  });

  it.each(ways)('skip: an item whose process %s is a dead letter', (_how, how) => {
    const { all, deadLetters } = letters();
    const log: unknown[] = [];
    const served: string[] = [];
    of('a', 'b', 'c')
      .pipe(
        serve(failing(how), {
          serviceTime: 0,
          onError: 'skip',
          deadLetters,
          edge: 'e',
          offeredAt: () => 7,
          meter: { onServed: (item) => served.push(item) },
        }),
      )
      .subscribe({ next: (item) => log.push(item), complete: () => log.push('|') });
    expect([log, served]).toEqual([
      ['A', 'C', '|'],
      ['a', 'b', 'c'],
    ]);
    expect(all).toEqual([{ item: 'b', reason: 'skipped', edge: 'e', at: 7, error: failure }]);
  });

  it('skip, when it fails later: what has left stays, the server is busy until then', () => {
    marbles(({ hot, cold, scheduler, expectObservable }) => {
      const source = hot('                    -a-b-----|');
      const process = (item: string): ObservableInput<string> =>
        item === 'a' ? cold('-x--#') : [item];
      const server = serve(process, { scheduler, onError: 'skip' });
      expectObservable(source.pipe(server)).toBe('--x--b---|');
    });
  });

  it('skip does not hide what a callback throws', () => {
    const errors: unknown[] = [];
    of('a')
      .pipe(
        serve((item) => [item], {
          onError: 'skip',
          onOutput: () => {
            throw failure;
          },
        }),
      )
      .subscribe({ error: (error: unknown) => errors.push(error) });
    expect(errors).toEqual([failure]);
  });

  it('rejected promises are skipped, one after another', async () => {
    const { all, deadLetters } = letters();
    const served = of('a', 'b', 'c').pipe(
      serve((item) => (item === 'c' ? Promise.resolve(item) : Promise.reject(failure)), {
        onError: 'skip',
        deadLetters,
      }),
    );
    expect(await collect(served)).toEqual(['c']);
    expect(all.map(({ item, reason }) => [item, reason])).toEqual([
      ['a', 'skipped'],
      ['b', 'skipped'],
    ]);
  });
});

describe('serve: timeout', () => {
  it.each<[string, ServeOptions<string, string>, string, unknown]>([
    ['fails the stream', {}, '---#', new ServiceTimeoutError('server', 2)],
    ['skips the item', { onError: 'skip' }, '---b-----|', undefined],
  ])('%s, and leaves the work', (_title, options, result, error) => {
    marbles(({ hot, cold, scheduler, expectObservable, expectSubscriptions }) => {
      const work = cold('    ----x|');
      const source = hot('   -ab------|');
      const server = serve((item: string) => (item === 'a' ? work : [item]), {
        scheduler,
        timeout: 2,
        ...options,
      });
      expectObservable(source.pipe(server)).toBe(result, undefined, error);
      expectSubscriptions(work.subscriptions).toBe('-^-!');
    });
  });

  it('work that completes in time is not touched', () => {
    marbles(({ hot, cold, scheduler, expectObservable }) => {
      const server = serve(() => cold('-x|'), { scheduler, timeout: 3 });
      expectObservable(hot('-a----b-----|').pipe(server)).toBe('--x----x----|');
    });
  });

  it('is a dead letter that says so', () => {
    const { all, deadLetters } = letters();
    marbles(({ hot, scheduler, flush }) => {
      hot('-a-|')
        .pipe(serve(() => NEVER, { scheduler, timeout: 5, onError: 'skip', deadLetters }))
        .subscribe();
      flush();
    });
    expect(all).toEqual([
      {
        item: 'a',
        reason: 'timedOut',
        edge: 'server',
        at: 6,
        error: new ServiceTimeoutError('server', 5),
      },
    ]);
  });

  it('goes by real time where a virtual clock stands still', async () => {
    const scheduler = new VirtualClock();
    const served = of('a').pipe(serve(() => NEVER, { scheduler, timeout: 5, onError: 'skip' }));
    expect(await collect(concat(served, of('over')))).toEqual(['over']);
  });
});

describe('serve: the signal for process', () => {
  it('aborts when the subscriber leaves, the stream fails, or the time is over', () => {
    marbles(({ hot, cold, scheduler, flush }) => {
      const log: unknown[] = [];
      const run = (options: ServeOptions<string, string>, end: string): void => {
        const leave = cold(end);
        const served = hot('-a')
          .pipe(
            serve(
              (item, { signal }) => {
                signal.addEventListener('abort', () => log.push([item, scheduler.now()]));
                return NEVER;
              },
              { scheduler, ...options },
            ),
          )
          .subscribe({ error: () => undefined });
        leave.subscribe(() => {
          served.unsubscribe();
        });
      };
      run({}, '                            ---x');
      run({ timeout: 4 }, '                ---------x');
      run({ timeout: 6, onError: 'skip' }, '---------x');
      flush();
      expect(log).toEqual([
        ['a', 3],
        ['a', 5],
        ['a', 7],
      ]);
    });
  });

  it('does not abort when the service is over, and is another one for the next item', () => {
    const signals: AbortSignal[] = [];
    const source = new Subject<string>();
    const subscription = source
      .pipe(
        serve(
          (item, context) => {
            signals.push(context.signal);
            return [item];
          },
          { serviceTime: 0 },
        ),
      )
      .subscribe();
    source.next('a');
    source.next('b');
    subscription.unsubscribe();
    expect(new Set(signals).size).toBe(2);
    expect(signals.map(({ aborted }) => aborted)).toEqual([false, false]);
  });

  it('a context that was kept is never the next item’s', async () => {
    const contexts = new Set<object>();
    const served = of('a', 'b').pipe(
      serve((_item, context) => {
        contexts.add(context);
        return timer(0);
      }),
    );
    await collect(served);
    expect(contexts.size).toBe(2);
  });
});

it.each([
  ['onError', 'ignore'],
  ['outputs', 'later'],
  ['timeout', 0],
  ['timeout', NaN],
])('%s: %p is refused at once', (option, value) => {
  const options = { [option]: value } as ServeOptions<string, string>;
  expect(() => serve((item: string) => [item], options)).toThrow(OptionError);
});
