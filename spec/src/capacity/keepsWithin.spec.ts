import fc from 'fast-check';
import { keepsWithin } from '../../../src/capacity/keepsWithin';
import { tandem } from '../../../src/capacity/tandem';
import { spanOf } from '../../../src/capacity/work';
import { works } from './arbitraryWork';
import { workOf } from './given';

const ANY = { first: Infinity, second: Infinity };

describe('whether behinds stay within an allowance', () => {
  /** Every 10 ms an item that takes 15, and causes an update that takes 40. */
  const work = workOf([10, 20, 30, 40], [15, 15, 15, 15], [40, 40, 40, 40]);
  const span = spanOf(work, 0);

  it.each([
    ['three are behind on the first edge', { ...ANY, first: 3 }, 1, true],
    ['… which two do not cover', { ...ANY, first: 2 }, 1, false],
    ['three on the second', { ...ANY, second: 3 }, 1, true],
    ['… which two do not cover', { ...ANY, second: 2 }, 1, false],
    ['none where there is time for all', { first: 0, second: 0 }, 0.25, true],
    ['none where the next comes just as one is finished', { ...ANY, first: 0 }, 10 / 15, true],
    ['whatever happens, where anything is allowed', ANY, 1e9, true],
  ])('%s', (_title, allowance, speed, expected) => {
    expect(keepsWithin(work, span, speed, allowance)).toBe(expected);
  });

  it('a burst is nothing behind', () => {
    const burst = workOf([10, 10, 10], [15, 15, 15], [15, 15, 15]);
    expect(keepsWithin(burst, spanOf(burst, 0), 1, { first: 0, second: 0 })).toBe(true);
  });

  it('a watermark is none to count, and makes others wait', () => {
    const { items, updates } = workOf([10, 20, 30], [25, 0, 0]);
    const having = (...series: number[]) => ({
      items: { ...items, series: Int32Array.from(series) },
      updates,
    });
    const first = (series: number[], most: number): boolean =>
      keepsWithin(having(...series), spanOf(having(...series), 0), 1, { first: most, second: 0 });
    expect([first([0, 0, 0], 2), first([0, 0, 0], 1)]).toEqual([true, false]);
    expect([first([-1, 0, -1], 1), first([-1, 0, -1], 0)]).toEqual([true, false]);
  });

  it('what is left out as warm-up makes nobody wait', () => {
    const cold = workOf([10, 20, 30], [1_000, 1, 1]);
    const none = { first: 0, second: 0 };
    expect(keepsWithin(cold, spanOf(cold, 0), 1, none)).toBe(false);
    expect(keepsWithin(cold, spanOf(cold, 0, 10_000), 1, none)).toBe(true);
  });

  it('is what counting all of them says, and the same of no higher speed', () => {
    fc.assert(
      fc.property(works, fc.nat(5), fc.nat(5), (work, first, second) => {
        const span = spanOf(work, 0);
        const within = [0.25, 0.5, 1, 2, 4, 8].map((speed) => {
          const counts = tandem(work, span, speed);
          const kept = keepsWithin(work, span, speed, { first, second });
          expect(kept).toBe(counts.first.behind <= first && counts.second.behind <= second);
          return kept;
        });
        expect(within).toEqual([...within].sort((a, b) => Number(b) - Number(a)));
      }),
    );
  });
});
