import { criticalSpeedsOf, sustainableSpeedOf } from '../../../src/capacity/sustainableSpeed';
import { spanOf } from '../../../src/capacity/work';
import type { Work } from '../../../src/capacity/work';
import { workOf } from './given';

/** Found from below, within a twentieth of a percent. */
function expectJustBelow(found: number, limit: number): void {
  expect(found).toBeLessThanOrEqual(limit * (1 + 1e-9));
  expect(found).toBeGreaterThan(limit * 0.9994);
}

const every10 = (count: number): number[] =>
  Array.from({ length: count }, (_, index) => 10 * (index + 1));
const always = (ms: number, count: number): number[] => new Array<number>(count).fill(ms);
/** So many of 100 take 15 ms, the others no time: from speed 10 m / 15 on each of them makes m others late. */
const slow = (count: number): number[] =>
  Array.from({ length: 100 }, (_, index) => (index % 10 === 0 && index < 10 * count ? 15 : 0));

const sustainable = (work: Work): number => sustainableSpeedOf(work, spanOf(work, 0), 1);
const critical = (work: Work): (readonly [string, number])[] =>
  criticalSpeedsOf(work, spanOf(work, 0), 1).map(({ edge, speed }) => [edge, speed] as const);

describe('the sustainable speed', () => {
  it('of constant servers is that of the slowest', () => {
    const work = workOf(every10(200), always(1, 200), always(5, 200));
    expectJustBelow(sustainable(work), 10 / 5);
  });

  it.each([
    ['4 of 100 bars may be behind', 4, 20 / 15],
    ['5 may not', 5, 10 / 15],
  ])('on the first edge %s', (_title, count, limit) => {
    expectJustBelow(sustainable(workOf(every10(100), slow(count))), limit);
  });

  it.each([
    ['9 of 100 updates may be behind', 9, 20 / 15],
    ['10 may not', 10, 10 / 15],
  ])('on the second edge %s', (_title, count, limit) => {
    expectJustBelow(sustainable(workOf(every10(100), always(0, 100), slow(count))), limit);
  });

  it('goes by what counts: watermarks are not of the hundred', () => {
    const work = workOf(every10(100), slow(4));
    const series = Int32Array.from(work.items.service, (_, index) => (index >= 80 ? -1 : 0));
    expectJustBelow(sustainable({ ...work, items: { ...work.items, series } }), 10 / 15);
  });

  it('is any where nothing takes time, or nothing counts', () => {
    expect(sustainable(workOf(every10(9), always(0, 9), always(0, 9)))).toBe(Infinity);
    expect(sustainable(workOf([], []))).toBe(Infinity);
  });
});

describe('the critical speeds', () => {
  it.each([
    // 20 % are not critical yet, 30 % on the second edge are not.
    ['first', slow(4), always(0, 100), 'coordinator-processor', 60 / 15],
    ['second', always(0, 100), slow(10), 'processor-analysis', 40 / 15],
  ])('the share that is critical on the %s edge', (_title, first, second, edge, limit) => {
    const [[name, speed] = ['', NaN], [, other] = ['', NaN]] = critical(
      workOf(every10(100), first, second),
    );
    expect([name, other]).toEqual([edge, Infinity]);
    expectJustBelow(speed, limit);
  });

  it('come in the order in which the edges become critical', () => {
    const fast = (first: number, second: number) =>
      critical(workOf(every10(200), always(first, 200), always(second, 200)));
    expect(fast(1, 5).map(([edge]) => edge)).toEqual([
      'processor-analysis',
      'coordinator-processor',
    ]);
    // The slower first server shields the second one: that is never found busy.
    expect(fast(5, 1)).toEqual([
      ['coordinator-processor', expect.closeTo(2, 2)],
      ['processor-analysis', Infinity],
    ]);
  });

  it('are none where nothing takes time', () => {
    expect(critical(workOf(every10(9), always(0, 9), always(0, 9)))).toEqual([
      ['coordinator-processor', Infinity],
      ['processor-analysis', Infinity],
    ]);
  });
});
