import fc from 'fast-check';
import { repetitions } from '../../support/properties';
import { DeadlockError, VirtualClock } from '../../../operators';
import type { EdgeEvent } from '../../../operators';
import type { Mode, PipelineEvent, PipelineOptions, Tick } from '../../../streams';
import { fromTicks } from '../../../streams/sources';
import { ticksOf } from '../given';
import {
  changes,
  countsOn,
  EVERYONE,
  inputs,
  inTurn,
  reader,
  scriptOf,
  simulated,
  slowReader,
  sourceOf,
  traceOf,
} from '../world';
import type { Input, Script, Trace } from '../world';
import { marketsIn } from '../workOf';

const MODES = ['clock', 'data'] as const;

const market: PipelineOptions = { bars: '1s', derive: ['2s', '6s'] };

interface Both {
  readonly simulation: Trace;
  readonly operators: Trace;
}

async function both(run: (engine: 'auto' | 'operators') => Promise<Trace>): Promise<Both> {
  return { operators: await run('operators'), simulation: await run('auto') };
}

async function ended(trace: Trace): Promise<Trace> {
  trace.flow.start();
  trace.outcome = await trace.flow.ended;
  return trace;
}

const runBoth = (
  input: Input,
  options: () => PipelineOptions,
  script: Script = [],
): Promise<Both> =>
  both((engine) => simulated([sourceOf(input)], { ...market, ...options(), engine }, script));

interface Window {
  readonly events: readonly string[];
  /** How many complete bars the processor had emitted at its end. */
  readonly emitted: number | undefined;
}

/** Counts of one kind, edge and key as one, however many events they were. */
function added(events: readonly PipelineEvent[]): string[] {
  const sums = new Map<string, EdgeEvent>();
  const others: PipelineEvent[] = [];
  for (const event of events) {
    if (!('key' in event)) {
      others.push(event);
      continue;
    }
    const { type, edge, key = '', count, burst = 0, behind = 0 } = event;
    const name = `${type} ${edge} ${key}`;
    const sum = sums.get(name);
    sums.set(name, {
      ...event,
      count: count + (sum?.count ?? 0),
      burst: burst + (sum?.burst ?? 0),
      behind: behind + (sum?.behind ?? 0),
    });
  }
  return [...others, ...sums.values()].map((event) => JSON.stringify(event)).sort();
}

/** What happened in each window. In which order the edges tell it is not looked at, nor when a chunk was read, and how long that took. */
function seen({ bars, signals, events, emitted, outcome }: Trace): unknown {
  const windows: Window[] = [];
  let inWindow: PipelineEvent[] = [];
  const read = { ticks: 0, base: 0, late: 0 };
  events.forEach((event, index) => {
    if (event.type === 'ingested') {
      read.ticks += event.ticks;
      read.base += event.base;
      read.late += event.late;
      inWindow.push({ ...event, ticks: 0, base: 0, late: 0, progress: 0 });
    } else if (event.type === 'window') {
      inWindow.push({ ...event, busyMs: { ...event.busyMs, coordinator: 0 } });
      windows.push({ events: added(inWindow), emitted: emitted[index] });
      inWindow = [];
    } else if (!isOfReading(event)) inWindow.push(event);
  });
  const readAll = outcome?.outcome === 'done' ? read : undefined;
  return { bars, signals, outcome, read: readAll, windows, after: added(inWindow) };
}

/** How long reading and building took. */
const isOfReading = (event: PipelineEvent): boolean =>
  event.type === 'spent' || (event.type === 'served' && event.stage === 'coordinator');

