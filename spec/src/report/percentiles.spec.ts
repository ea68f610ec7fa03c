import fc from 'fast-check';
import { initialState } from '../../../src/metrics';
import { percentiles } from '../../../src/report';
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

describe('percentiles', () => {
  const values = fc.array(fc.double({ min: 1e-4, max: 1e7, noNaN: true }), {
    minLength: 1,
    maxLength: 200,
  });

  it('are within 1 % of the exact ones, and inside the exact range', () => {
    fc.assert(
      fc.property(values, fc.constantFrom(50, 99, 99.9), (of, rank) => {
        const stage = histogramOf(of);
        const [found = NaN] = percentiles(stage.serviceTimes, stage, [rank]);
        const sorted = [...of].sort((a, b) => a - b);
        const exact = sorted[Math.max(0, Math.ceil((rank / 100) * of.length) - 1)] ?? NaN;
        // Below that, a nanosecond is more than 1 %.
        expect(Math.abs(found - exact)).toBeLessThanOrEqual(Math.max(exact * 0.01, 1e-6));
        expect(found).toBeGreaterThanOrEqual(stage.minMs);
        expect(found).toBeLessThanOrEqual(stage.maxMs);
      }),
    );
  });

  it('are 0 of nothing', () => {
    const { analysis } = initialState.stages;
    expect(percentiles(analysis.serviceTimes, analysis, [50, 99])).toEqual([0, 0]);
  });
});
