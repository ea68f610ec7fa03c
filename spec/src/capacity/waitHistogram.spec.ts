import fc from 'fast-check';
import { WaitHistogram } from '../../../src/capacity/waitHistogram';

const waitsOf = (recorded: readonly number[]): WaitHistogram => {
  const waits = new WaitHistogram();
  for (const wait of recorded) waits.record(wait);
  return waits;
};

describe('waits', () => {
  it('of nobody are nothing', () => {
    const waits = waitsOf([]);
    expect([waits.max, waits.total, waits.percentile(0.5, 0), waits.percentile(0.99, 7)]).toEqual([
      0, 0, 0, 0,
    ]);
  });

  it('know the longest and the sum exactly', () => {
    const { max, total } = waitsOf([3.3, 0, 1e9 + 0.5, 2]);
    expect([max, total]).toEqual([1e9 + 0.5, 3.3 + (1e9 + 0.5) + 2]);
  });

  it.each([
    ['the half that waited is the greater one', 0.5, 0],
    ['one more of them', 0.51, 8],
    ['all but one', 0.99, 8],
    ['all', 1, 8],
  ])('whoever was not recorded did not wait: %s', (_title, rank, expected) => {
    const waited = waitsOf(new Array<number>(50).fill(8));
    expect(waited.percentile(rank, 100)).toBeCloseTo(expected, 1);
  });

  it('no percentile is longer than the longest', () => {
    // The middle of its cell lies above it.
    expect(waitsOf([1, 1, 1]).percentile(0.99, 3)).toBe(1);
  });

  it('percentiles are those of the sorted waits, within half a percent', () => {
    const lengths = fc.oneof(fc.constant(0), fc.double({ min: 1e-5, max: 1e12, noNaN: true }));
    fc.assert(
      fc.property(
        fc.array(lengths, { minLength: 1, maxLength: 80 }),
        fc.constantFrom(0.01, 0.5, 0.9, 0.99, 1),
        (all, rank) => {
          const sorted = [...all].sort((a, b) => a - b);
          const exact = sorted[Math.max(1, Math.ceil(rank * all.length)) - 1] as number;
          const found = waitsOf(all).percentile(rank, all.length);
          expect(Math.abs(found - exact)).toBeLessThanOrEqual(0.005 * exact);
        },
      ),
    );
  });
});