/** The same over the whole run, whatever window it was told in. */
function seenInAll({ bars, signals, events, outcome }: Trace): unknown {
  const sums = new Map<string, number>();
  const add = (name: string, count: number): void => {
    sums.set(name, (sums.get(name) ?? 0) + count);
  };
  for (const event of events) {
    if ('edge' in event && event.type !== 'lateness' && event.type !== 'counts') {
      add(`${event.type} ${event.edge} ${event.key ?? ''}`, event.count);
      add(`behind ${event.edge} ${event.key ?? ''}`, event.behind ?? 0);
    } else if (event.type === 'served' && event.stage !== 'coordinator') {
      add(`served ${event.stage}`, event.count);
      add(`work ${event.stage}`, event.totalMs);
    } else if (event.type === 'lateness') add(`lateness ${event.edge}`, event.count);
    else if (event.type === 'evidence') {
      add(`isolated ${event.stage}`, event.isolatedBehind);
      add(`deliveries ${event.stage}`, event.deliveries);
    } else if (event.type === 'window') {
      add('busy', (event.busyMs['processor'] ?? 0) + (event.busyMs['analysis'] ?? 0));
      add('blocked', (event.blockedMs['processor'] ?? 0) + (event.blockedMs['analysis'] ?? 0));
    }
  }
  for (const { strategy, symbol, interval, items } of marketsIn(events)) {
    add(`${strategy} ${symbol} ${interval}`, items);
  }
  return { bars, signals, outcome, sums: new Map([...sums].filter(([, sum]) => sum > 0)) };
}

/** The same, in order. How far the source has been read, and how long that took, is nobody's event. */
const inOrder = ({ bars, signals, events, outcome }: Trace): unknown => ({
  bars,
  signals,
  outcome,
  events: events
    .filter((event) => !isOfReading(event))
    .map((event) => {
      if (event.type === 'ingested') return { ...event, ticks: 0, base: 0, late: 0, progress: 0 };
      if (event.type === 'window') return { ...event, busyMs: { ...event.busyMs, coordinator: 0 } };
      return event;
    }),
});

const stated =
  ({ processor, analysis }: Input, mode: Mode) =>
  (): PipelineOptions => ({
    mode,
    serviceTimes: { processor: inTurn(processor).time, analysis: inTurn(analysis).time },
  });

const ACTS = {
  clock: (flow: Trace['flow']): void => {
    flow.setMode('clock');
  },
  data: (flow: Trace['flow']): void => {
    flow.setMode('data');
  },
  stop: (flow: Trace['flow']): void => {
    flow.stop();
  },
  pause: (flow: Trace['flow']): void => {
    flow.pause();
  },
  resume: (flow: Trace['flow']): void => {
    flow.resume();
  },
  fast: (flow: Trace['flow']): void => {
    flow.setSpeed(flow.speed * 2);
  },
};

const always = repetitions(60);

