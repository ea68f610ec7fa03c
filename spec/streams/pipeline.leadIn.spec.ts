import fc from 'fast-check';
import { OptionError } from '../../operators';
import type { PipelineEvent, PipelineOptions, Strategy } from '../../streams';
import { pipeline } from '../../streams';
import { checkOptions } from '../../streams/pipelineOptions';
import { leadInStart } from '../../streams/bars/leadInStart';
import { parseInterval } from '../../streams/bars/interval';
import { fromTicks } from '../../streams/sources';
import { repetitions } from '../support/properties';
import { recorded, S, ticksOf } from './given';
import type { Trace } from './world';
import {
  countsOn,
  EVERYONE,
  inMarbles,
  inputs,
  reader,
  simulated,
  slowReader,
  sourceOf,
} from './world';
import { totalsIn } from './workOf';

const BASES: readonly PipelineOptions[] = [
  { bars: '1s', derive: ['2s', '6s'] },
  { bars: 'tick', derive: ['2s', '6s'] },
];

/** Longer than any input. */
const ALL = '1d';

const timeOf = (signal: string): number => (JSON.parse(signal) as { time: number }).time;
const endOf = (bar: string): number => Number(/,([\d.]+)\)/.exec(bar)?.[1]) * S;

/** What a run over everything says of the session: not what had ended when it began. */
function fromThen(all: Trace, from: number, base: string): Pick<Trace, 'bars' | 'signals'> {
  const isTick = base === 'tick';
  const isAfter = (time: number, interval: string): boolean =>
    isTick && interval === 'tick' ? time >= from : time > from;
  return {
    bars: all.bars.filter((bar) => isAfter(endOf(bar), bar.split(' ')[1] as string)),
    signals: all.signals.filter((text) =>
      isAfter(timeOf(text), (JSON.parse(text) as { interval: string }).interval),
    ),
  };
}

const ledIn = (events: readonly PipelineEvent[]): PipelineEvent[] =>
  events.filter(({ type }) => type === 'leadIn');

