import fc from 'fast-check';
import { bucketOf, bucketValue } from '../../../operators/kernel/logLinearHistogram';
import { initialState } from '../../../src/metrics';
import { percentiles } from '../../../src/report/percentiles';
import { fold, cellsOfValues } from '../metrics/given';

const histogramOf = (values: readonly number[]) =>
  fold([
    {
      type: 'served',
      at: 0,
      stage: 'analysis',
      count: values.length,
      totalMs: 0,
      minMs: Math.min(...values),
      maxMs: Math.max(...values),
      buckets: cellsOfValues(values),
    },
  ]).stages.analysis;

const percentilesOf = (values: readonly number[], ranks: readonly number[]): number[] => {
  const stage = histogramOf(values);
  return percentiles(stage.serviceTimes, stage, ranks);
};

/** The value that at least `tenths` of a thousand values do not exceed: by whole numbers alone. */
function nearestRank(values: readonly number[], tenths: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  let index = 0;
  while (1_000 * (index + 1) < tenths * sorted.length) index += 1;
  return sorted[index] as number;
}

describe('percentiles', () => {
  const value = fc.oneof(
    fc.double({ min: 1e-4, max: 1e7, noNaN: true }),
    // Below the first cell and beyond the last one, and equal values.
    fc.constantFrom(0, 1e-9, 1, 1, 2 ** 45),
  );
  const values = fc.array(value, { minLength: 1, maxLength: 200 });
  const tenths = fc.integer({ min: 0, max: 1_000 });

  it('are those of the middles of the cells that the values fall into, by nearest rank', () => {
    fc.assert(
      fc.property(values, tenths, (of, rank) => {
        const middle = bucketValue(bucketOf(nearestRank(of, rank)));
        const expected = Math.min(Math.max(...of), Math.max(Math.min(...of), middle));
        expect(percentilesOf(of, [rank / 10])).toEqual([expected]);
      }),
    );
  });

  it('are within half a percent of the exact ones', () => {
    const ordinary = fc.array(fc.double({ min: 1e-4, max: 1e7, noNaN: true }), { minLength: 1 });
    fc.assert(
      fc.property(ordinary, tenths, (of, rank) => {
        const exact = nearestRank(of, rank);
        const [found = NaN] = percentilesOf(of, [rank / 10]);
        expect(Math.abs(found - exact)).toBeLessThanOrEqual(exact * 0.005);
      }),
    );
  });

  it.each([10, 70, 100, 1_000, 1_300, 7_000, 8_190, 65_530, 1_048_570])(
    'of %i values: a whole rank is not lifted to the next one by rounding',
    (count) => {
      for (const rank of [1.1, 7, 14.3, 28.7, 57.4, 99, 99.9]) {
        const below = Math.round(rank * 10 * count) / 1_000;
        if (!Number.isInteger(below)) continue;
        const histogram = [1, below, 500, count - below];
        expect(percentiles(histogram, { minMs: 0, maxMs: Infinity }, [rank])).toEqual([
          bucketValue(1),
        ]);
      }
    },
  );

  it('are 0 of nothing', () => {
    const { analysis } = initialState.stages;
    expect(percentiles(analysis.serviceTimes, analysis, [50, 99])).toEqual([0, 0]);
  });
});
