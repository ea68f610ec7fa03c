import { firstValueFrom, lastValueFrom, skip, toArray } from 'rxjs';
import type { Observable } from 'rxjs';
import { OptionError, VirtualClock } from '../../operators';
import type { PipelineOptions, RowBatch, RowSource } from '../../streams';
import { pipeline } from '../../streams';
import { fromTicks } from '../../streams/sources';
import { ticksOf } from './given';
import { countsOn, inMarbles, inTurn, simulated, traceOf } from './world';
import type { Script, Trace } from './world';

const NONE = { defaultValue: undefined };
const FIRST = 'coordinator-processor';
const SECOND = 'processor-analysis';

/** One tick a second of one symbol, from 0 on: bars of 1 s end at 1, 2, … and the last is unfinished. */
const seconds = (count: number): RowSource =>
  ticksOf(...Array.from({ length: count + 1 }, (_, second) => `A ${second} ${second + 1}`));

/** When the bars were due and when service of them began, in milliseconds of the run. */
async function dues(
  options: PipelineOptions,
  script: Script,
  count = 6,
  service = 0,
): Promise<number[]> {
  const { served, time } = inTurn([service]);
  const all = {
    bars: '1s',
    ...options,
    serviceTimes: { ...options.serviceTimes, processor: time },
  };
  await simulated([seconds(count)], all, script);
  return served.map(({ cause }) => cause.due);
}

test('nothing flows before start, and no source is opened', async () => {
  let opened = 0;
  const source = seconds(2);
  const counting: RowSource = {
    ...source,
    batches: () => {
      opened += 1;
      return source.batches();
    },
  };
  const trace = traceOf([counting], { bars: '1s', mode: 'data' });
  await new Promise((resolve) => setImmediate(resolve));
  expect([opened, trace.bars, trace.events]).toEqual([0, [], []]);
  trace.flow.start();
  trace.flow.start();
  await trace.flow.ended;
  expect([opened, trace.bars.length]).toEqual([1, 3]);
});

test('the mode is replayed to late subscribers, also after the end', async () => {
  const flow = pipeline([seconds(1)], { bars: '1s', mode: 'data' });
  const modes = lastValueFrom(flow.mode$.pipe(toArray()), NONE);
  expect(await firstValueFrom(flow.mode$, NONE)).toBe('data');
  flow.start();
  flow.setMode('clock');
  flow.setMode('clock');
  await flow.ended;
  expect(await modes).toEqual(['data', 'clock']);
  expect(await lastValueFrom(flow.mode$, NONE)).toBe('clock');
});

test('observables complete before the end is told', async () => {
  const { flow } = traceOf([seconds(1)], { bars: '1s' });
  const completed: string[] = [];
  for (const name of ['bars$', 'signals$', 'events$', 'mode$'] as const) {
    (flow[name] as Observable<unknown>).subscribe({ complete: () => completed.push(name) });
  }
  flow.start();
  expect(await flow.ended).toEqual({ outcome: 'done' });
  expect(completed.sort()).toEqual(['bars$', 'events$', 'mode$', 'signals$']);
});

test('an unfinished bar crosses the first edge, due at its end, and never the second', async () => {
  const { served, time } = inTurn([0]);
  const trace = await simulated([ticksOf('A 0.5 1', 'A 1.25 2')], {
    bars: '1s',
    derive: ['5s'],
    serviceTimes: { processor: time },
  });
  expect(trace.bars).toEqual([
    'A 1s [0,1) 1 1 1 1 v0 n1',
    'A 1s [1,2) 2 2 2 2 v0 n1 open',
    'A 5s [0,5) 1 2 1 2 v0 n2 open of 2',
  ]);
  expect(served.map(({ item, cause }) => [item, cause.due])).toEqual([
    ['A[0,1)', 500],
    ['A[1,2)open', 1_500],
    ['W2.', 1_500],
  ]);
  expect(countsOn(FIRST, trace.events).delivered).toBe(2);
  expect(countsOn(SECOND, trace.events).delivered).toBe(1);
});

test('a derived bar of a quiet symbol is on time, also over a gap of all symbols', async () => {
  const { served, time } = inTurn([0]);
  const source = ticksOf('A 0 1', 'B 0 1', 'A 1 1', 'A 4 1', 'A 600 1', 'B 600 1');
  const trace = await simulated([source], {
    bars: '1s',
    derive: ['5s'],
    serviceTimes: { processor: 0, analysis: time },
  });
  const late = trace.events.flatMap((event) => (event.type === 'lateness' ? [event.maxMs] : []));
  expect(late.every((ms) => ms === 0)).toBe(true);
  const five = served.filter(({ cause }) => cause.interval === 1);
  expect(five.map(({ item, cause }) => [item, cause.due, cause.offered])).toEqual([
    ['A[0,5)', 5_000, 5_000],
    ['B[0,5)', 5_000, 5_000],
  ]);
});

