import { MarketWindows } from '../../../streams/engine/marketWindows';
import { M, S } from '../given';

const HOUR = 60 * M;
const DAY = 24 * HOUR;

/** How wide windows are at first. */
const widthOf = (baseInterval: number, span?: number): number => {
  const windows = new MarketWindows({ baseInterval, span });
  windows.enter(S / 2);
  return windows.to - windows.from;
};

describe('the width of windows', () => {
  it.each([
    ['a second, of ticks', 0, undefined, S],
    ['that of a bar, at least', M, undefined, M],
    ['the smallest for which a session has at most 1,000', M, 8 * HOUR, M],
    ['longer for a longer session', M, 5 * DAY, 15 * M],
    ['a day, of a year', M, 365 * DAY, 12 * HOUR],
    ['a day at most', M, 20 * 365 * DAY, DAY],
  ])('is %s', (_, baseInterval, span, width) => {
    expect(widthOf(baseInterval, span)).toBe(width);
  });

  it('grows after each 1,000 windows, where nothing is known', () => {
    const windows = new MarketWindows({ baseInterval: M });
    for (let minute = 1; minute <= 1_001; minute += 1) windows.enter(minute * M);
    expect([windows.from, windows.to]).toEqual([1_000 * M, 1_005 * M]);
  });
});
