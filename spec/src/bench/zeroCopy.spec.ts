import { claimOf, whichEdges } from '../../../src/bench/guideClaim';
import type { MeasuredRun } from '../../../src/bench/measured';
import { summariseZeroCopy } from '../../../src/bench/renderZeroCopy';
import { itemsFor, plannedMs, planZeroCopy } from '../../../src/bench/zeroCopy';
import type { ZeroCopyCell } from '../../../src/bench/zeroCopy';

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

const run = (first: number, second: number): MeasuredRun => {
  const edge = (events: number) => ({
    delivered: 1_000,
    events,
    behind: events,
    share: events / 1_000,
    seen: events / 1_000,
  });
  return {
    edges: { 'coordinator-processor': edge(first), 'processor-analysis': edge(second) },
    serviceUs: { processor: 1, analysis: 1 },
    ranMs: 1,
    others: 0.25,
  };
};

const cell = (
  copying: readonly [number, number],
  zero: readonly [number, number],
  where: Partial<ZeroCopyCell> = {},
): ZeroCopyCell => {
  const factors = [0, 1].map((edge) => {
    const none = zero[edge];
    return none === 0 || none === undefined ? undefined : (copying[edge] as number) / none;
  });
  return {
    lists: 1,
    ownUs: [10, 20],
    gapMs: 1,
    copying: run(...copying),
    zero: run(...zero),
    factors,
    seenFactors: factors,
    serviceFactors: [1, 1],
    ...where,
  };
};

describe('the guide’s claim', () => {
  it.each([
    ['three times, on both edges', [60, 90], [20, 30], 'both'],
    ['on the first alone', [61, 89], [20, 30], 'first'],
    ['on the second alone', [59, 90], [20, 30], 'second'],
    ['on neither', [59, 89], [20, 30], 'neither'],
    ['some against none', [1, 1], [0, 0], 'both'],
    ['none against none', [0, 0], [0, 0], 'neither'],
  ] as const)('%s', (_, copying, zero, edges) => {
    expect(whichEdges(claimOf(cell(copying, zero)).factor)).toBe(edges);
  });

  it.each([
    [[19, 49], 'both'],
    [[20, 49], 'second'],
    [[19, 50], 'first'],
  ] as const)('zero copy below 2 and 5 %%: %j of a thousand', (zero, edges) => {
    expect(whichEdges(claimOf(cell([500, 500], zero)).zero)).toBe(edges);
  });

  it('is summed up as a grid, with the places where it holds', () => {
    const cells = [
      cell([60, 90], [10, 30]),
      cell([60, 90], [30, 30], { ownUs: [25, 50] }),
      cell([60, 90], [10, 30], { gapMs: 2 }),
      cell([60, 90], [30, 60], { gapMs: 2, ownUs: [25, 50] }),
    ];
    expect(summariseZeroCopy(cells).split('\n')).toEqual([
      'One list a hand-over: factors on the first · second edge (the guide: 3–8 x on both)',
      'own us      1 ms          2 ms',
      '10/20       6.0 · 3.0     6.0 · 3.0',
      '25/50       2.0 · 3.0     2.0 · 1.5',
      '3 x or more: first edge in 2 of 4 cells, second in 3, both in 2 (10/20 us at 1, 2 ms)',
      'zero copy below 2 % and 5 %: first edge in 2 of 4 cells, second in 3, both in 2 (10/20 us at 1, 2 ms)',
      '',
      'Other processes took at most 25.0 % of the machine during a run.',
    ]);
  });
});
