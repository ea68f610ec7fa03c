import { from } from 'rxjs';
import { OptionError } from '../../../operators';
import type { Strategy } from '../../../streams';
import { analysis, pipeline, StrategyRunner } from '../../../streams';
import { historyOf, itemsOf, ticksOf } from '../given';
import { simulated } from '../world';
import type { Trace } from '../world';
import { totalsIn } from '../workOf';

const run = (
  strategies: readonly Strategy[],
  texts = ['A 0 1', 'B 0 1', 'A 1 2', 'B 1 2', 'A 2 3'],
): Promise<Trace> => simulated([ticksOf(...texts)], { bars: '1s', derive: ['2s'], strategies });

/** Sums over the run: bars, signals, errors. */
function accounts({ events }: Trace, name: string): string {
  const sums = { items: 0, signals: 0, errors: 0 };
  for (const { strategy, items, signals, errors } of totalsIn(events)) {
    if (strategy !== name) continue;
    sums.items += items;
    sums.signals += signals;
    sums.errors += errors;
  }
  return Object.values(sums).join('/');
}

describe('a strategy is woken', () => {
  const wakes = async (options: Partial<Strategy>): Promise<string[]> => {
    const heard: string[] = [];
    await run([
      {
        name: 'listens',
        ...options,
        onBar: ({ symbol, interval, end }) => {
          heard.push(`${symbol} ${interval} ${end / 1e6}`);
        },
      },
    ]);
    return heard;
  };

  test.each<[string, Partial<Strategy>, string[]]>([
    [
      'by all complete bars, the base too, unless it says otherwise',
      {},
      ['A 1s 1', 'B 1s 1', 'A 1s 2', 'B 1s 2', 'A 2s 2', 'B 2s 2'],
    ],
    ['by its intervals', { intervals: ['2s'] }, ['A 2s 2', 'B 2s 2']],
    ['by its symbols', { symbols: ['B'] }, ['B 1s 1', 'B 1s 2', 'B 2s 2']],
    ['by both', { symbols: ['B'], intervals: ['1s'] }, ['B 1s 1', 'B 1s 2']],
    ['by nothing that there is not', { symbols: ['Z'] }, []],
  ])('%s', async (_title, options, expected) => {
    expect(await wakes(options)).toEqual(expected);
  });
});

describe('what it says', () => {
  const said = async (
    onBar: Strategy['onBar'],
    rest: Partial<Strategy> = {},
  ): Promise<unknown[]> => {
    const { signals } = await run(
      [{ name: 'says', symbols: ['A'], intervals: ['1s'], ...rest, onBar }],
      ['A 0 1', 'A 1 1'],
    );
    return signals.map((text) => JSON.parse(text) as unknown);
  };
  const signal = { symbol: 'A', interval: '1s', time: 1_000_000, side: 'buy', strategy: 'says' };

  test.each<[string, Strategy['onBar'], unknown[]]>([
    ['is completed by the bar that woke it', () => ({ side: 'buy' }), [signal]],
    [
      'may say otherwise',
      () => ({ side: 'flat', symbol: 'B', strength: 0.5, note: 'x' }),
      [{ ...signal, side: 'flat', symbol: 'B', strength: 0.5, note: 'x' }],
    ],
    [
      'may be several',
      () => [{ side: 'buy' }, { side: 'sell' }],
      [signal, { ...signal, side: 'sell' }],
    ],
    ['may come later', () => Promise.resolve({ side: 'buy' }), [signal]],
    ['may come from a promise of another kind', () => thenable({ side: 'buy' }) as never, [signal]],
    ['may be nothing', () => undefined, []],
  ])('%s', async (_title, onBar, expected) => {
    expect(await said(onBar)).toEqual(expected);
  });

  test('is passed over while it is not warm', async () => {
    expect(await said(() => ({ side: 'buy' }), { isWarm: () => false })).toEqual([]);
  });
});

const thenable = (value: unknown): PromiseLike<unknown> => ({
  then: (resolve) => Promise.resolve(resolve?.(value)) as never,
});

describe('signals', () => {
  it('hold what a signal has: another field is an error, also one that could not cross threads', async () => {
    const trace = await run(
      [
        {
          name: 'extra',
          symbols: ['A'],
          intervals: ['2s'],
          onBar: () => ({ side: 'buy', extra: () => undefined }) as never,
        },
      ],
      ['A 0 1', 'A 2 1'],
    );
    expect(trace.signals).toEqual([]);
    expect(accounts(trace, 'extra')).toBe('1/0/1');
  });

  it('are counted as they are emitted, however many come of one bar', async () => {
    const many = Array.from({ length: 150_000 }, () => ({ side: 'buy' }) as const);
    const { signals, events } = await run(
      ['one', 'two'].map((name) => ({
        name,
        symbols: ['A'],
        intervals: ['1s'],
        onBar: () => many,
      })),
      ['A 0 1', 'A 1 1'],
    );
    const counted = { one: 0, two: 0 };
    for (const { strategy, signals: said } of totalsIn(events)) {
      counted[strategy as 'one' | 'two'] += said;
    }
    expect(counted).toEqual({ one: 150_000, two: 150_000 });
    expect(signals).toHaveLength(300_000);
  });
});

