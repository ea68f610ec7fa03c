import type { Feed } from '../../../streams/bars/feed';
import { CoordinatorMeter } from '../../../streams/engine/coordinatorMeter';

/** A feed that has built so many bars, and taken so long for it. */
function feedOf(): { readonly feed: Feed; readonly build: (bars: number, ms: number) => void } {
  const feed = { built: 0, buildingMs: 0, counts: () => ({ symbols: [], progress: 0 }) };
  return {
    feed: feed as unknown as Feed,
    build: (bars, ms) => {
      feed.built += bars;
      feed.buildingMs += ms;
    },
  };
}

const served = (meter: CoordinatorMeter) =>
  meter.flush(0).events.find(({ type }) => type === 'served');

describe('what reading and building took', () => {
  it('until the first rows are there, is no bar: only what was built of them is', () => {
    const { feed, build } = feedOf();
    const meter = new CoordinatorMeter(feed);
    build(4, 2);
    meter.onPull(226, 0);
    const { busyMs, events } = meter.flush(0);
    expect(busyMs).toBe(2);
    expect(events).toContainEqual({ type: 'spent', at: 0, ms: { opening: 224, building: 2 } });
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'served', stage: 'coordinator', count: 4, totalMs: 2 }),
    );
  });

  it('is shared by the bars of a later chunk, reading included', () => {
    const { feed, build } = feedOf();
    const meter = new CoordinatorMeter(feed);
    meter.onPull(50, 0);
    expect(served(meter)).toBeUndefined();
    build(10, 5);
    meter.onPull(20, 0);
    const { busyMs, events } = meter.flush(0);
    expect(busyMs).toBe(20);
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'served', count: 10, totalMs: 20, minMs: 2, maxMs: 2 }),
    );
    expect(events).toContainEqual({ type: 'spent', at: 0, ms: { reading: 15, building: 5 } });
  });

  it('is told once', () => {
    const { feed, build } = feedOf();
    const meter = new CoordinatorMeter(feed);
    build(1, 1);
    meter.onPull(2, 0);
    meter.flush(0);
    expect(meter.flush(0).events.map(({ type }) => type)).toEqual(['ingested']);
  });
});
