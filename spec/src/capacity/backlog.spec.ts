import fc from 'fast-check';
import { Backlog } from '../../../src/capacity/backlog';

interface Item {
  readonly at: number;
  readonly start: number;
}

const deepestOf = (items: readonly Item[]): number => {
  const backlog = new Backlog();
  for (const { at, start } of items) backlog.add(at, start);
  return backlog.deepest;
};

/** By asking each item how many of those that have come are still to be served. */
const counted = (items: readonly Item[]): number =>
  Math.max(
    0,
    ...items.map(({ at }, i) => items.slice(0, i + 1).filter(({ start }) => start > at).length),
  );

/** So many come at one time and are served at another one. */
const times = (count: number, at: number, start = at): Item[] =>
  Array.from({ length: count }, () => ({ at, start }));

describe('the deepest backlog', () => {
  it.each([
    ['of nothing', [], 0],
    ['of one that is served as it comes', times(1, 5), 0],
    ['of many that are served as they come', times(5, 5), 0],
    ['of one that waits', times(1, 5, 6), 1],
    ['of one that is served just as the next one comes', [...times(1, 5, 6), ...times(1, 6, 7)], 1],
    ['is the greatest of several', [...times(2, 0, 1), ...times(3, 2, 3), ...times(1, 4, 5)], 3],
  ])('%s', (_title, items, deepest) => {
    expect(deepestOf(items)).toBe(deepest);
  });

  it.each([1_022, 1_023, 1_024, 1_025, 2_047, 2_048, 10_000])(
    'is %i of so many at once, also behind many that did not wait',
    (count) => {
      expect(deepestOf(times(count, 0, 1))).toBe(count);
      expect(deepestOf([...times(1_500, 0), ...times(count, 1, 2)])).toBe(count);
    },
  );

  it('is what counting all of them says, however it grows and shrinks', () => {
    const steps = fc.array(
      fc.record({ gap: fc.nat(3), wait: fc.oneof(fc.constant(0), fc.nat(40)) }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(steps, (gaps) => {
        let at = 0;
        let start = 0;
        const items = gaps.map(({ gap, wait }) => {
          at += gap;
          start = Math.max(start, at + wait);
          return { at, start };
        });
        expect(deepestOf(items)).toBe(counted(items));
      }),
    );
  });
});
