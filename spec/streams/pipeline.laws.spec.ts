import fc from 'fast-check';
import type { PipelineOptions, RowSource } from '../../streams';
import { countsOf, lindley } from '../support/lindley';
import type { Fate } from '../support/lindley';
import { repetitions } from '../support/properties';
import { ticksOf } from './given';
import type { Counts, Input, Trace } from './world';
import {
  changes,
  countsOn,
  EVERYONE,
  inMarbles,
  inputs,
  inTurn,
  reader,
  scriptOf,
  simulated,
  slowReader,
  sourceOf,
  traceOf,
} from './world';

const FIRST = 'coordinator-processor';
const SECOND = 'processor-analysis';
const market: PipelineOptions = { bars: '1s', derive: ['2s', '6s'] };

const stated = ({ processor, analysis }: Input): PipelineOptions => ({
  ...market,
  serviceTimes: { processor: inTurn(processor).time, analysis: inTurn(analysis).time },
});

/** Complete bars: those that the processor offers to the second edge. */
const offered = ({ bars }: Trace): number => bars.filter((bar) => !bar.includes('open')).length;

describe('law 1: nothing is lost, doubled or reordered', () => {
  test('whatever is switched: all bars arrive in order, and the books balance', async () => {
    await fc.assert(
      fc.asyncProperty(inputs(), changes(), async (input, all) => {
        const straight = await simulated([sourceOf(input)], { ...market, mode: 'data' });
        const trace = await simulated([sourceOf(input)], stated(input), scriptOf(all));
        expect(trace.outcome).toEqual({ outcome: 'done' });
        expect(trace.bars).toEqual(straight.bars);
        const base = trace.bars.filter((bar) => bar.includes(' 1s ')).length;
        const first = countsOn(FIRST, trace.events);
        const second = countsOn(SECOND, trace.events);
        expect([first.delivered, first.started, first.served]).toEqual([base, base, base]);
        expect([second.delivered, second.started, second.served]).toEqual(
          Array.from({ length: 3 }, () => offered(trace)),
        );
        expect([first.dropped, first.discarded, second.dropped, second.discarded]).toEqual([
          0, 0, 0, 0,
        ]);
      }),
      repetitions(150),
    );
  });

  test('at every window: whatever was delivered was served, is in service, or waits', async () => {
    await fc.assert(
      fc.asyncProperty(inputs(), changes(), async (input, all) => {
        let windows = 0;
        const run = await simulated([sourceOf(input)], stated(input), scriptOf(all));
        run.events.forEach((event, index) => {
          if (event.type !== 'window') return;
          windows += 1;
          for (const edge of [FIRST, SECOND] as const) {
            const counts = countsOn(edge, run.events.slice(0, index));
            expectToBalance(counts);
            // The second edge's counts leave with the processor's windows.
            if (edge === FIRST || event.stage !== 'processor') continue;
            // One item's outputs at the second gate: three symbols close two intervals together.
            const held = (run.emitted[index] as number) - counts.delivered;
            expect(held).toBeGreaterThanOrEqual(0);
            expect(held).toBeLessThanOrEqual(6);
          }
        });
        expect(windows).toBeGreaterThan(0);
      }),
      repetitions(60),
    );
  });

  test('stopped at any time: what was on its way is discarded and counted', async () => {
    await fc.assert(
      fc.asyncProperty(
        inputs(),
        changes(),
        fc.integer({ min: 0, max: 40_000 }),
        async (input, all, at) => {
          const straight = await simulated([sourceOf(input)], { ...market, mode: 'data' });
          const script = [
            ...scriptOf(all),
            [
              at,
              (flow: Trace['flow']) => {
                flow.stop();
              },
            ] as const,
          ];
          const trace = await simulated([sourceOf(input)], stated(input), script);
          expect(trace.bars).toEqual(straight.bars.slice(0, trace.bars.length));
          const first = countsOn(FIRST, trace.events);
          const second = countsOn(SECOND, trace.events);
          // The first gate holds one item at most, the second edge was offered what came out.
          const heldByGate = first.served + first.discarded - first.delivered;
          expect([0, 1]).toContain(heldByGate);
          expect(second.served + second.discarded).toBe(offered(trace));
        },
      ),
      repetitions(150),
    );
  });
});

