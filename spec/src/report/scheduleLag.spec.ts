import { initialState } from '../../../src/metrics';
import { scheduleLagShare } from '../../../src/report/scheduleLag';
import { cellsOfValues, delivered, FIRST, fold, started } from '../metrics/given';

const wall = started({ time: 'wall', bars: '1s', speed: 10 });
const trailing = (...ms: number[]) => ({
  type: 'trailing' as const,
  at: 0,
  count: ms.length,
  maxMs: Math.max(...ms),
  buckets: cellsOfValues(ms),
});

describe('the share of deliveries that trailed', () => {
  it('is nothing of nothing', () => {
    expect(scheduleLagShare(initialState)).toBe(0);
  });

  it.each([
    // A base interval of a second takes 100 ms at this speed.
    ['none', [0, 10, 90], 0],
    ['one of four', [0, 10, 90, 200], 0.25],
    ['all', [200, 300], 1],
  ])('is %s', (_title, ms, share) => {
    expect(scheduleLagShare(fold([wall, delivered(FIRST, ms.length), trailing(...ms)]))).toBe(
      share,
    );
  });
});
