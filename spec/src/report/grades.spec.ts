import type { Grade } from '../../../src/report';
import { sharesOf } from '../../../src/report/grades';
import type { EdgeName } from '../../../streams/events';
import { backpressure, delivered, FIRST, fold, SECOND, started } from '../metrics/given';

describe('grades', () => {
  it.each<[edge: EdgeName, behind: number, burst: number, grade: Grade]>([
    [FIRST, 0, 0, 'perfect'],
    [FIRST, 0, 999, 'perfect'],
    [FIRST, 1, 0, 'low'],
    [FIRST, 49, 900, 'low'],
    [FIRST, 50, 0, 'medium'],
    [FIRST, 200, 0, 'medium'],
    [FIRST, 201, 0, 'high'],
    [SECOND, 0, 0, 'perfect'],
    [SECOND, 99, 0, 'low'],
    [SECOND, 100, 0, 'medium'],
    [SECOND, 300, 0, 'medium'],
    [SECOND, 301, 0, 'high'],
  ])('%s with %d behind and %d bursts of 1,000: %s', (edge, behind, burst, grade) => {
    const state = fold([started(), delivered(edge, 1000), backpressure(edge, behind, burst)]);
    expect(sharesOf(edge, state).grade).toBe(grade);
  });

  it('are n/a in data-driven mode', () => {
    expect(sharesOf(FIRST, fold([started({ mode: 'data' })])).grade).toBe('n/a');
    expect(sharesOf(FIRST, fold([started({ mode: 'data' }), delivered(FIRST, 9)])).grade).toBe(
      'n/a',
    );
  });

  it('go by what was delivered clock-driven in a run of both modes', () => {
    const state = fold([
      started(),
      delivered(FIRST, 10),
      backpressure(FIRST, 5),
      { type: 'mode', at: 1, mode: 'data' },
      delivered(FIRST, 990),
    ]);
    expect(sharesOf(FIRST, state)).toEqual({
      counted: 10n,
      share: 0.5,
      behindShare: 0.5,
      grade: 'high',
    });
  });
});
