import { pipeline } from '../../streams';
import type { PipelineEvent } from '../../streams';
import { fromTicks } from '../../streams/sources';

it('law 2 on the wall clock: data-driven, nothing is counted, though a watermark closes many bars', async () => {
  const rows = Array.from({ length: 1_200 }, (_, i) => ({
    symbol: `S${i % 12}`,
    time: Math.floor(i / 12) * 500_000,
    price: 100 + (i % 7),
    size: 1,
  }));
  const running = pipeline([fromTicks(rows)], {
    bars: '1s',
    derive: ['2s', '5s'],
    mode: 'data',
    time: 'wall',
    strategies: [{ name: 'nothing', onBar: () => undefined }],
  });
  const events: PipelineEvent[] = [];
  running.events$.subscribe((event) => events.push(event));
  running.start();
  expect(await running.ended).toEqual({ outcome: 'done' });
  const counted = events.flatMap((event) =>
    event.type === 'backpressure' || event.type === 'overrun' ? [event] : [],
  );
  expect(counted).toEqual([]);
  expect(events.some(({ type }) => type === 'delivered' || type === 'counts')).toBe(true);
});
