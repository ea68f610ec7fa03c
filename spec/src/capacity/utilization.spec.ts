import fc from 'fast-check';
import { demandOf, worstWindowOf } from '../../../src/capacity/utilization';
import type { ServedStage } from '../../../src/capacity/utilization';
import { spanOf } from '../../../src/capacity/work';
import { works } from './arbitraryWork';
import { workOf } from './given';

const MINUTE = 60_000_000;

describe('the demand', () => {
  const work = workOf([1_000, 2_000, 4_000], [10, 20, 30], [100, 50, 10]);

  it('is the service times of each stage over the time of the market', () => {
    expect(demandOf(work, spanOf(work, 0))).toEqual({
      marketMs: 4_000,
      busyMs: { processor: 60, analysis: 160 },
      busiest: 'analysis',
      averageSpeed: 25,
    });
  });

  it('knows nothing of the warm-up', () => {
    expect(demandOf(work, spanOf(work, 0, 2_000_000))).toEqual({
      marketMs: 2_000,
      busyMs: { processor: 30, analysis: 10 },
      busiest: 'processor',
      averageSpeed: 2_000 / 30,
    });
  });

  it('of nothing to do leaves room for any speed', () => {
    const idle = workOf([1_000, 2_000], [0, 0], [0, 0]);
    expect(demandOf(idle, spanOf(idle, 0)).averageSpeed).toBe(Infinity);
  });

  it('of two stages that take the same: the first is named', () => {
    const even = workOf([1_000, 2_000], [3, 3], [3, 3]);
    expect(demandOf(even, spanOf(even, 0)).busiest).toBe('processor');
  });
});

describe('the worst window', () => {
  it('is the minute before the dearest releases: one at its end is in it, one at its begin is not', () => {
    const work = workOf([60_000, 119_999, 120_000, 180_000], [1, 2, 5, 7.5]);
    expect(worstWindowOf(work, spanOf(work, 0), MINUTE)).toEqual({
      from: 2 * MINUTE,
      to: 3 * MINUTE,
      stage: 'processor',
      speed: 8_000,
    });
  });

  it('counts updates when they are caused', () => {
    const work = workOf([60_000, 120_000], [1, 1], [50, 40]);
    expect(worstWindowOf(work, spanOf(work, 0), MINUTE)).toEqual({
      from: 0,
      to: MINUTE,
      stage: 'analysis',
      speed: 1_200,
    });
  });

  it('is none where nothing takes any time, or nothing is there', () => {
    const idle = workOf([1], [0]);
    const nothing = workOf([], []);
    expect(worstWindowOf(idle, spanOf(idle, 0), MINUTE)).toBeUndefined();
    expect(worstWindowOf(nothing, spanOf(nothing, 0), MINUTE)).toBeUndefined();
  });

  it('is that of the greatest sum, with windows and stages all tried', () => {
    const LENGTH = 4_000;
    fc.assert(
      fc.property(works, fc.nat(8), (work, warmUp) => {
        const span = spanOf(work, 0, warmUp * 1_000);
        const sums = new Map<string, number>();
        const add = (item: number, stage: ServedStage, ms: number): void => {
          const release = work.items.time[item] as number;
          // Windows are (from, to].
          let from = -LENGTH;
          while (from + LENGTH < release) from += LENGTH;
          if (item < span.firstItem) return;
          sums.set(`${from} ${stage}`, (sums.get(`${from} ${stage}`) ?? 0) + ms);
        };
        work.items.service.forEach((ms, item) => {
          add(item, 'processor', ms);
        });
        work.updates.service.forEach((ms, update) => {
          add(work.updates.cause[update] as number, 'analysis', ms);
        });
        const most = Math.max(0, ...sums.values());
        const worst = worstWindowOf(work, span, LENGTH);
        if (worst === undefined) {
          expect(most).toBe(0);
          return;
        }
        expect(worst.speed).toBe(LENGTH / 1_000 / most);
        expect(sums.get(`${worst.from} ${worst.stage}`)).toBe(most);
        expect(worst.to - worst.from).toBe(LENGTH);
      }),
    );
  });
});
