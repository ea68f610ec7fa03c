import * as fc from 'fast-check';
import { SlidingSkew } from '../../../streams/live/slidingSkew';

const SECOND = 1e6;

/** A skew after frames of one value each, a second apart. */
function after(values: readonly number[], symbolOf: (i: number) => string = () => 'A') {
  const skew = new SlidingSkew();
  const symbols = new Set<string>();
  const doubted: number[] = [];
  values.forEach((value, i) => {
    symbols.add(symbolOf(i));
    if (skew.isImplausible(value)) {
      const jump = skew.doubt(value, symbolOf(i), symbols.size === 1);
      if (jump === undefined) {
        doubted.push(i);
        return;
      }
    }
    skew.update(i * SECOND, value);
  });
  return { value: skew.value, doubted };
}

const steady = (count: number): number[] => Array.from({ length: count }, () => -1_200_000);

describe('SlidingSkew', () => {
  test('is unknown before the first frame', () => {
    expect(new SlidingSkew().value).toBe(-Infinity);
  });

  test('is the largest difference: the fastest frame has the smallest delay', () => {
    expect(after([-3, -1, -2, -5, -4, -6]).value).toBe(-1);
  });

  test('lies between the maxima of the last one and the last two minutes', () => {
    const values = fc.array(fc.integer({ min: -500_000, max: 400_000 }), {
      minLength: 6,
      maxLength: 400,
    });
    fc.assert(
      fc.property(values, (differences) => {
        const { value } = after(differences);
        const last = differences.length - 1;
        const maxOf = (seconds: number) =>
          Math.max(...differences.filter((_, i) => i > last - seconds));
        expect(value).toBeGreaterThanOrEqual(maxOf(60));
        expect(value).toBeLessThanOrEqual(maxOf(120));
      }),
    );
  });

  test('keeps its value through a silence', () => {
    const skew = new SlidingSkew();
    skew.update(0, -5);
    skew.update(600 * SECOND, -900_000);
    expect(skew.value).toBe(-5);
  });

  test('is not raised by a frame stamped five seconds ahead', () => {
    const { value, doubted } = after([...steady(20), 5 * SECOND, ...steady(3)]);
    expect({ value, doubted }).toEqual({ value: -1_200_000, doubted: [20] });
  });

  test('is not raised by such a frame at the beginning either', () => {
    expect(after([5 * SECOND, ...steady(4)]).value).toBe(-1_200_000);
  });

  test.each([
    ['five frames of two symbols', 5, (i: number) => (i % 2 === 0 ? 'A' : 'B')],
    ['ten frames of the only symbol', 10, () => 'A'],
  ])('believes a jump that %s agree on', (_, frames, symbolOf) => {
    const jumped = Array.from({ length: frames }, (__, i) => 3 * SECOND + i);
    expect(after([...steady(20), ...jumped.slice(1)], symbolOf).value).toBe(-1_200_000);
    expect(after([...steady(20), ...jumped], symbolOf).value).toBe(3 * SECOND + frames - 1);
  });

  test('does not believe five frames that disagree', () => {
    const wild = [3, 9, 5, 11, 7].map((seconds) => seconds * SECOND);
    expect(after([...steady(20), ...wild], (i) => `S${i % 2}`).value).toBe(-1_200_000);
  });

  test('reports a fall by more than a second when the larger values are forgotten', () => {
    const skew = new SlidingSkew();
    const jumps = [];
    for (let second = 0; second < 300; second += 1) {
      const jump = skew.update(second * SECOND, second < 30 ? 0 : -1_500_000);
      if (jump !== undefined) jumps.push(jump);
    }
    expect(jumps).toEqual([{ from: 0, to: -1_500_000 }]);
  });
});
