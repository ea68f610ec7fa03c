import { measureRun, strategyOf } from '../../bench/src/threads/measureRun';
import { fromTicks } from '../../streams/sources';

describe('a measured run', () => {
  const every10 = (count: number) =>
    fromTicks(
      Array.from({ length: count }, (_, n) => ({
        symbol: 'A',
        time: 10_000 * (n + 1),
        price: 1,
      })),
    );

  it('in threads has every item, and what their cells said', async () => {
    const { edges, ranMs } = await measureRun(every10(20), {
      threads: { strategies: [strategyOf({ microseconds: 1 })] },
    });
    for (const { delivered, seen } of Object.values(edges)) {
      expect([delivered, seen >= 0 && seen <= 1]).toEqual([20, true]);
    }
    expect(ranMs).toBeGreaterThan(0);
  }, 60_000);
});
