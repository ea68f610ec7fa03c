import fc from 'fast-check';
import type { Bar } from '../../../streams';
import { BarSeries } from '../../../streams/bars/barSeries';

/** The n-th bar: each of its numbers is another one. */
const bar = (n: number): Bar => ({
  symbol: 'A',
  interval: '1s',
  start: n,
  end: n + 0.1,
  open: n + 0.2,
  high: n + 0.3,
  low: n + 0.4,
  close: n + 0.5,
  volume: n + 0.6,
  count: n + 7,
  complete: true,
});
/** Of so many bars whose orders are 0, 10, 20 and so on; the slowest reader is `behind` bars behind. */
function series(count: number, retention: number, behind = 0): BarSeries {
  const made = new BarSeries('A', '1s', retention);
  for (let n = 0; n < count; n += 1) made.append(bar(n), 10 * n, 10 * (n - behind));
  return made;
}
const starts = (of: BarSeries): number[] => [...of.columns.start.subarray(0, of.length)];

describe('a series of bars', () => {
  it('has what was appended, in columns', () => {
    const made = series(2, 100);
    const { start, end, open, high, low, close, volume, count, order } = made.columns;
    const row = [start, end, open, high, low, close, volume, count, order].map((all) => all[1]);
    expect([made.symbol, made.interval, made.length]).toEqual(['A', '1s', 2]);
    expect(row).toEqual([1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 8, 10]);
  });

  it('keeps the latest ones, as many as are to be retained at least', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 300 }),
        fc.integer({ min: 1, max: 60 }),
        (count, retention) => {
          const made = series(count, retention);
          const kept = starts(made);
          expect(kept).toEqual(Array.from(kept, (_, index) => count - kept.length + index));
          expect(kept.length).toBeGreaterThanOrEqual(Math.min(count, retention));
        },
      ),
    );
  });

  it('leaves old ones behind: it does not grow for ever', () => {
    expect(series(10_000, 10).length).toBeLessThanOrEqual(64);
  });

  it('keeps as many for a reader that is still far behind', () => {
    const [retention, behind] = [10, 500];
    const kept = starts(series(2_000, retention, behind));
    expect(kept[0]).toBeLessThanOrEqual(2_000 - behind - retention);
    expect(kept.at(-1)).toBe(1_999);
  });

  it.each([
    [-1, 0],
    [0, 1],
    [9, 1],
    [10, 2],
    [49, 5],
    [90, 10],
    [Infinity, 10],
  ])('to a reader pinned to %d shows %i of ten', (pin, rows) => {
    expect(series(10, 100).visible(pin)).toBe(rows);
  });

  it('shows nothing while there is nothing', () => {
    expect(series(0, 100).visible(Infinity)).toBe(0);
  });

  it('does not change what somebody has looked at, however far it goes on', () => {
    const made = series(10, 5);
    const { close } = made.columns;
    const { length } = made;
    const before = [...close.subarray(0, length)];
    for (let n = 10; n < 500; n += 1) made.append(bar(n), 10 * n, 10 * n);
    expect([...close.subarray(0, length)]).toEqual(before);
  });
});
