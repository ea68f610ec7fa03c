import { VirtualClock } from '../../../operators';
import type { Bar, PipelineEvent, PipelineOptions } from '../../../streams';
import { pipeline } from '../../../streams';
import { checkOptions } from '../../../streams/pipelineOptions';
import { S, ticksOf } from '../given';

const HOUR = 3_600;

/** When each bar was heard of, in seconds of the run, and what was passed over. */
async function heard(options: PipelineOptions, ...ticks: readonly string[]) {
  const scheduler = new VirtualClock();
  const bars: string[] = [];
  const events: PipelineEvent[] = [];
  const strategy = {
    name: 'clock',
    onBar: (bar: Bar) => void bars.push(`${bar.end / S} at ${scheduler.now() / 1_000}`),
  };
  const flow = pipeline([ticksOf(...ticks)], {
    bars: '1s',
    time: 'wall',
    engine: 'operators',
    stopwatch: () => 0,
    scheduler,
    strategies: [strategy],
    ...options,
  });
  flow.events$.subscribe((event) => events.push(event));
  flow.start();
  await flow.ended;
  const skipped = events.filter((event) => event.type === 'skipped');
  return { bars, skipped };
}

const OVERNIGHT = [
  'A 0 1',
  'A 1 1',
  `A ${10 * HOUR} 1`,
  `A ${10 * HOUR + 1} 1`,
  `A ${11 * HOUR} 1`,
];

test('a night is passed over, but for one base interval before the next bar', async () => {
  const { bars, skipped } = await heard({ skipGaps: '1h' }, ...OVERNIGHT);
  expect(bars).toEqual(['1 at 1', '2 at 2', '36001 at 3', '36002 at 4']);
  expect(skipped).toEqual([{ type: 'skipped', at: 2_000, from: 2 * S, to: 10 * HOUR * S }]);
});

test('without the option it is waited for', async () => {
  const { bars, skipped } = await heard({}, ...OVERNIGHT);
  expect(bars.slice(0, 3)).toEqual(['1 at 1', '2 at 2', '36001 at 36001']);
  expect(skipped).toEqual([]);
});

test('at a speed, and each gap anew', async () => {
  const { bars, skipped } = await heard(
    { skipGaps: '1m', speed: 10 },
    ...OVERNIGHT,
    `A ${12 * HOUR} 1`,
  );
  expect(bars).toEqual(['1 at 0.1', '2 at 0.2', '36001 at 0.3', '36002 at 0.4', '39601 at 0.5']);
  expect(skipped).toHaveLength(3);
});

test('on the wall clock, and for gaps that are longer than a bar', () => {
  expect(() => checkOptions({ skipGaps: '1h' })).toThrow(/time wall/);
  expect(() => checkOptions({ skipGaps: '1m', time: 'wall' })).toThrow(/longer than the base/);
  expect(() => checkOptions({ skipGaps: 'night', time: 'wall' })).toThrow(/skipGaps/);
});
