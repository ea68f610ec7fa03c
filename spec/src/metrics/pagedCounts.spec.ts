import fc from 'fast-check';
import { entriesOf, NO_PAGES, withSums } from '../../../src/metrics/pagedCounts';

type Sum = readonly [page: number, key: number, by: number];

describe('numbers in pages', () => {
  it('are the sums by key, whatever is added at once, and in which page', () => {
    const sum = fc.record({ key: fc.nat(40), by: fc.integer({ min: 1, max: 9 }) });
    fc.assert(
      fc.property(fc.array(fc.array(sum)), (rounds) => {
        const totals = new Map<number, number>();
        let paged = NO_PAGES;
        for (const round of rounds) {
          for (const { key, by } of round) totals.set(key, (totals.get(key) ?? 0) + by);
          paged = withSums(
            paged,
            round.map(({ key, by }): Sum => [key % 3, key, by]),
          );
        }
        expect(new Map(entriesOf(paged))).toEqual(totals);
      }),
    );
  });

  it('leave what was there as it was, and share the pages that are not touched', () => {
    const before = withSums(NO_PAGES, [
      [0, 1, 5],
      [1, 9, 2],
    ]);
    const after = withSums(before, [[0, 1, 1]]);
    expect([entriesOf(before), entriesOf(after)]).toEqual([
      [
        [1, 5],
        [9, 2],
      ],
      [
        [1, 6],
        [9, 2],
      ],
    ]);
    const shared = Object.values(after).filter((page) => Object.values(before).includes(page));
    expect(shared).toHaveLength(1);
  });

  it('are the same when nothing is added', () => {
    const paged = withSums(NO_PAGES, [[0, 1, 5]]);
    expect(withSums(paged, [])).toBe(paged);
  });

  it('are frozen', () => {
    const paged = withSums(NO_PAGES, [[0, 1, 5]]);
    expect([paged, ...Object.values(paged)].every((each) => Object.isFrozen(each))).toBe(true);
  });
});
