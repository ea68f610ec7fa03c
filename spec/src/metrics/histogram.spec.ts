import fc from 'fast-check';
import { addCells, cellsOf, NO_VALUES } from '../../../src/metrics/histogram';

type Cell = [bucket: number, count: number];

describe('a histogram', () => {
  it('of nothing has no cells', () => {
    expect(cellsOf(NO_VALUES)).toEqual([]);
  });

  it('has the occurrences of each cell, in order of value, however they came', () => {
    const cell = fc.tuple(fc.nat(9_000), fc.integer({ min: 1, max: 1_000 }));
    fc.assert(
      fc.property(fc.array(fc.array(cell)), (batches) => {
        const counts = new Map<number, number>();
        for (const [bucket, count] of batches.flat()) {
          counts.set(bucket, (counts.get(bucket) ?? 0) + count);
        }
        const expected = [...counts].sort(([a], [b]) => a - b);
        const folded: number[] = [];
        for (const cells of batches as Cell[][]) addCells(folded, cells);
        expect(cellsOf(folded)).toEqual(expected);
      }),
    );
  });
});
