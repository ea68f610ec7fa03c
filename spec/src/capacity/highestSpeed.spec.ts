import fc from 'fast-check';
import { highestSpeed } from '../../../src/capacity/highestSpeed';

describe('the highest speed', () => {
  it.each([
    [3, 1, 2],
    [3, 700, 2],
    [1e-6, 1, 2],
    [41.7, 40, 1.1],
    [3, 3, 2],
    [3, NaN, 2],
    [3, 0, 2],
    [3, Infinity, 2],
  ])('of %d is found from %d in steps of %d, from below', (limit, guess, step) => {
    const found = highestSpeed((speed) => speed <= limit, guess, step);
    expect(found).toBeLessThanOrEqual(limit);
    expect(found).toBeGreaterThan(limit * 0.9994);
  });

  it('is found within half a thousandth from below, wherever the search begins', () => {
    const speeds = fc.double({ min: -7, max: 10, noNaN: true }).map((power) => 10 ** power);
    fc.assert(
      fc.property(speeds, speeds, fc.constantFrom(1.1, 2, 10), (limit, guess, step) => {
        const found = highestSpeed((speed) => speed <= limit, guess, step);
        expect(found).toBeLessThanOrEqual(limit);
        expect(limit / found).toBeLessThanOrEqual(1.0005);
      }),
    );
  });

  it('is one at which it was tried and found to hold', () => {
    const held = new Set<number>();
    const found = highestSpeed((speed) => {
      if (speed < 17) held.add(speed);
      return speed < 17;
    }, 5);
    expect(held).toContain(found);
  });

  it('is 0 where it never holds, and infinite where it always does', () => {
    expect(highestSpeed(() => false, 5)).toBe(0);
    expect(highestSpeed(() => true, 5)).toBe(Infinity);
    expect(highestSpeed(() => true, Infinity)).toBe(Infinity);
  });

  it('takes few questions, for each of them costs a replay of the recursion', () => {
    let questions = 0;
    highestSpeed((speed) => {
      questions += 1;
      return speed <= 1e9;
    }, 1);
    expect(questions).toBeLessThan(30);
  });
});
