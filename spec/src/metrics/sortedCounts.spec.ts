import fc from 'fast-check';
import { addCount, entriesOf } from '../../../src/metrics/sortedCounts';

describe('sorted counts', () => {
  it('are the sums by number, in order, however they came', () => {
    const entry = fc.tuple(fc.nat(40), fc.integer({ min: 1, max: 9 }));
    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        const totals = new Map<number, number>();
        const counts: number[] = [];
        for (const [number, by] of entries) {
          totals.set(number, (totals.get(number) ?? 0) + by);
          addCount(counts, number, by);
        }
        expect(entriesOf(counts)).toEqual([...totals].sort(([a], [b]) => a - b));
      }),
    );
  });
});
