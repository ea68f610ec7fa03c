import { countedIn, originOf, spanOf } from '../../../src/capacity/work';
import type { Work } from '../../../src/capacity/work';
import type { Timings } from '../../../src/journal';
import { workOf } from './given';
import { timingsOf } from './timingsOf';

/** Items at 1, 2, 2, 2 and 3 ms, one update of each. */
const work = workOf([1, 2, 2, 2, 3], [9, 1, 1, 1, 1], [1, 1, 1, 1, 1]);
const nothing = workOf([], []);

describe('the span', () => {
  it('of all the work begins with the clock and ends with the last release', () => {
    expect(spanOf(work, 500)).toEqual({
      origin: 500,
      firstItem: 0,
      firstUpdate: 0,
      from: 500,
      to: 3_000,
    });
  });

  it('after a warm-up begins with its end, behind the whole instant and what it caused', () => {
    expect(spanOf(work, 500, 2_000)).toEqual({
      origin: 500,
      firstItem: 4,
      firstUpdate: 4,
      from: 2_000,
      to: 3_000,
    });
  });

  it('leaves out the updates of what is left out, however many', () => {
    const { items } = work;
    const updates = {
      length: 4,
      service: Float64Array.of(1, 1, 1, 1),
      cause: Uint32Array.of(0, 0, 3, 4),
    };
    expect(spanOf({ items, updates }, 0, 2_000).firstUpdate).toBe(3);
  });

  it('ends where it is told to, though changes took the last item away', () => {
    expect(spanOf(work, 0, undefined, 9_000).to).toBe(9_000);
  });

  it('of nothing is empty', () => {
    expect(spanOf(nothing, 500)).toMatchObject({ firstItem: 0, from: 500, to: 500 });
  });
});

describe('what is counted', () => {
  const { updates } = work;
  const mixed: Work = {
    items: { ...work.items, series: Int32Array.of(0, -1, 2, -1, 0) },
    updates,
  };

  it.each([
    ['watermarks are not', mixed, undefined, { items: 3, updates: 5 }],
    ['nor is the warm-up', mixed, 1_000, { items: 2, updates: 4 }],
    ['nothing of nothing', nothing, undefined, { items: 0, updates: 0 }],
  ])('%s', (_title, of, warmUp, expected) => {
    expect(countedIn(of, spanOf(of, 0, warmUp))).toEqual(expected);
  });
});

describe('where the clock started', () => {
  const MINUTE = 60_000_000;
  /** Items a minute apart, the first one at the third minute, due by a function of their number. */
  const timings = (due: (n: number) => number): Timings => {
    const items = [3, 4, 5, 6].map((at): [number, number, number] => [at * 60_000, 0, 1]);
    const made = timingsOf({ series: [['SPY', '1m']], items });
    return { ...made, items: { ...made.items, due: made.items.due.map((_, n) => due(n)) } };
  };
  const steady = timings((n) => (n + 1) * 1_000);

  it('is told by due times and market times that lie on one line', () => {
    expect(originOf(steady, 60)).toBe(2 * MINUTE);
    expect(originOf(steady, 60, 7)).toBe(2 * MINUTE);
  });

  it('is told also where due times are rounded', () => {
    expect(
      originOf(
        timings((n) => (n + 1) * 1_000 + n * 1e-5),
        60,
      ),
    ).toBe(2 * MINUTE);
  });

  it.each([
    ['another speed', steady],
    ['a pause', timings((n) => (n < 2 ? n + 1 : n + 9) * 1_000)],
    ['hand-over as fast as it goes', timings((n) => n * 0.01)],
  ])('after %s is the first row, or else the first release', (_title, of) => {
    expect([originOf(of, 61, 2_500_000), originOf(of, 61)]).toEqual([2_500_000, 3 * MINUTE]);
  });

  it('of nothing is the first row, or nothing', () => {
    const empty = timingsOf({ series: [], items: [] });
    expect([originOf(empty, 60, 7), originOf(empty, 60)]).toEqual([7, 0]);
  });
});
