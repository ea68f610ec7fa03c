import type { Observable } from 'rxjs';
import { OptionError, OverflowError } from '../../operators';
import type { Pipeline, PipelineOptions, RowBatch, RowSource, Strategy } from '../../streams';
import { StrategyError } from '../../streams';
import { fromTicks } from '../../streams/sources';
import { ticksOf } from './given';
import { countsOn, inMarbles, inTurn, simulated, traceOf } from './world';
import type { Trace } from './world';
import { totalsIn } from './workOf';

const FIRST = 'coordinator-processor';
const SECOND = 'processor-analysis';

const seconds = (count: number): RowSource =>
  ticksOf(...Array.from({ length: count + 1 }, (_, second) => `A ${second} ${second + 1}`));

/** The source, and how often its iterator was returned or came to its end. */
function watched(source: RowSource): { source: RowSource; closed: () => number } {
  let closed = 0;
  function* batches(): Generator<RowBatch> {
    try {
      yield* source.batches() as Iterable<RowBatch>;
    } finally {
      closed += 1;
    }
  }
  return { source: { ...source, batches }, closed: () => closed };
}

/** The same, asynchronous; its batches can be made to wait. */
function laterOf(
  source: RowSource,
  waits: Promise<void> = Promise.resolve(),
): { source: RowSource; closed: () => number } {
  let closed = 0;
  const iterator = (): AsyncIterator<RowBatch> => {
    const rows = (source.batches() as Iterable<RowBatch>)[Symbol.iterator]();
    return {
      next: async () => {
        await waits;
        return rows.next();
      },
      return: () => {
        closed += 1;
        return Promise.resolve({ done: true, value: undefined });
      },
    };
  };
  const batches = (): AsyncIterable<RowBatch> => ({ [Symbol.asyncIterator]: iterator });
  return { source: { ...source, batches }, closed: () => closed };
}

const never = new Promise<void>(() => undefined);

/** What was handed over to the stages was served or is discarded; the gates' part is known besides. */
function expectBalance({ events, bars }: Trace, heldByFirstGate: number): void {
  const first = countsOn(FIRST, events);
  const second = countsOn(SECOND, events);
  expect(first.served + first.dropped + first.discarded).toBe(first.delivered + heldByFirstGate);
  const offered = bars.filter((bar) => !bar.includes('open')).length;
  expect(second.served + second.dropped + second.discarded).toBe(offered);
}