function expectToBalance(counts: Counts): void {
  expect(counts.started).toBeLessThanOrEqual(counts.delivered);
  expect(counts.served).toBeLessThanOrEqual(counts.started);
  expect(counts.served).toBeGreaterThanOrEqual(counts.started - 1);
  expect(counts.burst + counts.behind).toBe(counts.backpressure);
  expect(counts.overrun).toBeLessThanOrEqual(counts.backpressure);
}

describe('law 2: data-driven, nothing is counted', () => {
  test.each([
    ['virtual clock', simulated],
    ['TestScheduler', inMarbles],
  ])('%s', async (_title, world) => {
    await fc.assert(
      fc.asyncProperty(inputs(), async (input) => {
        const { events } = await world([sourceOf(input)], { ...stated(input), mode: 'data' });
        for (const edge of [FIRST, SECOND] as const) {
          const { backpressure, overrun, delivered, served } = countsOn(edge, events);
          expect([backpressure, overrun, delivered]).toEqual([0, 0, served]);
        }
      }),
      repetitions(60),
    );
  });
});

describe('law 3: clock-driven, the counts are exactly those of a tandem queue', () => {
  test.each([
    ['virtual clock', simulated, 1],
    ['virtual clock at another speed', simulated, 4],
    ['TestScheduler', inMarbles, 1],
  ])('%s', async (_title, world, speed) => {
    await fc.assert(
      fc.asyncProperty(inputs(), async (input) => {
        const processor = inTurn(input.processor);
        const analysis = inTurn(input.analysis);
        const serviceTimes = { processor: processor.time, analysis: analysis.time };
        const { events } = await world([sourceOf(input)], { ...market, speed, serviceTimes });
        const { first, second } = tandem(processor.served, analysis.served, input, speed);
        expect(partOf(countsOn(FIRST, events))).toEqual(first);
        expect(partOf(countsOn(SECOND, events))).toEqual(second);
      }),
      repetitions(150),
    );
  });
});

test('law 3 on the wall clock: late timers change no count, for it is judged by due and service times', async () => {
  await fc.assert(
    fc.asyncProperty(inputs(), async (given) => {
      // As before, but a hundred times as fast.
      const faster = (times: readonly number[]): number[] => times.map((time) => time / 100);
      const input = {
        ...given,
        processor: faster(given.processor),
        analysis: faster(given.analysis),
      };
      const processor = inTurn(input.processor);
      const analysis = inTurn(input.analysis);
      const trace = traceOf([sourceOf(input)], {
        ...market,
        speed: 100,
        time: 'wall',
        serviceTimes: { processor: processor.time, analysis: analysis.time },
      });
      trace.flow.start();
      await trace.flow.ended;
      const { first, second } = tandem(processor.served, analysis.served, input, 100);
      expect(partOf(countsOn(FIRST, trace.events))).toEqual(first);
      expect(partOf(countsOn(SECOND, trace.events))).toEqual(second);
    }),
    repetitions(6),
  );
}, 30_000);

type Served = ReturnType<typeof inTurn>['served'];
type Tandem = ReturnType<typeof countsOf>;

const partOf = ({ delivered, backpressure, burst, behind, overrun }: Counts): Tandem => ({
  delivered,
  backpressure,
  burst,
  behind,
  overrun,
});

/** Brute force from what was served where, and from market time alone: the pipeline's own times play no part. */
function tandem(
  processor: Served,
  analysis: Served,
  input: Input,
  speed: number,
): { first: Tandem; second: Tandem } {
  const origin = Number(input.ticks[0]?.split(' ')[1] ?? 0) * 1_000;
  const marketTime = ({ cause }: Served[number]): number =>
    (cause.bar?.end ?? cause.watermark?.time ?? 0) / 1_000;
  const bars = (all: Served, fates: readonly Fate[]): Fate[] =>
    fates.filter((_, index) => all[index]?.cause.bar !== undefined);
  const first = lindley(
    processor.map((served) => {
      const due = (marketTime(served) - origin) / speed;
      return { due, offered: due, service: served.time };
    }),
  );
  let next = 0;
  const arrivals = processor.flatMap((served, index) => {
    const { due, finish } = first[index] as Fate;
    const from = next;
    if (served.cause.bar?.complete === true) next += 1;
    else if (served.cause.watermark !== undefined) {
      while (isClosedBy(served, analysis[next])) next += 1;
    }
    return analysis.slice(from, next).map(({ time }) => ({ due, offered: finish, service: time }));
  });
  expect(next).toBe(analysis.length);
  return {
    first: countsOf(bars(processor, first)),
    second: countsOf(bars(analysis, lindley(arrivals))),
  };
}

