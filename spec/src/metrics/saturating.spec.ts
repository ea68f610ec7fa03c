import fc from 'fast-check';
import { MAX_COUNT, plus } from '../../../src/metrics/saturating';

describe('a 64-bit counter', () => {
  it.each<[bigint, number | bigint, bigint]>([
    [0n, 0, 0n],
    [0n, 1, 1n],
    [BigInt(Number.MAX_SAFE_INTEGER), 2, 9_007_199_254_740_993n],
    [9_223_372_036_854_775_806n, 1, 9_223_372_036_854_775_807n],
    [9_223_372_036_854_775_807n, 1, 9_223_372_036_854_775_807n],
    [1n, MAX_COUNT, MAX_COUNT],
  ])('%d and %d are %d', (counter, by, sum) => {
    expect(plus(counter, by)).toBe(sum);
  });

  it('does not depend on the parts in which it grows', () => {
    const parts = fc.array(fc.oneof(fc.nat(), fc.bigInt({ min: 0n, max: MAX_COUNT })));
    fc.assert(
      fc.property(parts, (all) => {
        const exact = all.reduce<bigint>((sum, part) => sum + BigInt(part), 0n);
        const counted = all.reduce<bigint>((sum, part) => plus(sum, part), 0n);
        expect(counted).toBe(BigInt.asIntN(64, exact) === exact ? exact : 2n ** 63n - 1n);
      }),
    );
  });

  it('counts whole occurrences only', () => {
    expect(() => plus(0n, 1.5)).toThrow(RangeError);
  });
});