describe('a lead-in', () => {
  test('leaves bars, signals and everything that strategies can read as in a run over everything', async () => {
    await fc.assert(
      fc.asyncProperty(
        inputs(),
        fc.constantFrom(...BASES),
        fc.constantFrom<Pick<PipelineOptions, 'mode' | 'engine' | 'strategies'>>(
          { mode: 'clock' },
          { mode: 'data' },
          { mode: 'clock', engine: 'operators' },
          { mode: 'data', engine: 'operators' },
          { mode: 'clock', strategies: [slowReader] },
        ),
        fc.integer({ min: 0, max: 60 }).map((quarters) => (quarters * S) / 4),
        async (input, market, way, from) => {
          const options = { strategies: EVERYONE, ...market, ...way };
          const all = await simulated([sourceOf(input)], options);
          const led = await simulated([sourceOf(input)], { ...options, from, leadIn: ALL });
          expect(led.outcome).toEqual({ outcome: 'done' });
          // A session without rows has nothing to end.
          if (input.ticks.every((text) => Number(text.split(' ')[1]) * S < from)) {
            expect([led.bars, led.signals]).toEqual([[], []]);
            return;
          }
          const { bars, signals } = led;
          expect({ bars, signals }).toEqual(fromThen(all, from, market.bars ?? ''));
        },
      ),
      repetitions(60),
    );
  });

  test('is counted nowhere but in its own event', async () => {
    await fc.assert(
      fc.asyncProperty(
        inputs(),
        fc.constantFrom('clock' as const, 'data' as const),
        async (input, mode) => {
          const run = await simulated([sourceOf(input)], {
            bars: '1s',
            mode,
            from: 4 * S,
            leadIn: ALL,
            strategies: [reader],
          });
          const base = run.bars.length;
          const [first, second] = ['coordinator-processor', 'processor-analysis'].map((edge) =>
            countsOn(edge, run.events),
          );
          const complete = run.bars.filter((bar) => !bar.includes('open')).length;
          expect([first?.delivered, first?.served]).toEqual([base, base]);
          expect([second?.delivered, second?.served]).toEqual([complete, complete]);
          const items = totalsIn(run.events).reduce((sum, totals) => sum + totals.items, 0);
          expect(items).toBe(complete);
        },
      ),
      repetitions(25),
    );
  });

  const EVERY_SECOND = Array.from({ length: 10 }, (_, second) => `A ${second + 0.5} ${second}`);

  test('says what it read: rows, bars, and signals that went nowhere', async () => {
    const run = await simulated([ticksOf(...EVERY_SECOND)], {
      bars: '1s',
      from: 4 * S,
      leadIn: '2s',
      strategies: [reader],
    });
    expect(ledIn(run.events)).toEqual([
      {
        type: 'leadIn',
        at: 0,
        from: 2 * S,
        rows: 2,
        base: 2,
        signals: 2,
        errors: 0,
        ms: expect.any(Number) as number,
      },
    ]);
    const ingested = run.events.reduce(
      (sum, event) => (event.type === 'ingested' ? sum + event.ticks : sum),
      0,
    );
    expect(ingested).toBe(6);
  });

  test('takes no time of the run: its clock starts at the session', async () => {
    const run = await simulated([ticksOf(...EVERY_SECOND)], {
      bars: '1s',
      from: 4 * S,
      leadIn: '4s',
      speed: 2,
      serviceTimes: { processor: 0, analysis: 0 },
    });
    const windows = run.events.filter((event) => event.type === 'window');
    expect(windows.at(-1)?.at).toBe(3_000);
  });

  test('runs on a scheduler of marbles, as everything does', () => {
    const run = inMarbles([ticksOf(...EVERY_SECOND)], {
      bars: '1s',
      from: 8 * S,
      leadIn: '8s',
      strategies: [reader],
    });
    expect(run.signals.map(timeOf)).toEqual([9 * S]);
  });

  test('counts errors of strategies, and names the first', async () => {
    const broken: Strategy = {
      name: 'broken',
      onBar({ close }) {
        throw new Error(`no ${close}`);
      },
    };
    const run = await simulated([ticksOf(...EVERY_SECOND)], {
      bars: '1s',
      from: 4 * S,
      leadIn: '4s',
      strategies: [broken],
    });
    expect(ledIn(run.events)).toMatchObject([{ errors: 4, error: 'broken: no 0' }]);
  });

  test('fails a strict run as the session does', async () => {
    const broken: Strategy = {
      name: 'broken',
      onBar() {
        throw new Error('it broke');
      },
    };
    const run = await simulated([ticksOf(...EVERY_SECOND)], {
      bars: '1s',
      from: 4 * S,
      leadIn: '4s',
      strict: true,
      strategies: [broken],
    });
    expect(run.outcome).toMatchObject({ outcome: 'failed' });
  });

  test('ends when the run is stopped, and closes what is being read', async () => {
    let isClosed = false;
    async function* endless() {
      try {
        for (let second = 0; ; second += 1) {
          await new Promise((resolve) => setImmediate(resolve));
          yield { symbol: 'A', time: second * S, price: 1 };
        }
      } finally {
        isClosed = true;
      }
    }
    const run = pipeline([fromTicks(endless())], { bars: '1s', from: 1e9 * S, leadIn: '20000d' });
    run.start();
    await new Promise((resolve) => setTimeout(resolve, 5));
    run.stop();
    expect(await run.ended).toEqual({ outcome: 'stopped' });
    expect(isClosed).toBe(true);
  });

  test('of recorded bars leaves out none: one that lies across the beginning is of the session', async () => {
    const source = (): ReturnType<typeof recorded> =>
      recorded(
        [0, 10, 20].map((start) => ['A', start, 1, 1, 1, 1, 1] as const),
        10 * S,
      );
    const options = { bars: '10s', strategies: [reader] };
    const led = await simulated([source()], { ...options, from: 15 * S, leadIn: ALL });
    expect(led.signals.map(timeOf)).toEqual([20 * S, 30 * S]);
  });
});

describe('where a lead-in begins', () => {
  const of = (...names: readonly string[]) => names.map((name) => parseInterval(name));

  test('as long before the session as it says', () => {
    expect(leadInStart({ from: 100 * S, leadIn: '20s' }, of('1s'))).toBe(80 * S);
  });

  test('or at the beginning of the longest window there, which is whole then', () => {
    expect(leadInStart({ from: 100 * S, leadIn: '20s' }, of('1s', '1m'))).toBe(60 * S);
  });

  test.each([
    [{ leadIn: '1d' }, /leadIn.*from/],
    [{ from: 0, leadIn: 'tick' }, /leadIn.*length of time/],
    [{ from: 0, leadIn: 'yesterday' }, /leadIn/],
  ])('%j is refused', (options, message) => {
    expect(() => checkOptions(options)).toThrow(message);
    expect(() => checkOptions(options)).toThrow(OptionError);
  });
});