describe('stop', () => {
  test.each<[string, PipelineOptions, number, number]>([
    ['while the clock waits', {}, 2_500, 0],
    ['while the processor serves', { serviceTimes: { processor: 700 } }, 2_500, 0],
    ['with a full inbox', { serviceTimes: { processor: 7_000 } }, 6_500, 0],
    ['while analysis serves', { serviceTimes: { analysis: 5_000 } }, 4_500, 0],
    [
      'while both gates hold and the processor is blocked',
      { mode: 'data', serviceTimes: { processor: 10, analysis: 5_000 } },
      4_500,
      1,
    ],
    ['at the very start', {}, 0, 0],
  ])('%s discards what is on its way, and counts it', async (_title, options, at, held) => {
    const { source, closed } = watched(seconds(20));
    const all = { bars: '1s', serviceTimes: { processor: 0, analysis: 0 }, ...options };
    const trace = await simulated([source], all, [
      [
        at,
        (flow) => {
          flow.stop();
        },
      ],
    ]);
    expect(trace.outcome).toEqual({ outcome: 'stopped' });
    expect(closed()).toBe(1);
    expectBalance(trace, held);
    expect(trace.events.at(-1)).toMatchObject({ type: 'window', at });
  });

  test('while paused', async () => {
    const { source, closed } = watched(seconds(20));
    const trace = await simulated(
      [source],
      { bars: '1s', mode: 'data', serviceTimes: { processor: 1_000 } },
      [
        [
          1_500,
          (flow) => {
            flow.pause();
          },
        ],
        [
          9_000,
          (flow) => {
            flow.stop();
          },
        ],
      ],
    );
    expect([trace.outcome, closed()]).toEqual([{ outcome: 'stopped' }, 1]);
    expectBalance(trace, 1);
  });

  test('writes no open windows', async () => {
    const trace = await simulated([seconds(20)], { bars: '1s', derive: ['4s'] }, [
      [
        6_500,
        (flow) => {
          flow.stop();
        },
      ],
    ]);
    expect(trace.bars.map((bar) => bar.split(' ').slice(1, 3).join(' '))).toEqual([
      '1s [0,1)',
      '1s [1,2)',
      '1s [2,3)',
      '1s [3,4)',
      '4s [0,4)',
      '1s [4,5)',
      '1s [5,6)',
    ]);
  });

  test('before the start: nothing ever flows, no source is opened', async () => {
    const { source, closed } = watched(seconds(2));
    const trace = traceOf([source], { bars: '1s' });
    trace.flow.stop();
    trace.flow.start();
    expect(await trace.flow.ended).toEqual({ outcome: 'stopped' });
    expect([trace.bars, trace.events, closed()]).toEqual([[], [], 0]);
  });

  test('twice, or after the end, changes nothing', async () => {
    const trace = await simulated([seconds(2)], { bars: '1s' }, [
      [
        1_500,
        (flow) => {
          flow.stop();
          flow.stop();
        },
      ],
    ]);
    trace.flow.stop();
    expect([await trace.flow.ended, trace.bars.length]).toEqual([{ outcome: 'stopped' }, 1]);
    const done = await simulated([seconds(2)], { bars: '1s' });
    done.flow.stop();
    expect(await done.flow.ended).toEqual({ outcome: 'done' });
  });

  test.each(['bars$', 'events$', 'mode$', 'signals$'] as const)(
    'from within a subscriber of %s, in a flow that runs while it starts',
    async (name) => {
      // Data-driven on the wall clock, all of it has flowed before the first event leaves.
      const isEarly = name === 'bars$' || name === 'signals$';
      for (const time of isEarly ? (['simulated', 'wall'] as const) : (['simulated'] as const)) {
        const { source, closed } = watched(seconds(3_000));
        const says: Strategy = { name: 'says', onBar: () => ({ side: 'buy' }) };
        const trace = traceOf([source], { bars: '1s', mode: 'data', time, strategies: [says] });
        let heard = 0;
        const subscription = (trace.flow[name] as Observable<unknown>).subscribe(() => {
          heard += 1;
          if (heard === (name === 'mode$' ? 2 : 1)) trace.flow.stop();
        });
        trace.flow.start();
        trace.flow.setMode('clock');
        expect(await trace.flow.ended).toEqual({ outcome: 'stopped' });
        subscription.unsubscribe();
        expect(closed()).toBe(1);
        if (name === 'bars$') expect(trace.bars).toHaveLength(1);
        if (name === 'signals$') expect(trace.signals).toHaveLength(1);
      }
    },
  );

  test('while an asynchronous strategy is pending, for ever perhaps', async () => {
    for (const time of ['simulated', 'wall'] as const) {
      const { source, closed } = watched(seconds(20));
      const asked = new Promise<Trace>((resolve) => {
        const stuck: Strategy = {
          name: 'stuck',
          onBar: () => {
            setImmediate(() => {
              resolve(trace);
            });
            return never;
          },
        };
        const trace = traceOf([source], { bars: '1s', time, speed: 1_000, strategies: [stuck] });
        trace.flow.start();
      });
      const trace = await asked;
      trace.flow.stop();
      expect(await trace.flow.ended).toEqual({ outcome: 'stopped' });
      expect(closed()).toBe(1);
      expectBalance(trace, 0);
      expect(countsOn(SECOND, trace.events)).toMatchObject({ started: 1, served: 0 });
    }
  });

  test.each(['simulated', 'wall'] as const)(
    'while a read is pending, for ever perhaps: %s',
    async (time) => {
      const { source, closed } = laterOf(seconds(20), never);
      const trace = traceOf([source], { bars: '1s', time });
      trace.flow.start();
      await new Promise((resolve) => setImmediate(resolve));
      trace.flow.stop();
      expect(await trace.flow.ended).toEqual({ outcome: 'stopped' });
      expect([closed(), trace.bars]).toEqual([1, []]);
    },
  );

  test('does not wait for ever for a source that does not close', async () => {
    const source: RowSource = {
      ...fromTicks([]),
      batches: () => ({
        [Symbol.asyncIterator]: () => ({
          next: async () => {
            await never;
            return { done: true as const, value: undefined };
          },
          return: async () => {
            await never;
            return { done: true as const, value: undefined };
          },
        }),
      }),
    };
    const trace = traceOf([source], {});
    trace.flow.start();
    trace.flow.stop();
    expect(await trace.flow.ended).toEqual({ outcome: 'stopped' });
  });

  test('waits for an asynchronous source to close', async () => {
    const { source, closed } = laterOf(seconds(20));
    const trace = traceOf([source], { bars: '1s', time: 'wall' });
    trace.flow.start();
    await new Promise((resolve) => setImmediate(resolve));
    trace.flow.stop();
    await trace.flow.ended;
    expect(closed()).toBe(1);
  });
});

