import { repeatRunsOf } from '../../../src/capacity/repeatRuns';

describe('several passes', () => {
  it.each([
    [[3], 3, [3, 3], 0],
    [[9, 2, 4], 4, [2, 9], 2],
    [[8, 2, 4, 6], 5, [2, 8], 2],
    [[Infinity, Infinity], Infinity, [Infinity, Infinity], 0],
    [[Infinity, 2, 4], 4, [2, Infinity], 2],
    [[5, 5, 5], 5, [5, 5], 1],
  ])('of %j give %d', (speeds, median, range, middle) => {
    const passes = speeds.map((sustainableSpeed) => ({ sustainableSpeed }));
    expect(repeatRunsOf(passes)).toEqual({
      count: speeds.length,
      sustainableSpeed: median,
      sustainableSpeedRange: range,
      middle,
    });
  });

  it('leaves them in the order in which they were measured', () => {
    const passes = [9, 2, 4].map((sustainableSpeed) => ({ sustainableSpeed }));
    repeatRunsOf(passes);
    expect(passes.map(({ sustainableSpeed }) => sustainableSpeed)).toEqual([9, 2, 4]);
  });
});
