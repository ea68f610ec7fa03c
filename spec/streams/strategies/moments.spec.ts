import fc from 'fast-check';
import type { PipelineOptions, Strategy, StrategyContext } from '../../../streams';
import { makeStrategies } from '../../../streams/strategies/makeStrategies';
import { parseInterval } from '../../../streams/bars/interval';
import { repetitions } from '../../support/properties';
import { S, ticksOf } from '../given';
import type { Trace } from '../world';
import { inputs, simulated, sourceOf } from '../world';

const NOON = Date.UTC(2024, 7, 8, 12) * 1_000;
const nothing = (): undefined => undefined;

/** Keeps a line of each call. */
const listener = (log: string[], more: Partial<Strategy> = {}): Strategy => ({
  name: 'listener',
  timer: '2s',
  onBar: ({ symbol, interval, end }) => void log.push(`${symbol} ${interval} ${end / S}`),
  onBars: (bars, { time }) =>
    void log.push(
      `[${bars.map(({ symbol, interval }) => `${symbol} ${interval}`).join()}] ${time / S}`,
    ),
  onTimer: (time) => void log.push(`timer ${time / S}`),
  onStart: ({ time }) => void log.push(`start ${time / S}`),
  onEnd: () => void log.push('end'),
  ...more,
});

const heard = async (
  rows: readonly string[],
  more: Partial<Strategy> = {},
  options: PipelineOptions = {},
): Promise<string[]> => {
  const log: string[] = [];
  const strategies = [listener(log, more)];
  const { outcome } = await simulated([ticksOf(...rows)], { bars: '1s', ...options, strategies });
  expect(outcome).toEqual({ outcome: 'done' });
  return log;
};

const ROWS = ['A 0 1', 'B 0.5 1', 'A 1 2', 'A 3.5 3', 'B 5 1'];

describe('a strategy is called', () => {
  test('with all bars of an instant together, after each alone; at ends of its timer; at the start and the end', async () => {
    expect(await heard(ROWS, {}, { derive: ['2s'] })).toEqual([
      'start 1',
      'A 1s 1',
      'B 1s 1',
      '[A 1s,B 1s] 1',
      'A 1s 2',
      'A 2s 2',
      'B 2s 2',
      '[A 1s,A 2s,B 2s] 2',
      'timer 2',
      'A 1s 4',
      'A 2s 4',
      '[A 1s,A 2s] 4',
      'timer 4',
      'end',
    ]);
  });

  test('together with bars of its symbols and intervals alone', async () => {
    const log = await heard(ROWS, { symbols: ['A'], intervals: ['2s'] }, { derive: ['2s'] });
    expect(log.filter((line) => line.startsWith('['))).toEqual(['[A 2s] 2', '[A 2s] 4']);
  });

  test('one after another where every tick is a bar', async () => {
    const log = await heard(['A 0 1', 'B 0 1', 'A 1 1'], {}, { bars: 'tick' });
    expect(log.filter((line) => line.startsWith('['))).toEqual([
      '[A tick] 0',
      '[B tick] 0',
      '[A tick] 1',
    ]);
  });

  test('when sessions begin and end: those that have rows', async () => {
    const log: string[] = [];
    const at = (hour: number, minute: number): string =>
      `A ${Date.UTC(2024, 7, hour < 24 ? 8 : 12, hour % 24, minute) / 1_000} 1`;
    const rows = [at(12, 0), at(13, 35), at(21, 0), at(24 + 13, 40), at(24 + 20, 30)];
    await simulated([ticksOf(...rows)], {
      bars: '1m',
      calendar: { zone: 'America/New_York', sessions: ['09:30-16:00'] },
      strategies: [
        {
          name: 'sessions',
          onBar: ({ end }, { session, localTime }) => {
            const { weekday, hour, minute } = localTime();
            const inSession = session !== undefined && session.start < end && end <= session.end;
            log.push(`bar ${weekday} ${hour}:${minute} ${inSession}`);
          },
          onSessionStart: ({ start, end }, { localTime, time }) => {
            const { day, hour, minute } = localTime(undefined, start);
            log.push(
              `start ${day}. ${hour}:${minute} ${time === start} ${(end - start) / 3600e6} h`,
            );
          },
          onSessionEnd: ({ end }, { time, localTime }) => {
            log.push(`end ${localTime('UTC').hour} ${time === end}`);
          },
        },
      ],
    });
    expect(log).toEqual([
      'start 8. 9:30 false 6.5 h',
      'bar 4 9:36 true',
      'end 20 true',
      'start 12. 9:30 true 6.5 h',
      'bar 1 9:41 true',
      'end 20 true',
    ]);
  });
});

describe('what it says to such a call', () => {
  const said = async (answer: unknown) => {
    const strategy = { name: 'says', onBar: nothing, onBars: () => answer as undefined };
    return simulated([ticksOf('A 0 1', 'A 1 1')], { bars: '1s', strategies: [strategy] });
  };

  test('is a signal of the symbol that it names', async () => {
    const { signals } = await said({ side: 'buy', symbol: 'A' });
    expect(signals.map((text) => JSON.parse(text) as unknown)).toEqual([
      { symbol: 'A', interval: 'instant', time: S, side: 'buy', strategy: 'says' },
    ]);
  });

  test('is an error without a symbol; the account is of no symbol', async () => {
    const { signals, events } = await said({ side: 'buy' });
    expect(signals).toEqual([]);
    const worked = events.filter((event) => event.type === 'worked');
    expect(worked.flatMap(({ totals }) => totals)).toMatchObject([
      { items: 2, errors: 1, error: expect.stringContaining('symbol') as string },
    ]);
    expect(worked.flatMap(({ names }) => names)).toContain('*');
    expect(worked.flatMap(({ intervals }) => intervals)).toContain('instant');
  });
});

