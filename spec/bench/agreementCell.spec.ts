import { ITEMS, PLAN, plannedMs } from '../../bench/src/threads/agreementCell';

describe('the plan of the threads table', () => {
  it('judges 16 pairs at 10 ms, which are 32 cells, and neither shorter gaps nor ties', () => {
    const judged = PLAN.filter((cell) => cell.judged);
    expect(judged).toHaveLength(16);
    expect(new Set(judged.map(({ gapMs }) => gapMs))).toEqual(new Set([10]));
    const ties = PLAN.filter(({ service }) => service === 'constant');
    expect(ties.map(({ utilization, judged: isJudged }) => [...utilization, isJudged])).toEqual([
      [0.5, 0.5, false],
      [0.8, 0.8, false],
      [0.8, 0.77, false],
    ]);
    expect(PLAN).toHaveLength(4 * 16 + 3);
  });

  it('takes a quarter of an hour at most', () => {
    const whole = PLAN.reduce((sum, cell) => sum + plannedMs(cell, ITEMS), 0);
    expect(whole).toBeLessThan(15 * 60_000);
  });
});
