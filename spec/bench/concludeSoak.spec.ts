import {
  checkConservation,
  concludeSoak,
  growthOf,
  MEMORY,
} from '../../bench/src/threads/concludeSoak';
import type { Growth, Memory } from '../../bench/src/threads/concludeSoak';
import type { MemorySample } from '../../bench/src/threads/soakRun';

const samples = (rssOf: (minute: number) => number): MemorySample[] =>
  Array.from({ length: 11 }, (_, minute) => ({
    atS: 60 * minute,
    rss: rssOf(minute),
    heap: 10,
    external: 1,
    processor: minute < 4 ? NaN : 5,
    analysis: 5,
  }));

describe('growth after the warm-up', () => {
  it.each([
    ['level', () => 100, { mean: 100, growth: 0 }],
    ['growth in the warm-up', (minute: number) => (minute < 3 ? 10 * minute : 100), { growth: 0 }],
    ['growth after it', (minute: number) => 100 + minute, { mean: 106.5, growth: 7 / 106.5 }],
  ])('%s', (_, rssOf, expected) => {
    const { mean, growth } = growthOf(samples(rssOf), 'rss');
    expect({ mean, growth }).toMatchObject({
      ...expected,
      growth: expect.closeTo(expected.growth, 9) as number,
    });
  });

  it('leaves out what a thread had not yet answered', () => {
    expect(
      growthOf(
        samples(() => 1),
        'processor',
      ),
    ).toEqual({ mean: 5, growth: 0 });
  });
});

describe('what the soak table concludes', () => {
  it('which memory is flat', () => {
    const growths = Object.fromEntries(
      MEMORY.map((kind, index) => [
        kind,
        { mean: 100, growth: [0.051, 0.05, -0.2, 0, NaN][index] },
      ]),
    ) as Record<Memory, Growth>;
    const after = 'after a warm-up of 30 %';
    expect(concludeSoak(growths)).toEqual([
      `rss: 100.0 MB, +5.1 % ${after}: **grows** (at most 5 %)`,
      `heap: 100.0 MB, +5.0 % ${after}: flat (at most 5 %)`,
      `external: 100.0 MB, -20.0 % ${after}: flat (at most 5 %)`,
      `processor: 100.0 MB, +0.0 % ${after}: flat (at most 5 %)`,
      `analysis: 100.0 MB, +NaN % ${after}: **grows** (at most 5 %)`,
    ]);
  });

  it('fails where items were lost, and says which', () => {
    const exact = { what: 'ticks', expected: 5, found: 5 };
    expect(() => {
      checkConservation([exact]);
    }).not.toThrow();
    expect(() => {
      checkConservation([exact, { what: 'signals', expected: 5, found: 4 }]);
    }).toThrow('items were lost or doubled: signals: 4 of 5');
  });
});