test('its time is service time of the analysis, and its own', async () => {
  let now = 0;
  const strategies: Strategy[] = [
    { name: 'slow', onBar: nothing, onBars: () => void (now += 700) },
    { name: 'later', onBar: nothing, timer: '1s', onTimer: () => Promise.resolve(undefined) },
  ];
  const { events } = await simulated([ticksOf('A 0 1', 'A 1 1')], {
    bars: '1s',
    strategies,
    stopwatch: () => now,
  });
  const busy = events.reduce(
    (sum, event) => (event.type === 'window' ? sum + (event.busyMs['analysis'] ?? 0) : sum),
    0,
  );
  expect(busy).toBe(700);
  const totals = events.flatMap((event) => (event.type === 'worked' ? event.totals : []));
  const slow = totals.filter(({ strategy }) => strategy === 'slow');
  expect(slow.reduce((sum, { totalMs }) => sum + totalMs, 0)).toBe(700);
});

/** Says everything that it hears of and can read. */
const teller = (): Strategy => {
  const say = (what: string, { time, history, symbols }: StrategyContext) => ({
    side: 'flat' as const,
    symbol: 'A',
    note: `${what} ${time} ${symbols.map((symbol) => history(symbol, '2s').length).join()}`,
  });
  return {
    name: 'teller',
    timer: '2s',
    onBar: nothing,
    onBars: (bars, context) => say(bars.map(({ symbol, close }) => symbol + close).join(), context),
    onTimer: (time, context) => Promise.resolve(say('timer', context)),
    onSessionStart: (_session, context) => say('open', context),
    onSessionEnd: (_session, context) => say('close', context),
  };
};

/** All that is told but of the coordinator, which reads ahead at its own pace. */
const told = (trace: Trace | undefined): unknown[] =>
  (trace?.events ?? []).filter(
    (event) => event.type !== 'ingested' && !('stage' in event && event.stage === 'coordinator'),
  );

describe('law 4 holds for such calls', () => {
  const options = { bars: '1s', derive: ['2s', '6s'], strategies: [teller] };
  test('modes and engines call alike, and count alike', async () => {
    await fc.assert(
      fc.asyncProperty(inputs(), async (input) => {
        const runs = await Promise.all(
          (['clock', 'data'] as const).flatMap((mode) =>
            (['auto', 'operators'] as const).map((engine) =>
              simulated([sourceOf(input)], {
                ...{ ...options, mode, engine, stopwatch: () => 0 },
                serviceTimes: { processor: 125, analysis: 250 },
              }),
            ),
          ),
        );
        const [first, second, third, fourth] = runs;
        for (const run of runs) expect(run.signals).toEqual(first?.signals);
        expect(told(second)).toEqual(told(first));
        expect(told(fourth)).toEqual(told(third));
      }),
      repetitions(10),
    );
  });

  test('a lead-in leaves them as in a run over everything', async () => {
    await fc.assert(
      fc.asyncProperty(inputs(), fc.integer({ min: 1, max: 10 }), async (input, second) => {
        const from = second * S;
        const isAfter = (text: string): boolean =>
          (JSON.parse(text) as { time: number }).time > from;
        if (input.ticks.every((text) => Number(text.split(' ')[1]) * S < from)) return;
        const all = await simulated([sourceOf(input)], options);
        const led = await simulated([sourceOf(input)], { ...options, from, leadIn: '1d' });
        expect(led.signals.filter(isAfter)).toEqual(all.signals.filter(isAfter));
      }),
      repetitions(10),
    );
  });
});

test.each<[string, Partial<Strategy>, RegExp]>([
  ['a timer without a function', { timer: '1s' }, /timer.*together/],
  ['a function without a timer', { onTimer: nothing }, /timer.*together/],
  ['a timer that is no length', { timer: 'tick', onTimer: nothing }, /timer.*length/],
  ['a callback that is no function', { onBars: 7 as never }, /onBars.*function/],
])('%s is refused', (_title, more, message) => {
  const strategy = { name: 'x', onBar: nothing, ...more };
  expect(() => makeStrategies([strategy], [parseInterval('1s')])).toThrow(message);
});

test('the time of a run is where its context says', async () => {
  const seen: unknown[] = [];
  await simulated([ticksOf(`A ${NOON / S} 1`, `A ${NOON / S + 1} 1`)], {
    bars: '1s',
    strategies: [
      {
        name: 'clock',
        onBar: (_bar, { localTime, session, isLeadIn }) => {
          seen.push(localTime(), localTime('Asia/Tokyo').hour, session, isLeadIn);
        },
      },
    ],
  });
  const day = Date.UTC(2024, 7, 8) * 1_000;
  expect(seen).toEqual([
    { year: 2024, month: 8, day: 8, weekday: 4, hour: 12, minute: 0, second: 1 },
    21,
    { start: day, end: day + 86_400e6 },
    false,
  ]);
});
