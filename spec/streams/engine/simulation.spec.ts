import fc from 'fast-check';
import { VirtualClock } from '../../../operators';
import type { EdgeEvent } from '../../../operators';
import type { PipelineEvent, PipelineOptions, Tick } from '../../../streams';
import { ticks } from '../../../streams/sources';
import type { GoOn } from '../../../streams/engine/simulation';
import { NOTHING_UNDER_WAY } from '../../../streams/engine/operatorGraph';
import type { Stages } from '../../../streams/engine/stages';
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

let mockIsJoined = false;

/** Operators from the first item on, where a test asks for them. */
jest.mock('../../../streams/engine/simulation', () => {
  const actual = jest.requireActual<typeof import('../../../streams/engine/simulation')>(
    '../../../streams/engine/simulation',
  );
  return {
    simulate: (stages: Stages, clock: never, goOn: GoOn) =>
      mockIsJoined
        ? goOn(stages.controls, NOTHING_UNDER_WAY)
        : actual.simulate(stages, clock, goOn),
  };
});

const market: PipelineOptions = { bars: '1s', derive: ['2s', '6s'], mode: 'data' };

interface Both {
  readonly fused: Trace;
  readonly joined: Trace;
}

async function inBothWays(run: () => Promise<Trace>): Promise<Both> {
  mockIsJoined = true;
  const joined = await run();
  mockIsJoined = false;
  return { joined, fused: await run() };
}

function both(input: Input, options: () => PipelineOptions, script: Script = []): Promise<Both> {
  return inBothWays(() => simulated([sourceOf(input)], { ...market, ...options() }, script));
}

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
    } else if (!(event.type === 'served' && event.stage === 'coordinator')) inWindow.push(event);
  });
  const readAll = outcome?.outcome === 'done' ? read : undefined;
  return { bars, signals, outcome, read: readAll, windows, after: added(inWindow) };
}

const stated =
  ({ processor, analysis }: Input) =>
  (): PipelineOptions => ({
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
};

const always = { numRuns: 150 };

describe('one loop does what the operators do, event for event', () => {
  test('straight through', async () => {
    await fc.assert(
      fc.asyncProperty(inputs(), async (input) => {
        const { fused, joined } = await both(input, stated(input));
        expect(seen(fused)).toEqual(seen(joined));
      }),
      always,
    );
  });

  test('as measured', async () => {
    await fc.assert(
      fc.asyncProperty(inputs(), async (input) => {
        const { fused, joined } = await both(input, () => {
          // Each reading is one millisecond later, so what is measured is how often was read.
          let time = 0;
          return { strategies: EVERYONE, stopwatch: () => (time += 1) };
        });
        expect(seen(fused)).toEqual(seen(joined));
      }),
      always,
    );
  });

  test('without timings', async () => {
    await fc.assert(
      fc.asyncProperty(inputs(), async (input) => {
        const { fused, joined } = await both(input, () => ({
          timings: false,
          strategies: EVERYONE,
        }));
        expect(seen(fused)).toEqual(seen(joined));
      }),
      always,
    );
  });

  test('each occurrence an event of its own', async () => {
    await fc.assert(
      fc.asyncProperty(inputs(), fc.integer({ min: 1, max: 5 }), async (input, count) => {
        const options = () => ({ ...stated(input)(), batch: { count } });
        const { fused, joined } = await both(input, options);
        expect(seen(fused)).toEqual(seen(joined));
      }),
      always,
    );
  });

  test('switched, paused and resumed', async () => {
    await fc.assert(
      fc.asyncProperty(inputs(), changes(), async (input, all) => {
        const { fused, joined } = await both(input, stated(input), scriptOf(all));
        expect(seen(fused)).toEqual(seen(joined));
      }),
      always,
    );
  });

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
          const { fused, joined } = await both(input, stated(input), [...scriptOf(all), stop]);
          expect(seen(fused)).toEqual(seen(joined));
        },
      ),
      always,
    );
  });

  test('an answer that takes its time', async () => {
    await fc.assert(
      fc.asyncProperty(inputs(), changes(), async (input, all) => {
        const options = () => ({
          ...stated(input)(),
          stopwatch: () => 0,
          strategies: [reader, slowReader],
        });
        const { fused, joined } = await both(input, options, scriptOf(all));
        expect(seen(fused)).toEqual(seen(joined));
      }),
      always,
    );
  });

  test('a strategy that fails the run', async () => {
    await fc.assert(
      fc.asyncProperty(inputs(), fc.integer({ min: 0, max: 20 }), async (input, bars) => {
        const { fused, joined } = await both(input, () => {
          let left = bars;
          const onBar = (): undefined => {
            left -= 1;
            if (left < 0) throw new Error('enough');
          };
          const stopwatch = (): number => 0;
          return {
            ...stated(input)(),
            stopwatch,
            strict: true,
            strategies: [{ name: 'faulty', onBar }],
          };
        });
        expect(seen(fused)).toEqual(seen(joined));
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
        const options = { ...market, ...stated(input)(), strategies: [{ name: 'meddler', onBar }] };
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
        const straight = await simulated([sourceOf(input)], market);
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
    const options = { ...market, timings: false, strategies: [{ name: 'slow', onBar }] };
    const { flow } = traceOf([source], options);
    const timer = setInterval(() => (turns += 1), 1);
    flow.start();
    await flow.ended;
    clearInterval(timer);
    expect(turns).toBeGreaterThan(1);
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
    const { fused, joined } = await inBothWays(async () => {
      const trace = traceOf([ticks(rows())], {
        bars: 'tick',
        mode: 'data',
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
    expect(seen(fused)).toEqual(seen(joined));
  });

  test.each([
    ['failing', /^broken$/],
    ['left', undefined],
  ])('a source, %s while a chunk is waited for, is let go of', async (_title, message) => {
    const { fused, joined } = await inBothWays(async () => {
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
      const trace = traceOf([ticks(rows())], { bars: 'tick', mode: 'data', scheduler });
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
    if (message !== undefined) expect((fused.outcome?.error as Error).message).toMatch(message);
    expect(fused.outcome).toEqual(joined.outcome);
    expect(fused.bars).toEqual(joined.bars);
  });
});