describe.each(MODES)('%s-driven: one loop does what the operators do, event for event', (mode) => {
  test('straight through', async () => {
    await fc.assert(
      fc.asyncProperty(inputs(), async (input) => {
        const { simulation, operators } = await runBoth(input, stated(input, mode));
        expect(seen(simulation)).toEqual(seen(operators));
      }),
      always,
    );
  });

  test('as measured', async () => {
    await fc.assert(
      fc.asyncProperty(inputs(), async (input) => {
        const { simulation, operators } = await runBoth(input, () => {
          // Each reading is one millisecond later, so what is measured is how often was read.
          let time = 0;
          return { mode, strategies: EVERYONE, stopwatch: () => (time += 1) };
        });
        expect(seen(simulation)).toEqual(seen(operators));
      }),
      always,
    );
  });

  test('without timings', async () => {
    await fc.assert(
      fc.asyncProperty(inputs(), async (input) => {
        const { simulation, operators } = await runBoth(input, () => ({
          mode: 'data',
          timings: false,
          strategies: EVERYONE,
        }));
        expect(seen(simulation)).toEqual(seen(operators));
      }),
      always,
    );
  });

  test('each occurrence an event of its own', async () => {
    await fc.assert(
      fc.asyncProperty(inputs(), fc.integer({ min: 1, max: 5 }), async (input, count) => {
        const options = () => ({ ...stated(input, mode)(), batch: { count } });
        const { simulation, operators } = await runBoth(input, options);
        expect(seen(simulation)).toEqual(seen(operators));
      }),
      always,
    );
  });

  test('switched, paused and resumed, in the same order', async () => {
    await fc.assert(
      fc.asyncProperty(inputs(), changes(), fc.boolean(), async (input, all, isBatched) => {
        const batch = isBatched ? {} : { count: 1 };
        const options = () => ({ ...stated(input, mode)(), batch });
        const { simulation, operators } = await runBoth(input, options, scriptOf(all));
        expect(seen(simulation)).toEqual(seen(operators));
        // Counts leave in batches when each is full; one by one they leave in order.
        if (!isBatched) expect(inOrder(simulation)).toEqual(inOrder(operators));
      }),
      always,
    );
  });

  test('with inboxes that overflow', async () => {
    const overflow = fc.constantFrom('error', 'dropOldest', 'dropLatest', 'conflate');
    await fc.assert(
      fc.asyncProperty(
        inputs(),
        overflow,
        fc.integer({ min: 1, max: 3 }),
        async (input, full, inbox) => {
          const options = () => ({ ...stated(input, mode)(), inbox, overflow: full });
          const { simulation, operators } = await runBoth(input, options);
          expect(seen(simulation)).toEqual(seen(operators));
        },
      ),
      always,
    );
  });

  /** A strategy that asks for these controls, one a bar, from its bar number `first` on. */
  const meddled = (
    input: Input,
    wanted: readonly (keyof typeof ACTS)[],
    first: number,
  ): Promise<Both> =>
    both(async (engine) => {
      let bars = 0;
      const scheduler = new VirtualClock();
      const onBar = (): undefined => {
        const act = wanted[bars - first];
        bars += 1;
        if (act === undefined) return;
        ACTS[act](trace.flow);
        if (act === 'pause') scheduler.schedule(() => ACTS.resume(trace.flow), 333);
      };
      const strategies = [{ name: 'meddler', onBar }];
      const timed = { ...stated(input, mode)(), stopwatch: () => 0 };
      const options = { ...market, ...timed, engine, scheduler, strategies };
      const trace = traceOf([sourceOf(input)], { ...options, batch: { count: 1 } });
      // The event loop has its turns after some milliseconds of real time, wherever the engines are then.
      const realTime = jest.spyOn(performance, 'now').mockReturnValue(0);
      try {
        trace.flow.start();
        trace.outcome = await trace.flow.ended;
      } finally {
        realTime.mockRestore();
      }
      return trace;
    });

  test('changed from within a strategy: it takes effect when the step is over', async () => {
    const acts = fc.array(fc.constantFrom<keyof typeof ACTS>('clock', 'data', 'pause', 'fast'), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(inputs(), acts, fc.nat(9), async (input, wanted, first) => {
        const { simulation, operators } = await meddled(input, wanted, first);
        expect(inOrder(simulation)).toEqual(inOrder(operators));
      }),
      always,
    );
  });

  test.each([
    [['C 0 1', 'A 0.5 1', 'A 1 1', 'A 2 1'], [0], [0], ['data', 'clock', 'data'], 0],
    [['A 0 1', 'B 0 1', 'A 7 1'], [0], [0], ['clock', 'pause'], 2],
    [['A 0 1', 'A 1 1', 'A 2 1'], [1_000, 0, 0], [1_000, 0], ['fast', 'pause'], 1],
  ] as const)(
    'several times from one instant: %j, processor %j, analysis %j, %j from bar %d',
    async (ticks, processor, analysis, wanted, first) => {
      const { simulation, operators } = await meddled(
        { ticks, processor, analysis },
        wanted,
        first,
      );
      expect(inOrder(simulation)).toEqual(inOrder(operators));
    },
  );

  test('stopped', async () => {
    await fc.assert(
      fc.asyncProperty(
        inputs(),
        changes(),
        fc.integer({ min: 0, max: 100 }),
        async (input, all, eighths) => {
          const stop = [
            eighths * 125 + 1,
            (flow: Trace['flow']) => {
              flow.stop();
            },
          ] as const;
          const { simulation, operators } = await runBoth(input, stated(input, mode), [
            ...scriptOf(all),
            stop,
          ]);
          expect(seen(simulation)).toEqual(seen(operators));
        },
      ),
      always,
    );
  });

  test('an answer that takes its time', async () => {
    await fc.assert(
      fc.asyncProperty(inputs(), changes(), async (input, all) => {
        const options = () => ({
          ...stated(input, mode)(),
          stopwatch: () => 0,
          strategies: [reader, slowReader],
        });
        const { simulation, operators } = await runBoth(input, options, scriptOf(all));
        // A window may end within a service that is awaited: what leaves before that end is the engine's.
        expect(seenInAll(simulation)).toEqual(seenInAll(operators));
      }),
      always,
    );
  });

  test('a strategy that fails the run', async () => {
    await fc.assert(
      fc.asyncProperty(inputs(), fc.integer({ min: 0, max: 20 }), async (input, bars) => {
        const { simulation, operators } = await runBoth(input, () => {
          let left = bars;
          const onBar = (): undefined => {
            left -= 1;
            if (left < 0) throw new Error('enough');
          };
          const stopwatch = (): number => 0;
          return {
            ...stated(input, mode)(),
            stopwatch,
            strict: true,
            strategies: [{ name: 'faulty', onBar }],
          };
        });
        expect(seen(simulation)).toEqual(seen(operators));
      }),
      always,
    );
  });

  test('changed from within a strategy: nothing is lost', async () => {
    const acts = fc.array(fc.constantFrom<keyof typeof ACTS>('clock', 'data', 'stop', 'pause'), {
      minLength: 1,
      maxLength: 3,
    });
    await fc.assert(
      fc.asyncProperty(inputs(), acts, fc.nat(9), async (input, wanted, first) => {
        let bars = 0;
        const onBar = (): undefined => {
          const act = wanted[bars - first];
          bars += 1;
          if (act !== undefined) ACTS[act](flow);
        };
        const options = {
          ...market,
          ...stated(input, mode)(),
          strategies: [{ name: 'meddler', onBar }],
        };
        const trace = traceOf([sourceOf(input)], { ...options, scheduler: new VirtualClock() });
        const { flow } = trace;
        flow.events$.subscribe(({ type }) => {
          if (type === 'paused') {
            setImmediate(() => {
              flow.resume();
            });
          }
        });
        flow.start();
        const { outcome } = await flow.ended;
        const straight = await simulated([sourceOf(input)], { ...market, mode });
        expect(trace.bars).toEqual(straight.bars.slice(0, trace.bars.length));
        for (const edge of ['coordinator-processor', 'processor-analysis'] as const) {
          const { delivered, served, discarded } = countsOn(edge, trace.events);
          if (outcome === 'done') expect([served, discarded]).toEqual([delivered, 0]);
          else expect(served + discarded).toBeGreaterThanOrEqual(delivered);
        }
        if (outcome === 'done') expect(trace.bars).toEqual(straight.bars);
      }),
      always,
    );
  });

  test('where no time passes, the event loop has its turns all the same', async () => {
    let turns = 0;
    const onBar = (): undefined => {
      const until = performance.now() + 1;
      while (performance.now() < until);
    };
    const source = ticksOf(...Array.from({ length: 300 }, (_, second) => `A ${second} 1`));
    const options = {
      ...market,
      mode: 'data' as const,
      timings: false,
      strategies: [{ name: 'slow', onBar }],
    };
    const { flow } = traceOf([source], options);
    const timer = setInterval(() => (turns += 1), 1);
    flow.start();
    await flow.ended;
    clearInterval(timer);
    expect(turns).toBeGreaterThan(1);
  });

  test('a strategy that waits for the clock that stands still for it: the same error that says so', async () => {
    const { simulation, operators } = await both((engine) => {
      const scheduler = new VirtualClock();
      const onBar = (): Promise<undefined> =>
        new Promise((resolve) => {
          scheduler.schedule(() => {
            resolve(undefined);
          }, 5);
        });
      const options = { ...market, engine, scheduler, strategies: [{ name: 'waits', onBar }] };
      return ended(traceOf([ticksOf('A 0 1', 'A 1 1', 'A 2 1')], options));
    });
    expect(simulation.outcome?.error).toEqual(new DeadlockError('serve "processor-analysis"'));
    expect(operators.outcome?.error).toEqual(simulation.outcome?.error);
  });

  test('a strategy that awaits something else, while others have scheduled something on the clock', async () => {
    const { simulation, operators } = await both((engine) => {
      const scheduler = new VirtualClock();
      scheduler.schedule(() => undefined, 60_000);
      const onBar = (): Promise<undefined> => Promise.resolve(undefined);
      const options = { ...market, engine, scheduler, strategies: [{ name: 'awaits', onBar }] };
      return ended(traceOf([ticksOf('A 0 1', 'A 1 1', 'A 2 1')], options));
    });
    expect(simulation.outcome?.error).toBeUndefined();
    expect(simulation.bars.length).toBeGreaterThan(0);
    expect(operators.bars).toEqual(simulation.bars);
  });

  test.each([
    ['at once', false],
    ['while more is being read', true],
  ])('a switch to clock-driven, %s: operators go on', async (_title, isLate) => {
    let give = (): void => undefined;
    const given = new Promise<void>((resolve) => (give = resolve));
    async function* rows(): AsyncGenerator<Tick> {
      yield { symbol: 'A', time: 0, price: 1 };
      yield { symbol: 'A', time: 1_000_000, price: 1 };
      if (isLate) await given;
      yield { symbol: 'A', time: 90_000_000, price: 1 };
      yield { symbol: 'A', time: 91_000_000, price: 1 };
    }
    const { simulation, operators } = await both(async (engine) => {
      const trace = traceOf([fromTicks(rows())], {
        engine,
        bars: 'tick',
        mode,
        scheduler: new VirtualClock(),
        serviceTimes: { processor: 10, analysis: 20 },
      });
      trace.flow.start();
      await new Promise(setImmediate);
      trace.flow.setMode('clock');
      give();
      trace.outcome = await trace.flow.ended;
      return trace;
    });
    expect(seen(simulation)).toEqual(seen(operators));
  });

  test.each([
    ['failing', /^broken$/],
    ['left', undefined],
  ])('a source, %s while a chunk is waited for, is let go of', async (_title, message) => {
    const { simulation, operators } = await both(async (engine) => {
      const log: string[] = [];
      async function* rows(): AsyncGenerator<Tick> {
        try {
          yield { symbol: 'A', time: 0, price: 1 };
          await new Promise(setImmediate);
          await new Promise(setImmediate);
          if (message !== undefined) throw new Error('broken');
          yield { symbol: 'A', time: 1, price: 1 };
        } finally {
          log.push('closed');
        }
      }
      const scheduler = new VirtualClock();
      const trace = traceOf([fromTicks(rows())], { engine, bars: 'tick', mode, scheduler });
      trace.flow.start();
      if (message === undefined) {
        setImmediate(() => {
          trace.flow.stop();
        });
      }
      trace.outcome = await trace.flow.ended;
      expect(log).toEqual(['closed']);
      return trace;
    });
    if (message !== undefined)
      expect((simulation.outcome?.error as Error).message).toMatch(message);
    expect(simulation.outcome).toEqual(operators.outcome);
    expect(simulation.bars).toEqual(operators.bars);
  });
});
