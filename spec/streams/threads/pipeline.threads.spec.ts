import { isAfter } from '../../../operators/kernel/station';
import type { PipelineOptions, StrategyFactory, Tick } from '../../../streams';
import { edgeCount, instrument, market, MODULE, ran, servedCount, strategy } from './runThreaded';
import type { Ran } from './runThreaded';

// A thread loads TypeScript anew: seconds, on a machine that has other things to do.
jest.setTimeout(120_000);

const FIRST = 'coordinator-processor';
const SECOND = 'processor-analysis';
const symbols = ['A', 'B', 'C', 'D', 'never'];

const { reader } = jest.requireActual<{
  reader: (argument: unknown) => ReturnType<StrategyFactory>;
}>(MODULE);

const options = (mode: 'clock' | 'data'): PipelineOptions => ({
  bars: '1s',
  derive: ['2s', '5s', '1m'],
  history: 20,
  mode,
});

const alone = (source: Parameters<typeof ran>[0]): Promise<Ran> =>
  ran(source, { ...options('clock'), time: 'simulated', strategies: [reader({ symbols })] });

describe('law 4: threads change nothing but time', () => {
  it.each([
    [1, 0],
    [2, 0.1],
  ])('data-driven, seed %i, with a share of %f answers that come later', async (seed, later) => {
    const source = market(seed, 1_200);
    const expected = await alone(source);
    const actual = await ran(source, {
      ...options('data'),
      threads: {
        strategies: [strategy('reader', { symbols, seed, us: 150, later })],
        instrument: instrument({ seed, us: { processor: 150 } }),
      },
    });
    expect(actual.outcome).toBe('done');
    expect(JSON.stringify(actual.bars)).toBe(JSON.stringify(expected.bars));
    expect(JSON.stringify(actual.signals)).toBe(JSON.stringify(expected.signals));
    for (const edge of [FIRST, SECOND]) {
      // Law 2: nothing is counted.
      expect(edgeCount(actual, edge, 'backpressure')).toBe(0);
      expect(edgeCount(actual, edge, 'overrun')).toBe(0);
      expect(edgeCount(actual, edge, 'delivered')).toBe(edgeCount(expected, edge, 'delivered'));
    }
    expect(servedCount(actual, 'processor')).toBe(servedCount(expected, 'processor'));
    expect(servedCount(actual, 'analysis')).toBe(servedCount(expected, 'analysis'));
  });

  it('clock-driven, both stages falling behind by far', async () => {
    const source = market(3, 3_000);
    const expected = await alone(source);
    const actual = await ran(source, {
      ...options('clock'),
      speed: 20_000,
      threads: {
        strategies: [strategy('reader', { symbols, seed: 3, us: 60 })],
        instrument: instrument({ seed: 3, us: { processor: 60 } }),
      },
    });
    expect(JSON.stringify(actual.bars)).toBe(JSON.stringify(expected.bars));
    expect(JSON.stringify(actual.signals)).toBe(JSON.stringify(expected.signals));
    expect(edgeCount(actual, SECOND, 'delivered')).toBe(edgeCount(expected, SECOND, 'delivered'));
    expect(edgeCount(actual, FIRST, 'backpressure')).toBeGreaterThan(0);
    // Law 3.
    for (const edge of [FIRST, SECOND]) {
      expect(edgeCount(actual, edge, 'overrun')).toBeLessThanOrEqual(
        edgeCount(actual, edge, 'backpressure'),
      );
    }
  });
});

describe('law 1: the source may end long before the stages have caught up', () => {
  // More than a ring holds: the rest waits with its producer.
  const many: Tick[] = Array.from({ length: 40_000 }, (_, row) => ({
    symbol: 'A',
    time: row * 1_000,
    price: 100,
    size: 1,
  }));

  it.each([
    ['the processor', { processor: 20 }],
    ['the analysis', { analysis: 20 }],
  ])('whatever waits for %s is served all the same', async (_, us) => {
    const actual = await ran(many, {
      bars: 'tick',
      mode: 'clock',
      speed: 1e9,
      threads: { strategies: [], instrument: instrument({ us }) },
    });
    expect(actual.outcome).toBe('done');
    for (const edge of [FIRST, SECOND]) {
      expect(edgeCount(actual, edge, 'delivered')).toBe(many.length);
      expect(edgeCount(actual, edge, 'discarded')).toBe(0);
    }
    expect(servedCount(actual, 'analysis')).toBe(many.length);
  });
});

describe('law 3: the count is what the recursion over the recorded service times says', () => {
  it('on both edges', async () => {
    const source = market(4, 2_000);
    const speed = 500;
    const memory = (): SharedArrayBuffer => new SharedArrayBuffer(8 * (2 * source.length + 1));
    const times = { processor: memory(), analysis: memory() };
    const actual = await ran(source, {
      bars: '1s',
      mode: 'clock',
      speed,
      threads: {
        strategies: [strategy('reader', { seed: 5, us: 800 })],
        instrument: instrument({ seed: 6, us: { processor: 800 }, times }),
      },
    });
    const complete = actual.bars.filter((bar) => bar.complete);
    const due = actual.bars.map(({ end }) => end / 1_000 / speed);
    const analysisTimes = recorded(times.analysis);
    const first = recursion(due, recorded(times.processor));
    const second = recursion(first.finishes.slice(0, complete.length), analysisTimes);
    expect(analysisTimes).toHaveLength(complete.length);
    expect(edgeCount(actual, FIRST, 'backpressure')).toBe(first.notReady);
    expect(edgeCount(actual, SECOND, 'backpressure')).toBe(second.notReady);
    expect(first.notReady).toBeGreaterThan(0);
  });
});

/** What the instrument appended. */
function recorded(memory: SharedArrayBuffer): readonly number[] {
  const [length = 0, ...times] = new Float64Array(memory);
  return times.slice(0, length);
}

/** finish = max(previous finish, offered) + service; not ready: the previous finish is later than the offer. */
function recursion(
  offers: readonly number[],
  services: readonly number[],
): { notReady: number; finishes: number[] } {
  let free = -Infinity;
  let notReady = 0;
  const finishes = offers.map((offered, index) => {
    if (isAfter(free, offered)) notReady += 1;
    free = Math.max(free, offered) + (services[index] as number);
    return free;
  });
  return { notReady, finishes };
}
