import { MarketWindows } from '../../../streams/engine/marketWindows';
import { M, S } from '../given';

const HOUR = 60 * M;
const DAY = 24 * HOUR;

/** How wide windows are at first. */
const widthOf = (baseInterval: number, span?: number, width?: number): number => {
  const windows = new MarketWindows({ baseInterval, span: () => span, width });
  const { from, to } = windows.windowOf(S / 2);
  return to - from;
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

  it('is what was asked for, whatever the span', () => {
    expect(widthOf(M, 365 * DAY, S)).toBe(S);
  });

  it('grows after each 1,000 windows, where nothing is known, whether there was something in them or not', () => {
    const windows = new MarketWindows({ baseInterval: M });
    const all = [1, 1_000, 1_001, 6_000, 6_001].map((minute) => windows.windowOf(minute * M));
    expect(all.map(({ from, to }) => [from / M, to / M])).toEqual([
      [0, 1],
      [999, 1_000],
      [1_000, 1_005],
      [5_995, 6_000],
      [6_000, 6_015],
    ]);
  });

  it('leaves no gap and no overlap where it grows', () => {
    const windows = new MarketWindows({ baseInterval: 0 });
    const first = windows.windowOf(7 * S);
    expect(first).toEqual({ from: 6 * S, to: 7 * S });
    const last = windows.windowOf(1_006 * S);
    expect(last.to).toBe(1_006 * S);
    expect(windows.windowOf(1_006 * S + 1)).toEqual({ from: 1_006 * S, to: 1_010 * S });
  });
});

describe('a year of minutes', () => {
  it('has at most 1,000 windows', () => {
    const span = 365 * DAY;
    const windows = new MarketWindows({ baseInterval: M, span: () => span });
    const ends = new Set<number>();
    for (let minute = 1; minute * M <= span; minute += 1) ends.add(windows.windowOf(minute * M).to);
    expect(ends.size).toBeLessThanOrEqual(1_000);
    expect(ends.size).toBeGreaterThan(500);
  });
});
