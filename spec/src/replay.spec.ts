import { firstValueFrom, lastValueFrom } from 'rxjs';
import { OptionError, replay, fromTicks } from '../../src';
import type { MetricsState, ReplayOptions, Report, Run, Tick } from '../../src';
import { VirtualClock } from '../../operators';
import type { PipelineEvent } from '../../streams';

const NONE = { defaultValue: undefined };

const seconds = (count: number): Tick[] =>
  Array.from({ length: count + 1 }, (_, second) => ({
    symbol: 'A',
    time: second * 1_000_000,
    price: second + 1,
  }));

const runOf = (options: ReplayOptions = {}, rows: Iterable<Tick> = seconds(5)): Run =>
  replay(fromTicks(rows), { bars: '1s', mode: 'data', ...options });

test('a run tells its end, and its report what happened', async () => {
  const run = runOf({ id: 'one', strategies: [{ name: 'says', onBar: () => ({ side: 'buy' }) }] });
  const report: Report = await run.start().done;
  expect(report.run).toMatchObject({ id: 'one', mode: 'data', files: ['ticks'], symbols: ['A'] });
  expect(report.bars).toMatchObject({ ticks: '6', base: '6', derived: '0' });
  expect(report.signals).toBe('5');
  expect(report.edges['coordinator-processor'].delivered).toBe('6');
  expect(report.edges['processor-analysis'].delivered).toBe('5');
});

test('ids sort by time and are not the same twice', () => {
  const [first, second] = [runOf().id, runOf().id];
  expect(first).toMatch(/^\d{8}T\d{9}-[0-9a-f]{4}$/);
  expect(second).toMatch(/^\d{8}T\d{9}-[0-9a-f]{4}$/);
});

test('nothing flows before start, and a second start is none', async () => {
  const run = runOf();
  let bars = 0;
  run.bars$.subscribe(() => (bars += 1));
  await new Promise((resolve) => setImmediate(resolve));
  expect(bars).toBe(0);
  expect(run.start().start()).toBe(run);
  await run.done;
  expect(bars).toBe(6);
});

test('the state and the mode are there for late subscribers, also after the end', async () => {
  const run = runOf();
  expect((await firstValueFrom(run.metrics$, NONE))?.run.phase).toBe('waiting');
  await run.start().done;
  expect((await lastValueFrom(run.metrics$, NONE))?.run.phase).toBe('finished');
  expect(await lastValueFrom(run.mode$, NONE)).toBe('data');
});

test('every event comes after the state that contains it, the first says what was asked for, the last how it ended', async () => {
  const run = runOf({ mode: 'clock', derive: ['2s'], speed: 7 });
  let state: MetricsState | undefined;
  const events: PipelineEvent[] = [];
  let delivered = 0n;
  run.metrics$.subscribe((next) => (state = next));
  run.events$.subscribe((event) => {
    events.push(event);
    if (event.type === 'delivered' && event.edge === 'coordinator-processor') {
      delivered += BigInt(event.count);
    }
    expect(state?.edges['coordinator-processor'].delivered).toBe(delivered);
  });
  await run.start().done;
  expect(events[0]).toMatchObject({
    type: 'started',
    configuration: {
      mode: 'clock',
      speed: 7,
      time: 'simulated',
      bars: '1s',
      derive: ['2s'],
      files: ['ticks'],
    },
  });
  expect(events.at(-1)).toMatchObject({ type: 'finished', outcome: 'done' });
});

test('what was changed before the start is part of what was asked for', async () => {
  const run = runOf();
  run.setMode('clock');
  run.setSpeed(1_000);
  const { run: told } = await run.start().done;
  expect(told).toMatchObject({ mode: 'clock', speed: 1_000 });
});

test('deliveries count for the mode that they were made in', async () => {
  const run = runOf({}, seconds(2_000));
  let bars = 0;
  run.bars$.subscribe(() => {
    bars += 1;
    if (bars === 1_500) run.setMode('clock');
  });
  run.start();
  run.setSpeed(1e6);
  await run.done;
  const state = await lastValueFrom(run.metrics$, NONE);
  const edge = state?.edges['coordinator-processor'];
  expect(edge?.delivered).toBe(2_001n);
  expect(Number(edge?.clockDelivered)).toBeLessThanOrEqual(502);
  expect(Number(edge?.clockDelivered)).toBeGreaterThanOrEqual(500);
});

