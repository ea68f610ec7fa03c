import { seededRandom } from '../../../src/generate/random';
import { syntheticTicks } from '../../../src/generate';
import { SYNTHETIC_START } from '../../../src/generate/syntheticTicks';

const options = { symbols: ['A', 'B'], minutes: 30, rate: 2, bursts: 0, seed: 5 };
const made = (changes: Partial<typeof options> = {}) => [
  ...syntheticTicks({ ...options, ...changes }),
];

describe('synthetic ticks', () => {
  it('are the same for the same seed, and others for another', () => {
    expect(made()).toEqual(made());
    expect(made()).not.toEqual(made({ seed: 6 }));
  });

  it('are in order of time, within the minutes asked for, of every symbol, at sound prices', () => {
    const ticks = made();
    const times = ticks.map(({ time }) => time);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times[0]).toBeGreaterThanOrEqual(SYNTHETIC_START);
    expect(times.at(-1)).toBeLessThan(SYNTHETIC_START + 30 * 60e6);
    expect(new Set(ticks.map(({ symbol }) => symbol))).toEqual(new Set(['A', 'B']));
    expect(
      ticks.every(({ price, size = 0 }) => price > 0 && Number.isInteger(size) && size > 0),
    ).toBe(true);
  });

  it('come at about the rate asked for: within five standard deviations', () => {
    const expected = 2 * 2 * 1800;
    expect(Math.abs(made().length - expected)).toBeLessThan(5 * Math.sqrt(expected));
  });

  it('come twenty times as often for ten seconds of each burst', () => {
    const more = made({ bursts: 1, minutes: 10 }).length - made({ minutes: 10 }).length;
    const expected = 2 * 2 * 10 * 19;
    expect(Math.abs(more - expected)).toBeLessThan(5 * Math.sqrt(expected + 2 * 2 * 2 * 600));
    const perSecond = new Map<number, number>();
    for (const { time } of made({ bursts: 1, minutes: 10 })) {
      const second = Math.floor(time / 1e6);
      perSecond.set(second, (perSecond.get(second) ?? 0) + 1);
    }
    expect([...perSecond.values()].filter((count) => count > 40).length).toBeGreaterThan(8);
  });
});

describe('draws', () => {
  it('are those of mulberry32', () => {
    const { uniform } = seededRandom(1);
    const words = [uniform(), uniform(), uniform()].map((value) => value * 2 ** 32);
    expect(words).toEqual([2693262067, 11749833, 2265367787]);
  });

  it('are exponential: mean, variance and tail are', () => {
    const { exponential } = seededRandom(3);
    const draws = Array.from({ length: 20_000 }, exponential);
    const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length;
    const variance = draws.reduce((sum, value) => sum + (value - mean) ** 2, 0) / draws.length;
    expect(mean).toBeCloseTo(1, 1);
    expect(variance).toBeCloseTo(1, 1);
    expect(draws.filter((value) => value > 2).length / draws.length).toBeCloseTo(Math.exp(-2), 2);
  });
});
