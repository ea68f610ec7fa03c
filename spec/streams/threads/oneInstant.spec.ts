import { VirtualClock } from '../../../operators';
import type { Tick } from '../../../streams';
import { ITEM_COLUMNS } from '../../../streams/threads/itemColumns';
import { ringMemory } from '../../../streams/threads/ring';
import { RingReader } from '../../../streams/threads/ringReader';
import { Sender } from '../../../streams/threads/sender';
import { edgeCount, ran } from './runThreaded';
import { itemAt } from './items';

jest.setTimeout(120_000);

const FIRST = 'coordinator-processor';
const SECOND = 'processor-analysis';

describe('times within a millionth of a millisecond are one instant, in threads as in one', () => {
  // A tick every tenth of a millisecond of the run: neither the sums of tenths nor of thirds are exact.
  const every = (micros: number): Tick[] =>
    Array.from({ length: 300 }, (_, row) => ({
      symbol: 'A',
      time: row * micros,
      price: 100,
      size: 1,
    }));

  it.each([
    { what: 'as long as the gap', speed: 1, processor: 0.1, analysis: 0.1, counted: [0, 0] },
    { what: 'rounded otherwise', speed: 3, processor: 0.1, analysis: 0.1, counted: [0, 0] },
    // Each finish is two millionths later than the one before it was: the first is ready, no other is.
    { what: 'a little longer', speed: 1, processor: 0.100_002, analysis: 0.1, counted: [299, 0] },
    {
      what: 'later a little longer',
      speed: 1,
      processor: 0.1,
      analysis: 0.100_002,
      counted: [0, 299],
    },
  ])('services $what', async ({ speed, processor, analysis, counted }) => {
    const source = every(100 * speed);
    const options = { bars: 'tick', speed, serviceTimes: { processor, analysis } } as const;
    const alone = await ran(source, { ...options, time: 'simulated' });
    const threaded = await ran(source, { ...options, threads: { strategies: [] } });
    const events = [alone, threaded].map((of) =>
      [FIRST, SECOND].map((edge) => edgeCount(of, edge, 'backpressure')),
    );
    expect(events).toEqual([counted, counted]);
  });

  it.each([
    ['at the offer', 7, true],
    ['a rounding after it', 7 + 5e-7, true],
    ['later', 7 + 2e-6, false],
  ])('a cell whose finish was seen %s', (_, seenAt, isReady) => {
    const ring = ringMemory({ ...ITEM_COLUMNS, slots: 16 });
    const cells: boolean[] = [];
    const sender = new Sender({
      ring,
      edge: FIRST,
      scheduler: new VirtualClock(),
      capacity: 16,
      demand: 16,
      isGated: () => false,
      dueFloor: () => -Infinity,
      onUnfinished: () => undefined,
      onHandOver: (ready) => {
        cells.push(ready);
      },
    });
    const reader = new RingReader(ring);
    sender.push(itemAt(1));
    sender.publish();
    expect(reader.available()).toBe(1);
    reader.take();
    reader.finish(7, seenAt);
    sender.push(itemAt(7));
    expect(cells).toEqual([true, isReady]);
  });
});