test('a pause changes neither the verdict nor whom it is based on', async () => {
  const reportOf = async (pausedFor: number): Promise<Report> => {
    const scheduler = new VirtualClock();
    const serviceTimes = { processor: 100, analysis: 1_000 };
    const run = runOf({ scheduler, serviceTimes }, seconds(50));
    if (pausedFor > 0) {
      scheduler.schedule(() => {
        run.pause();
      }, 20_050);
      scheduler.schedule(() => {
        run.resume();
      }, 20_050 + pausedFor);
    }
    return run.start().done;
  };
  const [straight, paused] = [await reportOf(0), await reportOf(100_000)];
  expect(straight.verdict.culprit).toBe('analysis');
  expect(paused.verdict.culprit).toBe('analysis');
  expect(paused.stages.analysis.busyShare).toBeCloseTo(straight.stages.analysis.busyShare, 1);
  for (const edge of ['coordinator-processor', 'processor-analysis'] as const) {
    expect(paused.edges[edge].blockedMs).toBeLessThanOrEqual(straight.edges[edge].blockedMs);
    expect(paused.edges[edge].blockedMs).toBeGreaterThan(0.9 * straight.edges[edge].blockedMs);
  }
});

describe('a hold by the journal', () => {
  const NOTHING = { processor: 0, analysis: 0 };
  const held = async (script: (run: Run) => void): Promise<string[]> => {
    const scheduler = new VirtualClock();
    const run = runOf({ mode: 'clock', scheduler, serviceTimes: NOTHING }, seconds(5));
    const log: string[] = [];
    const phases = new Set<string>();
    run.metrics$.subscribe(({ run: { phase } }) => phases.add(phase));
    run.events$.subscribe(({ type, at }) => {
      if (['paused', 'resumed', 'held'].includes(type)) log.push(`${type}@${at}`);
    });
    run.bars$.subscribe(() => log.push(`bar@${scheduler.now()}`));
    scheduler.schedule(() => {
      script(run);
    }, 1_500);
    scheduler.schedule(() => {
      log.push('resume');
      run.resume();
    }, 60_000);
    await run.start().done;
    return [...log, ...phases];
  };
  const bars = (...times: readonly number[]): string[] => times.map((at) => `bar@${at}`);

  test('is an event of its own, and no pause', async () => {
    const log = await held((run) => {
      run.hold('journal')();
    });
    expect(log).toEqual([
      ...bars(1_000),
      'held@1500',
      ...bars(2_000, 3_000, 4_000, 5_000, 6_000),
      'resume',
      'waiting',
      'running',
      'finished',
    ]);
  });

  test('is over once, however often it is let go of: a pause after it is one', async () => {
    const log = await held((run) => {
      const letGo = run.hold('journal');
      letGo();
      letGo();
      run.pause();
    });
    expect(log.slice(0, 5)).toEqual([
      ...bars(1_000),
      'held@1500',
      'paused@1500',
      'resume',
      'resumed@60000',
    ]);
  });

  test('holds whatever the user says meanwhile, and its end does not end a pause', async () => {
    const log = await held((run) => {
      const [one, other] = [run.hold('journal'), run.hold('journal')];
      run.pause();
      run.resume();
      one();
      run.pause();
      other();
    });
    expect(log.slice(0, 8)).toEqual([
      ...bars(1_000),
      'paused@1500',
      'resumed@1500',
      'held@1500',
      'paused@1500',
      'held@1500',
      'resume',
      'resumed@60000',
    ]);
  });

  test('is the time of windows that count for no stage', async () => {
    const scheduler = new VirtualClock();
    const run = runOf({ mode: 'clock', scheduler, serviceTimes: NOTHING }, seconds(5));
    const windows: unknown[] = [];
    run.events$.subscribe((event) => {
      if (event.type === 'window') windows.push([event.from, event.at, event.paused === true]);
    });
    let letGo: () => void = () => undefined;
    scheduler.schedule(() => {
      letGo = run.hold('journal');
    }, 1_500);
    scheduler.schedule(() => {
      letGo();
    }, 9_500);
    await run.start().done;
    expect(windows).toContainEqual([1_500, 9_500, true]);
    expect((await lastValueFrom(run.metrics$, NONE))?.stages.processor.spent.spanMs).toBe(6_000);
  });
});