test.each([0.25, 1, 3, 1_000])('at speed %d a bar is due when its end is', async (speed) => {
  const expected = [1, 2, 3, 4, 5, 6, 7].map((second) => (second * 1_000) / speed);
  (await dues({ speed }, [])).forEach((due, index) => {
    expect(due).toBeCloseTo(expected[index] as number, 6);
  });
});

describe('a change of speed goes on from the present market time: no jump, no burst', () => {
  test.each<[string, Script, number[]]>([
    [
      'faster',
      [
        [
          2_500,
          (flow) => {
            flow.setSpeed(2);
          },
        ],
      ],
      [1_000, 2_000, 2_750, 3_250, 3_750, 4_250, 4_750],
    ],
    [
      'slower',
      [
        [
          2_500,
          (flow) => {
            flow.setSpeed(0.5);
          },
        ],
      ],
      [1_000, 2_000, 3_500, 5_500, 7_500, 9_500, 11_500],
    ],
    [
      'twice',
      [
        [
          500,
          (flow) => {
            flow.setSpeed(0.5);
          },
        ],
        [
          1_500,
          (flow) => {
            flow.setSpeed(1);
          },
        ],
      ],
      [1_500, 2_500, 3_500, 4_500, 5_500, 6_500, 7_500],
    ],
  ])('%s', async (_title, script, expected) => {
    expect(await dues({}, script)).toEqual(expected);
  });
});

describe('a pause stops the clock of the market', () => {
  const pause = (at: number, until: number): Script => [
    [
      at,
      (flow) => {
        flow.pause();
      },
    ],
    [
      until,
      (flow) => {
        flow.resume();
      },
    ],
  ];
  test.each<[string, PipelineOptions, Script, number[]]>([
    ['clock-driven', {}, pause(2_500, 7_500), [1_000, 2_000, 8_000, 9_000, 10_000, 11_000, 12_000]],
    ['from the start', {}, pause(0, 500), [1_500, 2_500, 3_500, 4_500, 5_500, 6_500, 7_500]],
    [
      'while the speed changes',
      {},
      [
        ...pause(2_500, 7_500),
        [
          5_000,
          (flow) => {
            flow.setSpeed(2);
          },
        ],
      ],
      [1_000, 2_000, 7_750, 8_250, 8_750, 9_250, 9_750],
    ],
    [
      'data-driven: the first gate is closed',
      { mode: 'data' },
      pause(1_500, 10_000),
      [0, 1_000, 10_000, 11_000, 12_000, 13_000, 14_000],
    ],
    [
      'while the mode changes to clock-driven, which begins with what is held',
      { mode: 'data' },
      [
        ...pause(1_500, 10_000),
        [
          5_000,
          (flow) => {
            flow.setMode('clock');
          },
        ],
      ],
      [0, 1_000, 10_000, 11_000, 12_000, 13_000, 14_000],
    ],
  ])('%s', async (_title, options, script, expected) => {
    const service = options.mode === 'data' ? 1_000 : 0;
    expect(
      await dues(
        options,
        [...script].sort(([a], [b]) => a - b),
        6,
        service,
      ),
    ).toEqual(expected);
  });

  test('what is in the stages goes on', async () => {
    const trace = await simulated(
      [seconds(3)],
      { bars: '1s', serviceTimes: { processor: 2_000, analysis: 500 } },
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
            flow.resume();
          },
        ],
      ],
    );
    const before = trace.emitted[trace.events.findIndex(({ type }) => type === 'resumed')];
    expect(before).toBe(1);
    expect(trace.outcome).toEqual({ outcome: 'done' });
  });
});

