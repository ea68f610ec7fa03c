import * as fc from 'fast-check';
import { ClosingRule } from '../../../streams/live/closingRule';

const GRACE = 250_000;
const STALE = 30e6;

interface Source {
  readonly skew: number;
  readonly lastFrame: number;
}

function ruleOf(sources: readonly Source[]): ClosingRule {
  const rule = new ClosingRule({ sources: sources.length, grace: GRACE, stale: STALE });
  sources.forEach(({ skew, lastFrame }, source) => {
    rule.setSkew(source, skew);
    rule.heard(source, lastFrame);
  });
  return rule;
}

describe('ClosingRule', () => {
  test('closes a window at its end on the source’s clock, and the grace later', () => {
    expect(ruleOf([{ skew: -1_200_000, lastFrame: 0 }]).closesAt(10e6)).toBe(11_450_000);
  });

  test('closes nothing before a source has had a row', () => {
    expect(new ClosingRule({ sources: 1, grace: GRACE, stale: STALE }).closesAt(0)).toBe(Infinity);
    expect(new ClosingRule({ sources: 2, grace: GRACE, stale: STALE }).closesAt(0)).toBe(Infinity);
  });

  test('waits for the slowest of several sources', () => {
    const sources = [0, -500_000, -100_000].map((skew) => ({ skew, lastFrame: 9e6 }));
    expect(ruleOf(sources).closesAt(10e6)).toBe(10_750_000);
  });

  test('does not wait for a stale source', () => {
    const sources = [
      { skew: 0, lastFrame: 100e6 },
      { skew: -5e6, lastFrame: 10e6 },
    ];
    expect(ruleOf(sources).closesAt(100e6)).toBe(100_250_000);
  });

  test('closes when the slower source becomes stale, if that comes first', () => {
    const sources = [
      { skew: 0, lastFrame: 39e6 },
      { skew: -5e6, lastFrame: 12e6 },
    ];
    expect(ruleOf(sources).closesAt(40e6)).toBe(42e6);
  });

  test('lets stale sources decide where no other is left', () => {
    const sources = [
      { skew: 0, lastFrame: 0 },
      { skew: -5e6, lastFrame: 0 },
    ];
    expect(ruleOf(sources).closesAt(100e6)).toBe(105_250_000);
  });

  test('agrees with a search, instant by instant', () => {
    const source = fc.record({
      skew: fc.integer({ min: -8, max: 8 }),
      lastFrame: fc.integer({ min: 0, max: 40 }),
    });
    fc.assert(
      fc.property(
        fc.array(source, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 40, max: 90 }),
        (sources, end) => {
          const rule = new ClosingRule({ sources: sources.length, grace: 1, stale: 30 });
          sources.forEach(({ skew, lastFrame }, i) => {
            rule.setSkew(i, skew);
            rule.heard(i, lastFrame);
          });
          let at = 0;
          for (; ; at += 1) {
            const now = at;
            const fresh = sources.filter(({ lastFrame }) => now - lastFrame < 30);
            const deciding = sources.length === 1 || fresh.length === 0 ? sources : fresh;
            if (deciding.every(({ skew }) => now + skew - 1 >= end)) break;
          }
          expect(rule.closesAt(end)).toBe(at);
        },
      ),
    );
  });
});