describe('stop', () => {
  test('resolves with the report', async () => {
    const run = runOf({ mode: 'clock' });
    run.bars$.subscribe(() => {
      run.stop();
    });
    const report = await run.start().done;
    expect(report.run.outcome).toBe('stopped');
    expect(report.edges['coordinator-processor'].delivered).toBe('1');
  });

  test('before the start as well', async () => {
    const run = runOf();
    run.stop();
    const report = await run.done;
    expect(report.bars.ticks).toBe('0');
    expect(report.run.outcome).toBe('stopped');
  });
});

describe('a failure', () => {
  test('rejects, and the last event says so', async () => {
    function* broken(): Generator<Tick> {
      yield* seconds(2);
      throw new Error('the disk is gone');
    }
    const run = runOf({}, broken());
    const events: PipelineEvent[] = [];
    run.events$.subscribe((event) => events.push(event));
    await expect(run.start().done).rejects.toThrow('the disk is gone');
    expect(events.at(-1)).toMatchObject({
      type: 'finished',
      outcome: 'failed',
      error: 'the disk is gone',
    });
    expect(run.report().run).toMatchObject({ outcome: 'failed', error: 'the disk is gone' });
  });

  test('of a strict run names strategy, symbol and bar', async () => {
    const faulty = { name: 'faulty', onBar: () => 'nonsense' as never };
    await expect(runOf({ strict: true, strategies: [faulty] }).start().done).rejects.toThrow(
      /^strategy faulty, on A 1s of 1970-01-01T00:00:00.000Z: returned "nonsense"/,
    );
  });
});

describe('options that make no sense throw at once', () => {
  test.each<[string, ReplayOptions]>([
    ['an interval that is none', { bars: '5 minutes' }],
    ['a derived interval that is no multiple', { derive: ['90ms'] }],
    ['speed 0', { speed: 0 }],
    ['a negative speed', { speed: -1 }],
    ['no number for a speed', { speed: NaN }],
    ['an endless speed', { speed: Infinity }],
    ['an unknown mode', { mode: 'neither' as never }],
    ['an unknown time', { time: 'sidereal' as never }],
    ['no timings in clock-driven mode', { mode: 'clock', timings: false }],
    ['a session that ends before it begins', { from: 2, to: 1 }],
    ['an inbox of nothing', { inbox: 0 }],
    ['an unknown overflow', { overflow: 'explode' as never }],
    ['a history of nothing', { history: 0 }],
    ['a negative service time', { serviceTimes: { analysis: -1 } }],
  ])('%s', (_title, options) => {
    expect(() => runOf(options)).toThrow(OptionError);
  });

  test.each([
    ['tick', 60_000_000],
    ['1s', 60_000_000],
    ['90s', 60_000_000],
  ])('bars of %s can not be made of recorded minutes', (bars, interval) => {
    const minutes = { ...fromTicks([]), interval, name: 'minutes.csv' };
    expect(() => replay(minutes, { bars })).toThrow(
      `bars is '${bars}', but must be a multiple of 1m, which is the length of the bars in minutes.csv`,
    );
  });
});

describe('without anything to replay', () => {
  test.each<[string, () => Run]>([
    ['no source', () => replay([])],
    ['a source without rows', () => runOf({}, [])],
    ['a session after all data', () => runOf({ from: 1e9 })],
    ['a session before all data', () => runOf({ to: 0 })],
  ])('%s: the run is over at once', async (_title, make) => {
    const report = await make().start().done;
    expect(report.bars.ticks).toBe('0');
    expect(report.run.outcome).toBeUndefined();
    expect(report.verdict.culprit).toBe('none');
  });
});