describe('a faulty one is isolated, counted and named; the others go on', () => {
  const cyclic: Record<string, unknown> = {};
  cyclic['self'] = cyclic;

  test.each<[string, () => unknown, RegExp]>([
    [
      'throws',
      () => {
        throw new Error('ouch');
      },
      /^ouch$/,
    ],
    [
      'throws what is no error',
      () => {
        throw 'text' as unknown as Error;
      },
      /^text$/,
    ],
    ['rejects', () => Promise.reject(new Error('ouch')), /^ouch$/],
    ['returns a text', () => 'buy', /"buy", which is no signal/],
    [
      'returns a field that signals have not',
      () => ({ side: 'buy', qty: 3 }),
      /a field "qty"; its fields are side, strength, note/,
    ],
    ['returns an unknown side', () => ({ side: 'up' }), /which is no signal/],
    [
      'returns an endless strength',
      () => ({ side: 'buy', strength: Infinity }),
      /which is no signal/,
    ],
    ['returns a number later', () => Promise.resolve(7), /7, which is no signal/],
    ['returns one wrong among others', () => [{ side: 'buy' }, {}], /which is no signal/],
    ['returns what cannot be written', () => cyclic, /Circular.*which is no signal/],
  ])('that %s', async (_title, onBar, message) => {
    const faulty: Strategy = {
      name: 'faulty',
      intervals: ['2s'],
      onBar: onBar as Strategy['onBar'],
    };
    const sound: Strategy = { name: 'sound', intervals: ['2s'], onBar: () => ({ side: 'buy' }) };
    const trace = await run([faulty, sound]);
    expect(trace.outcome).toEqual({ outcome: 'done' });
    expect(accounts(trace, 'faulty')).toBe('2/0/2');
    expect(accounts(trace, 'sound')).toBe('2/2/0');
    const told = totalsIn(trace.events).find(({ errors }) => errors > 0);
    expect(told).toMatchObject({ error: expect.stringMatching(message) as unknown });
  });
});

test('asynchronous strategies work one after another, in the order given, and no bar overtakes another', async () => {
  const order: string[] = [];
  const slow = (name: string): Strategy => ({
    name,
    onBar: async ({ symbol, interval, end }) => {
      order.push(`${name}> ${symbol}${interval}${end / 1e6}`);
      await new Promise((resolve) => setImmediate(resolve));
      order.push(`<${name}`);
    },
  });
  await run([slow('a'), slow('b')], ['A 0 1', 'B 0 1', 'A 2 1']);
  const expected = ['A1s1', 'B1s1', 'A2s2', 'B2s2'].flatMap((bar) => [
    `a> ${bar}`,
    '<a',
    `b> ${bar}`,
    '<b',
  ]);
  expect(order).toEqual(expected);
});

describe('after the end, nobody who comes after an awaiting strategy is woken any more', () => {
  const ended = async (how: 'resolves' | 'rejects', strict: boolean): Promise<unknown[]> => {
    const heard: string[] = [];
    const charged: number[] = [];
    let settle: (how: 'resolves' | 'rejects') => void = () => undefined;
    const answer = new Promise<undefined>((resolve, reject) => {
      settle = (asked) => {
        if (asked === 'resolves') resolve(undefined);
        else reject(new Error('too late'));
      };
    });
    const history = historyOf('1s');
    const items = itemsOf([ticksOf('A 0 1', 'A 1 1')], history);
    const named = (name: string, onBar: Strategy['onBar']): Strategy => ({
      name,
      onBar: (...of) => {
        heard.push(name);
        return onBar(...of);
      },
    });
    const runner = new StrategyRunner(
      history,
      [named('awaited', () => answer), named('next', () => ({ side: 'buy' }))],
      { strict, stopwatch: () => 0, onCharge: (strategy) => charged.push(strategy) },
    );
    const unhandled: unknown[] = [];
    const running = from(items.slice(0, 1))
      .pipe(analysis(history, runner))
      .subscribe({ error: (error: unknown) => unhandled.push(error) });
    running.unsubscribe();
    settle(how);
    await new Promise(setImmediate);
    return [heard, charged, runner.flush(0, 'end'), unhandled];
  };

  test.each([
    ['resolves', false],
    ['rejects', false],
    ['rejects', true],
  ] as const)('that %s (strict: %s)', async (how, strict) => {
    expect(await ended(how, strict)).toEqual([['awaited'], [], [], []]);
  });

  test('nor in a run that a strategy stops before it awaits', async () => {
    const heard: string[] = [];
    let stop: () => void = () => undefined;
    const flow = pipeline([ticksOf('A 0 1', 'A 1 1')], {
      bars: '1s',
      strategies: [
        {
          name: 'stops',
          onBar: async () => {
            heard.push('stops');
            stop();
            await Promise.resolve();
          },
        },
        { name: 'next', onBar: () => void heard.push('next') },
      ],
    });
    stop = () => {
      flow.stop();
    };
    flow.start();
    await flow.ended;
    await new Promise(setImmediate);
    expect(heard).toEqual(['stops']);
  });
});

describe('strategies make no sense', () => {
  const of =
    (...strategies: unknown[]): (() => unknown) =>
    () =>
      pipeline([], { bars: '1s', strategies: strategies as Strategy[] });
  const named = (name: string): Strategy => ({ name, onBar: () => undefined });

  test.each<[string, () => unknown, RegExp | typeof OptionError]>([
    ['two of one name', of(named('a'), named('a')), /a name that only one strategy has/],
    ['one without onBar', of({ name: 'a' }), /a name and a function onBar/],
    ['a factory that makes nothing', of(() => undefined), /a name and a function onBar/],
    [
      'an interval that the run does not have',
      of({ ...named('a'), intervals: ['7m'] }),
      /intervals of a is '7m'/,
    ],
    [
      'a factory that throws',
      of(() => {
        throw new OptionError('fast', 1, 'more');
      }),
      OptionError,
    ],
  ])('%s', (_title, make, message) => {
    expect(make).toThrow(message);
  });
});
