import { recordedServiceTimes } from '../../../src/journal';
import { timingsIn } from '../../../src/journal/timings/readTimings';
import type { Timings } from '../../../src/journal';
import { replay } from '../../../src/replay';
import type { ReplayOptions } from '../../../src/replay';
import type { Item, PipelineEvent, Tick } from '../../../streams';
import { fromTicks } from '../../../streams/sources';
import { randomOf, SEED } from '../../faults/moments';

const START = 1_723_161_240e6;
const random = randomOf(SEED);
/** Several symbols, often at one instant; some of them more than once. */
const TICKS: readonly Tick[] = Array.from({ length: 400 }, (_, i) => ({
  symbol: 'ABC'[Math.floor(random() * 3)] ?? 'A',
  time: START + Math.floor(i / 4) * 700_000,
  price: i,
}));

interface Ran {
  readonly events: readonly PipelineEvent[];
  readonly timings: Timings;
}

async function run(options: ReplayOptions): Promise<Ran> {
  const running = replay(fromTicks(TICKS), {
    derive: ['5s'],
    id: 'x',
    stopwatch: () => 0,
    ...options,
  });
  const blocks: Buffer[] = [];
  const events: PipelineEvent[] = [];
  const head = { run: 'x', strategies: [], intervals: [options.bars ?? '1m', '5s'] };
  running.timings?.open(head, (block) => blocks.push(block));
  running.events$.subscribe((event) => events.push(event));
  await running.start().done;
  running.timings?.flush();
  const others = ['started', 'finished', 'conditions'];
  return {
    events: events.filter(({ type }) => !others.includes(type)),
    timings: timingsIn(blocks),
  };
}

const service = (item: Item): number => random() * (item.interval === 0 ? 300 : 900);
const serviceTimes = { processor: service, analysis: service };

describe('recordedServiceTimes', () => {
  test.each(['tick', '1s'])('with bars of %s, a run takes what it took before', async (bars) => {
    const first = await run({ bars, serviceTimes });
    const again = await run({ bars, serviceTimes: recordedServiceTimes(first.timings) });
    expect(again.events).toEqual(first.events);
    expect(first.timings.items.length).toBeGreaterThan(100);
  });

  test('items that the run did not serve take the mean of their series', async () => {
    const { timings } = await run({ bars: '1s', serviceTimes: { processor: 2, analysis: 6 } });
    const { processor, analysis } = recordedServiceTimes(timings);
    const unknown = { bar: { symbol: 'A', interval: '1s' }, market: 5 } as Item;
    for (const [declared, mean] of [
      [processor, 2],
      [analysis, 6],
    ] as const) {
      expect(typeof declared === 'function' && declared(unknown, 0)).toBe(mean);
    }
  });
});
