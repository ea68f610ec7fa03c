import fc from 'fast-check';
import { cellsOf, NO_VALUES, withCells } from '../../../src/metrics/histogram';

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
        const folded = batches.reduce(
          (histogram, cells: Cell[]) => withCells(histogram, cells),
          NO_VALUES,
        );
        expect(cellsOf(folded)).toEqual(expected);
      }),
    );
  });

  it('copies no more than what lies beside the cells that changed', () => {
    const far: Cell[] = Array.from({ length: 100 }, (_, index) => [100 * index, 1]);
    const before = withCells(NO_VALUES, far);
    const after = withCells(before, [[0, 1]]);
    const pages = Object.entries(after);
    const copied = pages.filter(([name, page]) => before[name] !== page);
    expect([pages.length > 50, copied.length]).toEqual([true, 1]);
  });
});
