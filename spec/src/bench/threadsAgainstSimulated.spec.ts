import {
  plannedMs,
  planUtilisations,
  threadsAgainstSimulated,
} from '../../../src/bench/threadsAgainstSimulated';
import type { UtilisationCell } from '../../../src/bench/threadsAgainstSimulated';

const GRID = {
  utilisations: [0.2, 0.5, 0.8, 1.2],
  gaps: [10, 5],
  service: 'exponential',
  ties: true,
  items: 1_000,
  seed: 1,
} as const;

describe('the plan of bench threads', () => {
  it('judges 16 pairs at 10 ms, which are 32 cells, and neither shorter gaps nor ties', () => {
    const plan = planUtilisations(GRID);
    const judged = plan.filter((cell) => cell.judged);
    expect(judged).toHaveLength(16);
    expect(new Set(judged.map(({ gapMs }) => gapMs))).toEqual(new Set([10]));
    const ties = plan.filter(({ service }) => service === 'constant');
    expect(ties.map(({ utilisation, judged: isJudged }) => [...utilisation, isJudged])).toEqual([
      [0.5, 0.5, false],
      [0.8, 0.8, false],
      [0.8, 0.77, false],
    ]);
    expect(plan).toHaveLength(16 + 16 + 3);
  });

  it('judges nothing of constant services', () => {
    const plan = planUtilisations({ ...GRID, service: 'constant', ties: false });
    expect(plan.filter((cell) => cell.judged)).toEqual([]);
  });

  it('takes a quarter of an hour at most', () => {
    const plan = planUtilisations({ ...GRID, gaps: [10, 5, 2, 1] });
    const whole = plan.reduce((sum, cell) => sum + plannedMs(cell, 1_000), 0);
    expect(whole).toBeLessThan(15 * 60_000);
  });
});

describe('threads against the simulation', () => {
  it('measures every cell of the plan, in order; the recursion over their own services counts what threads count', async () => {
    const grid = { ...GRID, utilisations: [0.5], gaps: [2, 1], ties: false, items: 25 };
    const cells: UtilisationCell[] = [];
    for await (const cell of threadsAgainstSimulated(grid)) cells.push(cell);
    expect(cells.map(({ utilisation, gapMs, judged }) => ({ utilisation, gapMs, judged }))).toEqual(
      planUtilisations(grid).map(({ utilisation, gapMs, judged }) => ({
        utilisation,
        gapMs,
        judged,
      })),
    );
    for (const { edges, stages } of cells) {
      for (const { threads, recursion, seen, simulated } of Object.values(edges)) {
        expect(recursion).toBe(threads);
        for (const share of [threads, seen, simulated]) {
          expect(share >= 0 && share <= 1).toBe(true);
          expect(share * 25).toBeCloseTo(Math.round(share * 25), 9);
        }
      }
      expect(stages.map(({ stage }) => stage)).toEqual(['processor', 'analysis']);
      expect(stages.every(({ threads, simulated }) => threads > 0 && simulated > 0)).toBe(true);
    }
  }, 60_000);
});
