import { cellsOfValues, delivered, FIRST, ingested, started } from '../metrics/given';
import { strategyWorked, windowOf } from '../metrics/given';
import { actionsOf, runOf } from './runs';
import type { Case } from './runs';

const one = [strategyWorked('sma', { items: 100, totalMs: 18 })];
const even = [
  strategyWorked('a', { items: 10, totalMs: 50 }),
  strategyWorked('b', { items: 10, totalMs: 50 }),
];

const P = { first: 50 };
const A = { second: 50 };
const both = { first: 50, second: 50 };

describe('actions', () => {
  it.each<[text: string, applies: Case, not: Case]>([
    ['DataProcessor too slow: profile the computation of derived bars', P, A],
    [
      'DataProcessor too slow: reduce derived intervals (less computation)',
      P,
      { ...P, run: { derive: [] } },
    ],
    ['DataProcessor too slow: optimize the bar computation algorithms', P, A],
    ['DataProcessor too slow: consider batch processing', P, { ...P, symbols: ['SPY'] }],
    [
      'Too many symbols/intervals: reduce the number of active symbols',
      P,
      { ...P, symbols: ['SPY'] },
    ],
    [
      'Too many symbols/intervals: reduce the derived interval count',
      P,
      { ...P, run: { derive: ['5m'] } },
    ],
    [
      'Too many symbols/intervals: prioritize the important intervals',
      P,
      { ...P, run: { derive: ['5m'] } },
    ],
    ['AnalysisEngine too slow: profile the strategy computation', A, { first: 4 }],
    ['AnalysisEngine too slow: simplify the strategy logic', A, {}],
    ['AnalysisEngine too slow: reduce the indicator calculations', A, { ...A, strategies: [] }],
    [
      'AnalysisEngine too slow: optimize the hot path (zero-copy access to history)',
      A,
      { second: 9 },
    ],
    ['Too many strategies: reduce the number of active strategies', A, { ...A, strategies: one }],
    ['Too many strategies: disable the expensive strategies', A, { ...A, strategies: even }],
    ['Too many strategies: run the strategies on fewer intervals', A, { ...A, strategies: one }],
    ['System overload: reduce the data volume or the computational complexity', both, A],
    [
      'Clock-driven speed too fast: lower the speed multiplier',
      both,
      { ...both, run: { speed: 1 } },
    ],
    ['Hardware limitation: upgrade the CPU or optimize the critical paths', both, A],
  ])('%s', (text, applies, not) => {
    const found = actionsOf(runOf(applies));
    expect(found.get(text)).toMatch(/\w/);
    expect(actionsOf(runOf(not)).has(text)).toBe(false);
  });

  it('are none where everything keeps up', () => {
    expect(actionsOf(runOf({ first: 4, second: 9 })).size).toBe(0);
  });

  it('speak of the source where the coordinator is to blame', () => {
    const found = actionsOf([
      started({ time: 'wall', bars: '1s', speed: 10 }),
      ingested({ ticks: 5000 }),
      delivered(FIRST, 1),
      { type: 'trailing', at: 0, count: 1, maxMs: 500, buckets: cellsOfValues([500]) },
      windowOf(100, { coordinator: 95 }),
    ]);
    expect([...found]).toEqual([
      [
        'Coordinator too slow: lower the speed multiplier',
        '100 % of the deliveries trailed by more than a base interval, at most by 500.00 ms',
      ],
      [
        'Coordinator too slow: give it a faster source (Parquet instead of text, fewer columns and rows)',
        'reading and building 5,000 ticks took 95 % of the time',
      ],
    ]);
  });

  it.each([
    [
      'AnalysisEngine too slow: profile the strategy computation',
      '`ema-cross` took 82 % of analysis time, 99 % of it on SPY 1m',
    ],
    [
      'AnalysisEngine too slow: simplify the strategy logic',
      '2.00 ms an item where one came every 1.00 ms: 2.0× of the time that there is',
    ],
    [
      'Too many strategies: run the strategies on fewer intervals',
      'woken by 2 intervals: 1m took 99 %, 5m took 1 %',
    ],
    [
      'Too many strategies: disable the expensive strategies',
      'without `ema-cross`, analysis would need 18 % of its time',
    ],
  ])('%s: %s', (text, evidence) => {
    expect(actionsOf(runOf(A)).get(text)).toBe(evidence);
  });

  it("come in the order of this run's evidence", () => {
    const [first] = actionsOf(runOf({ first: 30, second: 90 })).keys();
    expect(first).toBe('AnalysisEngine too slow: profile the strategy computation');
    const [other] = actionsOf(runOf({ first: 90, second: 0 })).keys();
    expect(other).toBe('DataProcessor too slow: profile the computation of derived bars');
  });

  it('help the analysis that a slow processor shields', () => {
    const found = actionsOf(runOf(P));
    expect(found.has('AnalysisEngine too slow: simplify the strategy logic')).toBe(true);
  });

  it('say so where service times were not measured', () => {
    const found = actionsOf(runOf({ ...A, run: { timings: false } }));
    expect(found.get('AnalysisEngine too slow: profile the strategy computation')).toBe(
      'service times were not measured',
    );
  });
});
