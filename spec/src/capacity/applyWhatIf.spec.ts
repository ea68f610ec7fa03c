import fc from 'fast-check';
import { parseChanges } from '../../../src/capacity/change';
import type { Change } from '../../../src/capacity/change';
import { applyWhatIf } from '../../../src/capacity/applyWhatIf';
import type { Work } from '../../../src/capacity/work';
import { timedReplay } from './given';
import { COSTS } from './knownCosts';
import { timingsOf } from './timingsOf';

/**
 * Two symbols' minutes, then a watermark that closes both their derived bars. `fast` takes 2 ms of
 * every update, `slow` all else but one.
 */
const part = (all: number) => [[0, 2] as const, [1, all - 3] as const];
const timings = timingsOf({
  strategies: ['fast', 'slow'],
  intervals: ['1m', '5m'],
  series: [
    ['AAA', '1m'],
    ['BBB', '1m'],
    ['AAA', '5m'],
    ['BBB', '5m'],
  ],
  items: [
    [60_000, 0, 10],
    [60_000, 1, 20],
    [60_000, -1, 8],
    [120_000, 1, 30],
    [120_000, -1, 4],
  ],
  updates: [
    [0, 0, 100, part(100)],
    [1, 1, 200, part(200)],
    [2, 2, 50, part(50)],
    [2, 3, 60, part(60)],
    [3, 1, 300, part(300)],
  ],
});
const shown = ({ items, updates }: Work) => ({
  at: [...items.time].map((time) => time / 60_000_000),
  series: [...items.series],
  items: [...items.service],
  updates: [...updates.service],
  cause: [...updates.cause],
});
const before = shown(timings);
const having = (whatIf: string) => shown(applyWhatIf(timings, parseChanges(whatIf, timings)));

describe('the work, reworked', () => {
  it('is the recording itself where nothing is changed', () => {
    expect(applyWhatIf(timings, [])).toBe(timings);
  });

  it.each<[string, Partial<typeof before>]>([
    ['processor*0.5', { items: [5, 10, 4, 15, 2] }],
    ['analysis*2', { updates: [200, 400, 100, 120, 600] }],
    ['processor*2,processor*3', { items: [60, 120, 48, 180, 24] }],
    // What is left of an update when a strategy is gone is the other's, and what is nobody's.
    ['slow*0', { updates: [3, 3, 3, 3, 3] }],
    ['fast*0.5', { updates: [99, 199, 49, 59, 299] }],
    ['slow*2', { updates: [197, 397, 97, 117, 597] }],
    ['fast*0,slow*0,analysis*0.5', { updates: [0.5, 0.5, 0.5, 0.5, 0.5] }],
    ['interval:1m*0.5', { updates: [50, 100, 50, 60, 150] }],
    ['interval:1m*0', { updates: [50, 60], cause: [2, 2] }],
    // A watermark that closes nothing any more takes no time; one that never did costs what it costs.
    ['interval:5m*0', { items: [10, 20, 0, 30, 4], updates: [100, 200, 300], cause: [0, 1, 3] }],
    ['interval:5m*0.5', { items: [10, 20, 4, 30, 4], updates: [100, 200, 25, 30, 300] }],
    // Of the watermark, half is for either symbol's bar.
    ['symbol:AAA*0.5', { items: [5, 20, 6, 30, 4], updates: [50, 200, 25, 60, 300] }],
    [
      'symbol:AAA*0',
      {
        at: [1, 1, 2, 2],
        series: [1, -1, 1, -1],
        items: [20, 4, 30, 4],
        updates: [200, 60, 300],
        cause: [0, 1, 2],
      },
    ],
    [
      'symbol:AAA*0,symbol:BBB*0',
      { at: [1, 2], series: [-1, -1], items: [0, 4], updates: [], cause: [] },
    ],
  ])('%s', (whatIf, changed) => {
    expect(having(whatIf)).toEqual({ ...before, ...changed });
  });

  it('leaves the recording as it was', () => {
    having('symbol:AAA*0,slow*0.5,processor*3');
    expect(shown(timings)).toEqual(before);
  });

  it('is not below nothing, though parts were measured longer than the whole', () => {
    const { parts } = timings;
    const longer = { ...timings, parts: { ...parts, took: parts.took.map((took) => 2 * took) } };
    const slow: Change = { kind: 'strategy', name: 'slow', factor: 0 };
    expect(shown(applyWhatIf(longer, [slow])).updates).toEqual([0, 0, 0, 0, 0]);
  });

  it('does not depend on the order of the changes', () => {
    const changes = fc.constantFrom<Change['kind']>('stage', 'strategy', 'symbol', 'interval');
    const names = {
      stage: ['processor', 'analysis'],
      strategy: ['fast', 'slow'],
      symbol: ['AAA', 'BBB'],
      interval: ['1m', '5m'],
    };
    const change = fc
      .record({ kind: changes, first: fc.boolean(), factor: fc.constantFrom(0, 0.5, 1, 2) })
      .map(({ kind, first, factor }): Change => {
        return { kind, name: names[kind][first ? 0 : 1] as string, factor };
      });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 5 }), (some) => {
        expect(shown(applyWhatIf(timings, some))).toEqual(
          shown(applyWhatIf(timings, [...some].reverse())),
        );
      }),
    );
  });

  it('without a symbol is as if it had not been there', async () => {
    const serviceTimes = { processor: COSTS.processor, analysis: COSTS.base };
    const options = { derive: ['5m'], speed: 60, serviceTimes };
    const both = (await timedReplay(options, ['AAA', 'BBB'])).timings;
    const work = applyWhatIf(both, parseChanges('symbol:BBB*0', both));
    const alone = (await timedReplay(options, ['AAA'])).timings;
    // Watermarks come with instants: the other symbol's leave some behind that cost what is left of them.
    const bars = ({ items }: Work) =>
      [...items.time].filter((_, i) => (items.series[i] as number) >= 0);
    expect(bars(work)).toEqual(bars(alone));
    expect(work.updates.length).toBe(alone.updates.length);
    const causes = ({ items, updates }: Work) => [...updates.cause].map((at) => items.time[at]);
    expect(causes(work)).toEqual(causes(alone));
  });
});