describe('a switch to clock-driven', () => {
  const toClock = (at: number): Script => [
    [
      at,
      (flow) => {
        flow.setMode('clock');
      },
    ],
  ];

  test('sets the clock to the item that the first gate holds', async () => {
    // The processor takes 1 s: bars are handed over at 0, 1, 2 and 3 s; the fifth is held at 3.5 s.
    expect(await dues({ mode: 'data' }, toClock(3_500), 6, 1_000)).toEqual([
      0, 1_000, 2_000, 3_000, 3_500, 4_500, 5_500,
    ]);
  });

  test('and to the next from the source, where none is held', async () => {
    let give: () => void = () => undefined;
    const given = new Promise<void>((resolve) => {
      give = resolve;
    });
    async function* rows(): AsyncGenerator<{ symbol: string; time: number; price: number }> {
      yield { symbol: 'A', time: 0, price: 1 };
      yield { symbol: 'A', time: 1_000_000, price: 1 };
      await given;
      yield { symbol: 'A', time: 90_000_000, price: 1 };
      yield { symbol: 'A', time: 91_000_000, price: 1 };
    }
    const { served, time } = inTurn([0]);
    const scheduler = new VirtualClock();
    const trace = traceOf([fromTicks(rows())], {
      bars: 'tick',
      mode: 'data',
      scheduler,
      serviceTimes: { processor: time },
    });
    const second = new Promise<void>((resolve) => {
      trace.flow.bars$.subscribe(({ start }) => {
        if (start > 0) resolve();
      });
    });
    trace.flow.start();
    await second;
    trace.flow.setMode('clock');
    give();
    await trace.flow.ended;
    expect(served.map(({ cause }) => cause.due)).toEqual([0, 0, 0, 1_000]);
  });

  test('makes no thousand of events out of a backlog', async () => {
    const trace = await simulated(
      [seconds(2_000)],
      { bars: '1s', mode: 'data', serviceTimes: { processor: 10, analysis: 900 } },
      toClock(100_000),
    );
    // The item in service, one at each gate: due at the switch, served one after the other.
    const { behind, backpressure, delivered } = countsOn(SECOND, trace.events);
    expect(delivered).toBe(2_000);
    expect(backpressure).toBeLessThan(25);
    expect(behind).toBeLessThan(25);
    expect(countsOn(FIRST, trace.events).behind).toBe(0);
  });

  test('counts what gates and stages hold as due at the switch: a burst', async () => {
    // Four symbols end together; analysis takes 1 s an item.
    const source = ticksOf('A 0 1', 'B 0 1', 'C 0 1', 'D 0 1', 'A 60 1');
    const options = { bars: '1s', serviceTimes: { processor: 0, analysis: 1_000 } };
    const trace = await simulated([source], { ...options, mode: 'data' }, toClock(500));
    expect(countsOn(FIRST, trace.events)).toMatchObject({ backpressure: 0 });
    expect(countsOn(SECOND, trace.events)).toMatchObject({ backpressure: 3, burst: 3, behind: 0 });
  });
});

test('a switch to data-driven stops the counting at once, and the backlog is served', async () => {
  const trace = await simulated(
    [seconds(20)],
    { bars: '1s', serviceTimes: { processor: 0, analysis: 3_000 } },
    [
      [
        5_500,
        (flow) => {
          flow.setMode('data');
        },
      ],
    ],
  );
  const at = trace.events.findIndex(({ type }) => type === 'mode');
  const before = countsOn(SECOND, trace.events.slice(0, at));
  const after = countsOn(SECOND, trace.events.slice(at));
  expect(before).toMatchObject({ delivered: 5, backpressure: 4 });
  expect(after).toMatchObject({ delivered: 15, backpressure: 0, overrun: 0 });
});

describe('a change', () => {
  const everything: Script = [
    [
      1_500,
      (flow) => {
        flow.setMode('data');
        flow.setMode('data');
      },
    ],
    [
      1_500,
      (flow) => {
        flow.setMode('clock');
      },
    ],
    [
      2_500,
      (flow) => {
        flow.setSpeed(2);
        flow.setSpeed(2);
      },
    ],
    [
      2_600,
      (flow) => {
        flow.pause();
        flow.pause();
      },
    ],
    [
      2_700,
      (flow) => {
        flow.resume();
        flow.resume();
      },
    ],
  ];
  const changesIn = ({ events }: Trace): string[] =>
    events.flatMap((event) =>
      ['mode', 'speed', 'paused', 'resumed'].includes(event.type)
        ? [`${event.type}@${event.at}`]
        : [],
    );

  test('is an event at its time, if it is one', async () => {
    const trace = await simulated([seconds(6)], { bars: '1s' }, everything);
    expect(changesIn(trace)).toEqual([
      'mode@1500',
      'mode@1500',
      'speed@2500',
      'paused@2600',
      'resumed@2700',
    ]);
  });

  test('before the start is no event; a pause is told at the start', async () => {
    const trace = traceOf([seconds(2)], { bars: '1s' });
    trace.flow.setMode('data');
    trace.flow.setSpeed(4);
    trace.flow.pause();
    expect(trace.events).toEqual([]);
    expect([trace.flow.mode, trace.flow.speed]).toEqual(['data', 4]);
    trace.flow.start();
    expect(changesIn(trace)).toEqual(['paused@0']);
    trace.flow.resume();
    await trace.flow.ended;
    expect(trace.bars).toHaveLength(3);
  });

  test('a run that is stopped by who hears of the pause at its start does not flow', async () => {
    const trace = traceOf([seconds(2)], { bars: '1s' });
    trace.flow.events$.subscribe(() => {
      trace.flow.stop();
    });
    trace.flow.pause();
    trace.flow.start();
    expect(await trace.flow.ended).toEqual({ outcome: 'stopped' });
    expect(trace.events).toEqual([{ type: 'paused', at: 0 }]);
  });

  test('after the end is none', async () => {
    const trace = await simulated([seconds(2)], { bars: '1s' });
    for (const [, act] of everything) act(trace.flow);
    expect(changesIn(trace)).toEqual([]);
  });

  test('made by who hears of another comes after it', async () => {
    const trace = traceOf([seconds(3)], { bars: '1s' });
    const heard: string[] = [];
    trace.flow.events$.subscribe(({ type }) => {
      if (type === 'delivered') trace.flow.setMode('data');
      if (type === 'mode') trace.flow.setMode('clock');
    });
    trace.flow.mode$.subscribe((mode) => heard.push(mode));
    trace.flow.start();
    trace.flow.setSpeed(2);
    await trace.flow.ended;
    const types = trace.events.map(({ type }) => type);
    // The window whose events were leaving is closed before the switch.
    expect(types.indexOf('mode')).toBeGreaterThan(types.indexOf('window'));
    expect(heard.slice(0, 1)).toEqual(['clock']);
    expect(countsOn(FIRST, trace.events).delivered).toBe(4);
  });

  test('that makes no sense throws and changes nothing', () => {
    const { flow } = traceOf([seconds(1)], { mode: 'data', timings: false });
    expect(() => {
      flow.setSpeed(0);
    }).toThrow(OptionError);
    expect(() => {
      flow.setSpeed(NaN);
    }).toThrow(OptionError);
    expect(() => {
      flow.setMode('clock');
    }).toThrow(OptionError);
    expect(() => {
      flow.setMode('neither' as never);
    }).toThrow(OptionError);
    expect([flow.mode, flow.speed]).toEqual(['data', 1]);
  });
});

