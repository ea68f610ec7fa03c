import { itemsFor, LISTS, plannedMs, RUNS } from '../../bench/src/threads/zeroCopyCell';

describe('the runs of the zero-copy table', () => {
  it('are 20 cells, each with zero copy and with each number of lists', () => {
    const cells = new Map<string, number[]>();
    for (const { own, gapMs, lists } of RUNS) {
      cells.set(`${own} ${gapMs}`, [...(cells.get(`${own} ${gapMs}`) ?? []), lists]);
    }
    expect([...cells.values()]).toEqual(Array.from({ length: 20 }, () => [...LISTS]));
  });

  it('take no longer than twelve minutes', () => {
    const whole = RUNS.reduce((sum, run) => sum + plannedMs(run), 0);
    expect(whole).toBeLessThan(12 * 60_000);
  });

  it.each([
    ['rare events take long', { own: 100, gapMs: 2, lists: 0 }, 3_810],
    ['but not for ever', { own: 10, gapMs: 5, lists: 0 }, 9_000],
    ['frequent ones need no more than the fewest', { own: 1_000, gapMs: 1, lists: 5 }, 2_000],
  ])('%s', (_, run, items) => {
    expect(itemsFor(run)).toBe(items);
  });
});
