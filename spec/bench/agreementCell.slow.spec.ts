import { agreementCell, PLAN } from '../../bench/src/threads/agreementCell';

describe('a cell of the threads table', () => {
  it('the recursion over the services of the threads counts what the threads count', async () => {
    const [plan] = PLAN.filter(({ gapMs, utilization }) => gapMs === 2 && utilization[0] === 0.5);
    if (plan === undefined) throw new Error('there is no such cell');
    const cell = await agreementCell(plan, 25, 1);
    expect(cell).toMatchObject(plan);
    for (const { threads, recursion, seen, simulated } of cell.edges) {
      expect(recursion).toBe(threads);
      for (const share of [threads, seen, simulated]) {
        expect(share >= 0 && share <= 1).toBe(true);
        expect(share * 25).toBeCloseTo(Math.round(share * 25), 9);
      }
    }
    expect(cell.stages.every(({ serviceFactor }) => serviceFactor > 0)).toBe(true);
  }, 60_000);
});
