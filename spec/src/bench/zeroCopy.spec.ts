import { itemsFor, plannedMs, planZeroCopy } from '../../../src/bench/zeroCopy';

const GRID = { own: [10, 25, 100, 500, 1_000], gaps: [0.5, 1, 2, 5], lists: [1, 5], seed: 1 };

describe('the plan of bench zero-copy', () => {
  it('measures every cell once with zero copy, and once with each number of lists', () => {
    const plan = planZeroCopy(GRID);
    expect(plan).toHaveLength(20);
    for (const runs of plan) expect(runs.map(({ lists }) => lists)).toEqual([0, 1, 5]);
  });

  it('takes no longer than twelve minutes', () => {
    const whole = planZeroCopy(GRID)
      .flat()
      .reduce((sum, run) => sum + plannedMs(run), 0);
    expect(whole).toBeLessThan(12 * 60_000);
  });

  it.each([
    ['rare events take long', { own: 100, gapMs: 2, lists: 0 }, 3_810],
    ['but not for ever', { own: 10, gapMs: 5, lists: 0 }, 9_000],
    ['frequent ones need no more than the fewest', { own: 1_000, gapMs: 1, lists: 5 }, 2_000],
  ])('%s', (_, run, items) => {
    expect(itemsFor(run)).toBe(items);
  });

  it('or has as many items as it is told', () => {
    const items = planZeroCopy({ ...GRID, items: 7 }).flat();
    expect(new Set(items.map((run) => run.items))).toEqual(new Set([7]));
  });
});
