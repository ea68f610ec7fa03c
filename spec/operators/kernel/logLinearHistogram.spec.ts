import fc from 'fast-check';
import { LogLinearHistogram, bucketOf, bucketValue } from '../../../operators';

const values = fc.double({ min: 2 ** -20, max: 2 ** 44, noNaN: true, maxExcluded: true });

describe('buckets', () => {
  it('the middle of a cell is at most 0.4 % off any value in it', () => {
    fc.assert(
      fc.property(values, (value) => {
        expect(Math.abs(bucketValue(bucketOf(value)) / value - 1)).toBeLessThanOrEqual(0.004);
      }),
    );
  });

  it('a larger value is in no lower cell', () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        expect(bucketOf(Math.max(a, b))).toBeGreaterThanOrEqual(bucketOf(Math.min(a, b)));
      }),
    );
  });

  it('the middle of a cell lies in it', () => {
    for (let cell = 1; cell < bucketOf(Infinity); cell += 1) {
      expect(bucketOf(bucketValue(cell))).toBe(cell);
    }
  });

  it.each([0, -1, NaN, -Infinity, 2 ** -21])('%p is in cell 0, whose value is 0', (value) => {
    expect([bucketOf(value), bucketValue(bucketOf(value))]).toEqual([0, 0]);
  });

  it.each([
    ['2^-20', 2 ** -20],
    ['a value less than 1/128 above', 2 ** -20 * 1.007],
  ])('%s is in cell 1, which begins there', (_title, value) => {
    expect(bucketOf(value)).toBe(1);
  });

  it.each([2 ** 44, 1e300, Infinity])('%p is in the last cell', (value) => {
    expect(bucketOf(value)).toBe(bucketOf(Infinity));
  });
});

describe('LogLinearHistogram', () => {
  it('keeps what was recorded, and gives it in order', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(values, fc.constant(0)), { minLength: 1 }), (all) => {
        const buckets = new LogLinearHistogram();
        for (const value of all) buckets.record(value);
        expect(buckets).toMatchObject({
          count: all.length,
          min: Math.min(...all),
          max: Math.max(...all),
        });
        expect(buckets.total).toBeCloseTo(
          all.reduce((sum, value) => sum + value, 0),
          -6,
        );
        const cells = new Map<number, number>();
        for (const value of all) cells.set(bucketOf(value), (cells.get(bucketOf(value)) ?? 0) + 1);
        expect(buckets.drain()).toEqual([...cells].sort(([a], [b]) => a - b));
      }),
    );
  });

  it('many at once are as many one by one', () => {
    const [one, many] = [new LogLinearHistogram(), new LogLinearHistogram()];
    for (const value of [0, 3]) {
      many.record(value, 5);
      for (let n = 0; n < 5; n += 1) one.record(value);
    }
    const read = (from: LogLinearHistogram): unknown => [
      from.count,
      from.total,
      from.min,
      from.max,
      from.drain(),
    ];
    expect(read(many)).toEqual(read(one));
  });

  it('starts anew when it is drained', () => {
    const buckets = new LogLinearHistogram();
    buckets.record(1);
    buckets.drain();
    expect([buckets.count, buckets.total, buckets.min, buckets.max, buckets.drain()]).toEqual([
      0,
      0,
      Infinity,
      0,
      [],
    ]);
    buckets.record(2);
    expect(buckets.drain()).toEqual([[bucketOf(2), 1]]);
  });
});