const isClosedBy = ({ cause }: Served[number], update: Served[number] | undefined): boolean =>
  update !== undefined &&
  update.cause.interval > 0 &&
  update.cause.bar?.end === cause.watermark?.time;

describe('law 4: mode changes nothing but time', () => {
  const options: PipelineOptions = { ...market, history: 3, strategies: EVERYONE };
  const seen = ({ bars, signals }: Trace): unknown => ({ bars, signals });

  test('bars, derived bars, signals and what strategies could read', async () => {
    await fc.assert(
      fc.asyncProperty(inputs(), changes(), async (input, all) => {
        const clock = { ...stated(input), ...options };
        const data = { ...clock, mode: 'data' } as const;
        const expected = seen(await simulated([sourceOf(input)], { ...options, mode: 'data' }));
        expect(seen(await simulated([sourceOf(input)], clock))).toEqual(expected);
        expect(seen(await simulated([sourceOf(input)], data))).toEqual(expected);
        expect(seen(await simulated([sourceOf(input)], clock, scriptOf(all)))).toEqual(expected);
        expect(seen(inMarbles([sourceOf(input)], clock))).toEqual(expected);
        expect(seen(inMarbles([sourceOf(input)], data, scriptOf(all)))).toEqual(expected);
      }),
      repetitions(60),
    );
  });

  test('nobody sees the future', async () => {
    await fc.assert(
      fc.asyncProperty(inputs(), async (input) => {
        const { signals } = await simulated([sourceOf(input)], { ...stated(input), ...options });
        expect(signals.filter((signal) => signal.includes('FUTURE'))).toEqual([]);
      }),
      repetitions(60),
    );
  });

  test('a strategy that lags by thousands of bars finds all that is retained for it', async () => {
    const ticks = Array.from({ length: 12_001 }, (_, second) => `A ${second} ${second % 97}`);
    const source = (): RowSource => ticksOf(...ticks);
    const all = { bars: '1s', derive: ['2s'], history: 3, strategies: [reader] };
    const lagging = { ...all, serviceTimes: { processor: 0, analysis: 3_000 } };
    const { signals } = await simulated([source()], lagging);
    expect(signals).toEqual((await simulated([source()], { ...all, mode: 'data' })).signals);
  });

  test('also of ticks that are bars of their own, and of recorded bars', async () => {
    await fc.assert(
      fc.asyncProperty(inputs(), changes(), async (input, all) => {
        for (const [bars, derive, recordedLength] of [
          ['tick', ['250ms', '2s'], 0],
          ['1s', ['2s'], 1_000_000],
          ['4s', ['8s'], 1_000_000],
        ] as const) {
          const source = (): RowSource => ({ ...sourceOf(input), interval: recordedLength });
          const shape = { ...options, bars, derive };
          const expected = seen(await simulated([source()], { ...shape, mode: 'data' }));
          const clock = { ...stated(input), ...shape };
          expect(seen(await simulated([source()], clock, scriptOf(all)))).toEqual(expected);
          expect(seen(inMarbles([source()], clock))).toEqual(expected);
        }
      }),
      repetitions(25),
    );
  });

  test('also with a strategy that takes its time, and on the wall clock', async () => {
    await fc.assert(
      fc.asyncProperty(inputs(), changes(), async (input, all) => {
        const slow = { ...options, strategies: [slowReader, ...EVERYONE] };
        const expected = seen(await simulated([sourceOf(input)], { ...slow, mode: 'data' }));
        const measured = await simulated([sourceOf(input)], slow, scriptOf(all));
        expect(seen(measured)).toEqual(expected);
        for (const mode of ['clock', 'data'] as const) {
          const wall = traceOf([sourceOf(input)], { ...slow, mode, time: 'wall', speed: 1e6 });
          wall.flow.start();
          await wall.flow.ended;
          expect(seen(wall)).toEqual(expected);
        }
      }),
      repetitions(25),
    );
  });
});