describe('data-driven pushes back', () => {
  test('to the source: it is pulled only as far as the first of its rows can go', async () => {
    let pulled = 0;
    const rows = Array.from({ length: 50 }, (_, batch) =>
      Array.from({ length: 2_000 }, (_, row) => `A ${batch * 2_000 + row} 1`),
    );
    function* batches(): Generator<RowBatch> {
      for (const texts of rows) {
        pulled += 1;
        yield* ticksOf(...texts).batches() as Iterable<RowBatch>;
      }
    }
    const source: RowSource = { ...ticksOf(), batches };
    const stuck = new Promise<void>(() => undefined);
    const trace = traceOf([source], {
      bars: '1s',
      mode: 'data',
      time: 'wall',
      strategies: [{ name: 'stuck', onBar: () => stuck }],
    });
    const second = firstValueFrom(trace.flow.bars$.pipe(skip(1)), NONE);
    trace.flow.start();
    await second;
    await new Promise((resolve) => setImmediate(resolve));
    expect(pulled).toBeLessThanOrEqual(2);
    // One in analysis, one at the second gate; the processor is blocked, one is at the first gate.
    expect(trace.bars).toHaveLength(2);
    trace.flow.stop();
    await trace.flow.ended;
    expect(countsOn(SECOND, trace.events)).toMatchObject({ delivered: 1, discarded: 2 });
    expect(countsOn(FIRST, trace.events)).toMatchObject({ delivered: 2, served: 2, discarded: 1 });
  });

  test('and the waiting is measured as blocked time', async () => {
    const { events } = await simulated([seconds(5)], {
      bars: '1s',
      mode: 'data',
      serviceTimes: { processor: 100, analysis: 1_000 },
    });
    const blocked = { coordinator: 0, processor: 0, analysis: 0 };
    for (const event of events) {
      if (event.type !== 'window') continue;
      for (const stage of ['coordinator', 'processor', 'analysis'] as const) {
        blocked[stage] += event.blockedMs[stage] ?? 0;
      }
    }
    // Of each second that analysis works on one of the first four, the processor waits 0.9.
    expect(blocked.processor).toBeCloseTo(4 * 900, 6);
    expect(blocked.analysis).toBe(0);
    expect(blocked.coordinator).toBeGreaterThan(blocked.processor);
  });
});

test('a TestScheduler runs it as a virtual clock does', async () => {
  const options = (): PipelineOptions => ({
    bars: '1s',
    derive: ['2s'],
    serviceTimes: { processor: 300, analysis: 900 },
  });
  const script: Script = [
    [
      3_500,
      (flow) => {
        flow.setMode('data');
      },
    ],
    [
      6_100,
      (flow) => {
        flow.setMode('clock');
      },
    ],
  ];
  const virtual = await simulated([seconds(12)], options(), script);
  const marble = inMarbles([seconds(12)], options(), script);
  expect(marble.bars).toEqual(virtual.bars);
  for (const edge of [FIRST, SECOND] as const) {
    expect(countsOn(edge, marble.events)).toEqual(countsOn(edge, virtual.events));
  }
});
