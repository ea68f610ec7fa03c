import { trend } from '../../bench/src/work/trend';

const points = (...ys: number[]) => ys.map((y, x) => ({ x, y }));

describe('a trend', () => {
  it.each([
    ['of nothing', [], { mean: 0, slope: 0, growth: 0 }],
    ['of one point', [7], { mean: 7, slope: 0, growth: 0 }],
    ['that is level', [5, 5, 5], { mean: 5, slope: 0, growth: 0 }],
    ['upwards', [8, 10, 12], { mean: 10, slope: 2, growth: 0.4 }],
    ['downwards', [12, 10, 8], { mean: 10, slope: -2, growth: -0.4 }],
    ['of what is known', [NaN, 8, 10, 12], { mean: 10, slope: 2, growth: 0.4 }],
  ])('%s', (_, ys, expected) => {
    expect(trend(points(...ys))).toEqual(expected);
  });

  it('is the line of least squares', () => {
    expect(trend(points(1, 3, 2, 4)).slope).toBeCloseTo(0.8, 12);
  });
});