describe('failure', () => {
  function failing(rows: number, error: Error, isLater: boolean): RowSource {
    const source = seconds(rows);
    const all = [...(source.batches() as Iterable<RowBatch>)];
    return {
      ...source,
      *batches() {
        yield* all;
        throw error;
      },
      ...(isLater
        ? {
            async *batches() {
              yield* all;
              await Promise.resolve();
              throw error;
            },
          }
        : {}),
    };
  }

  test.each([false, true])('of a source, asynchronous: %s', async (isLater) => {
    const error = new Error('the disk is gone');
    const trace = await simulated([failing(3, error, isLater)], { bars: '1s' });
    expect(trace.outcome).toEqual({ outcome: 'failed', error });
    expectBalance(trace, 0);
  });

  test('of sources that do not go together', async () => {
    const minutes: RowSource = { ...ticksOf(), interval: 60_000_000 };
    const trace = await simulated([ticksOf('A 0 1'), minutes], { bars: '1m' });
    expect(trace.outcome).toMatchObject({
      outcome: 'failed',
      error: { code: 'SOURCE_MIXED_INTERVALS' },
    });
  });

  test('of an inbox that is full: the edge and the depth are named, nothing is lost unseen', async () => {
    const { source, closed } = watched(seconds(100));
    const trace = await simulated([source], {
      bars: '1s',
      inbox: 5,
      serviceTimes: { processor: 0, analysis: 60_000 },
    });
    expect(trace.outcome?.error).toBeInstanceOf(OverflowError);
    expect(trace.outcome?.error).toMatchObject({ edge: SECOND, depth: 5 });
    expect(closed()).toBe(1);
    expectBalance(trace, 0);
    expect(countsOn(SECOND, trace.events)).toMatchObject({ delivered: 7, discarded: 7 });
  });

  test('of a strategy, in a strict run', async () => {
    const faulty: Strategy = {
      name: 'faulty',
      onBar: ({ start }) => {
        if (start === 2_000_000) throw new Error('divided by zero');
      },
    };
    const trace = await simulated([seconds(9)], { bars: '1s', strict: true, strategies: [faulty] });
    expect(trace.outcome?.error).toBeInstanceOf(StrategyError);
    expect((trace.outcome?.error as Error).message).toBe(
      'strategy faulty, on A 1s of 1970-01-01T00:00:02.000Z: divided by zero',
    );
    const told = totalsIn(trace.events).filter(({ strategy }) => strategy === 'faulty');
    expect(told.reduce((sum, { items }) => sum + items, 0)).toBe(3);
    expect(told.at(-1)).toMatchObject({ errors: 1, error: 'divided by zero' });
    expectBalance(trace, 0);
  });

  test('of a stated service time that is none', async () => {
    const trace = await simulated([seconds(3)], {
      bars: '1s',
      serviceTimes: { processor: () => NaN },
    });
    expect(trace.outcome?.error).toBeInstanceOf(OptionError);
  });
});

describe('a full inbox that drops', () => {
  const slow = (overflow: 'dropOldest' | 'dropLatest' | 'conflate'): PipelineOptions => ({
    bars: '1s',
    derive: ['5s'],
    inbox: 3,
    overflow,
  });
  const source = (): RowSource =>
    ticksOf(
      ...Array.from({ length: 61 }, (_, second) => `${'AB'[second % 2] as string} ${second} 1`),
    );

  test.each(['dropOldest', 'dropLatest', 'conflate'] as const)(
    '%s: every dropped bar is counted, and no watermark is dropped, so no derived bar is',
    async (overflow) => {
      const trace = await simulated([source()], {
        ...slow(overflow),
        serviceTimes: { processor: inTurn([0, 0, 0, 0, 0, 9_000]).time, analysis: 0 },
      });
      expect(trace.outcome).toEqual({ outcome: 'done' });
      const first = countsOn(FIRST, trace.events);
      expect(first.dropped).toBeGreaterThan(0);
      expectBalance(trace, 0);
      const derived = trace.bars.filter((bar) => bar.includes(' 5s '));
      const windows = derived.map((bar) => bar.split(' ')[2]);
      // No window swallows another one's bars.
      for (const bar of derived) expect(Number(/of (\d+)/.exec(bar)?.[1])).toBeLessThanOrEqual(3);
      expect(new Set(windows).size).toBeGreaterThan(3);
      const base = trace.bars.filter((bar) => bar.includes(' 1s ')).length;
      const covered = derived.reduce((sum, bar) => sum + Number(/of (\d+)/.exec(bar)?.[1]), 0);
      expect(covered).toBe(base);
    },
  );

  test('on the second edge, derived bars are dropped like any other', async () => {
    const trace = await simulated([source()], {
      ...slow('dropOldest'),
      serviceTimes: { processor: 0, analysis: 7_000 },
    });
    expect(countsOn(SECOND, trace.events).dropped).toBeGreaterThan(0);
    expectBalance(trace, 0);
  });
});

test('in a TestScheduler a stop is as exact', () => {
  const trace = inMarbles([seconds(20)], { bars: '1s', serviceTimes: { processor: 1_500 } }, [
    [
      5_250,
      (flow: Pipeline) => {
        flow.stop();
      },
    ],
  ]);
  expectBalance(trace, 0);
  expect(countsOn(FIRST, trace.events)).toMatchObject({ delivered: 5, served: 2, discarded: 3 });
});
