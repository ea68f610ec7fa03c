import fc from 'fast-check';
import { repetitions } from '../../support/properties';
import type { Pipeline, PipelineOptions } from '../../../streams';
import { edgeCount, instrument, market, MODULE, ran, servedCount, strategy } from './runThreaded';
import type { Ran } from './runThreaded';
import type { StrategyFactory } from '../../../streams';

const runs = repetitions(8);

// A thread loads TypeScript anew: seconds, on a machine that has other things to do.
jest.setTimeout(30_000 * runs.numRuns);

const EDGES = [
  ['coordinator-processor', 'processor'],
  ['processor-analysis', 'analysis'],
] as const;
const symbols = ['A', 'B', 'C', 'D'];
const { reader } = jest.requireActual<{
  reader: (argument: unknown) => ReturnType<StrategyFactory>;
}>(MODULE);
const shape: PipelineOptions = { bars: '1s', derive: ['2s', '5s', '1m'], history: 20 };

/** What a user does when so many bars have come. */
interface Change {
  readonly at: number;
  readonly what: 'clock' | 'data' | 'pause' | 'faster' | 'slower';
}

const given = fc.record({
  seed: fc.integer({ min: 1, max: 1_000_000 }),
  mode: fc.constantFrom('clock' as const, 'data' as const),
  speed: fc.constantFrom(1_000, 5_000, 50_000),
  processorUs: fc.integer({ min: 0, max: 400 }),
  analysisUs: fc.integer({ min: 0, max: 400 }),
  later: fc.constantFrom(0, 0.1),
  demand: fc.constantFrom(1, 2, 7, 1_024),
  changes: fc.array(
    fc.record({
      at: fc.integer({ min: 1, max: 250 }),
      what: fc.constantFrom<Change['what'][]>('clock', 'data', 'pause', 'faster', 'slower'),
    }),
    { maxLength: 3 },
  ),
});

function make(change: Change['what'], running: Pipeline): void {
  if (change === 'clock' || change === 'data') running.setMode(change);
  else if (change === 'pause') {
    running.pause();
    setTimeout(() => {
      running.resume();
    }, 3);
  } else running.setSpeed(running.speed * (change === 'faster' ? 3 : 1 / 3));
}

const changing =
  (changes: readonly Change[]) =>
  (running: Pipeline): void => {
    let bars = 0;
    running.bars$.subscribe(() => {
      bars += 1;
      for (const { at, what } of changes) if (at === bars) make(what, running);
    });
  };

/** Sums of the counter events of one edge. */
function counted({ events }: Ran, edge: string): { burst: number; behind: number } {
  const sums = { burst: 0, behind: 0 };
  const sum = (values: readonly number[]): number => values.reduce((all, value) => all + value, 0);
  for (const event of events) {
    if (event.type === 'counts' && event.edge === edge) {
      sums.burst += sum(event.burst);
      sums.behind += sum(event.backpressure) - sum(event.burst);
    }
    if (event.type !== 'backpressure' || event.edge !== edge) continue;
    sums.burst += event.burst ?? 0;
    sums.behind += event.behind ?? 0;
  }
  return sums;
}

describe('real workers, random service times, switches, speeds and pauses', () => {
  it('laws 1 to 4', async () => {
    await fc.assert(
      fc.asyncProperty(given, async (run) => {
        const { seed, mode, speed, processorUs, analysisUs, later, demand, changes } = run;
        const source = market(seed, 600);
        const alone: PipelineOptions = { ...shape, mode: 'data', time: 'simulated' };
        const expected = await ran(source, { ...alone, strategies: [reader({ symbols })] });
        const actual = await ran(
          source,
          {
            ...shape,
            mode,
            speed,
            threads: {
              demand,
              strategies: [strategy('reader', { symbols, seed, us: analysisUs, later })],
              instrument: instrument({ seed, us: { processor: processorUs } }),
            },
          },
          changing(changes),
        );
        expect(actual.outcome).toBe('done');
        // 4: mode, speed, pauses and threads change nothing but time.
        expect(JSON.stringify(actual.bars)).toBe(JSON.stringify(expected.bars));
        expect(JSON.stringify(actual.signals)).toBe(JSON.stringify(expected.signals));
        const isData = mode === 'data' && !changes.some(({ what }) => what === 'clock');
        for (const [edge, stage] of EDGES) {
          const of = (type: Parameters<typeof edgeCount>[2]): number =>
            edgeCount(actual, edge, type);
          // 1: nothing is lost or doubled.
          expect([of('delivered'), of('dropped'), of('discarded')]).toEqual([
            edgeCount(expected, edge, 'delivered'),
            0,
            0,
          ]);
          expect(servedCount(actual, stage)).toBe(of('delivered'));
          // 2: in data-driven mode nothing is counted.
          if (isData) expect([of('backpressure'), of('overrun')]).toEqual([0, 0]);
          // 3: what is counted adds up.
          const { burst, behind } = counted(actual, edge);
          expect(burst + behind).toBe(of('backpressure'));
          expect(of('overrun')).toBeLessThanOrEqual(of('backpressure'));
        }
      }),
      runs,
    );
  });
});
