import { of, scan, startWith } from 'rxjs';
import type { Observable } from 'rxjs';
import {
  initialState,
  type MetricsState,
  reduce,
  saturationWarnings,
  warnings,
} from '../../../src/metrics';
import type { PipelineEvent } from '../../../streams/events';
import { backpressure, delivered, FIRST, SECOND } from './given';

const states = (...events: PipelineEvent[]): Observable<MetricsState> =>
  of(...events).pipe(scan(reduce, initialState), startWith(initialState));

const collect = <T>(source: Observable<T>): T[] => {
  const values: T[] = [];
  source.subscribe((value) => values.push(value));
  return values;
};

describe('warnings', () => {
  it("speaks the guide's words at the 1,000th event of the first edge", () => {
    expect(collect(warnings(states(backpressure(FIRST, 999), backpressure(FIRST, 1))))).toEqual([
      {
        edge: FIRST,
        count: 1000n,
        text: '[BACKPRESSURE] Coordinator→Processor: 1,000 events, 1,000 behind (DataProcessor falling behind)',
      },
    ]);
  });

  it("speaks the guide's words at the 500th event of the second edge", () => {
    expect(collect(warnings(states(backpressure(SECOND, 500))))).toEqual([
      {
        edge: SECOND,
        count: 500n,
        text: '[BACKPRESSURE] Processor→Analysis: 500 events, 500 behind (AnalysisEngine falling behind)',
      },
    ]);
  });

  it('does not call bursts falling behind', () => {
    const texts = collect(warnings(states(backpressure(FIRST, 0, 1_000)))).map(({ text }) => text);
    expect(texts).toEqual(['[BACKPRESSURE] Coordinator→Processor: 1,000 events, all in bursts']);
  });

  it.each<[string, number[], bigint[]]>([
    ['none below', [999], []],
    ['each that a batch passes', [3500], [1000n, 2000n, 3000n]],
    ['none twice', [1000, 500, 499, 1], [1000n, 2000n]],
  ])('%s', (_, batches, expected) => {
    const events = batches.map((n) => backpressure(FIRST, 0, n));
    expect(collect(warnings(states(...events))).map(({ count }) => count)).toEqual(expected);
  });

  it('comes as often as is asked for, or never', () => {
    const source = states(backpressure(FIRST, 25), backpressure(SECOND, 25));
    expect(collect(warnings(source, { every: [10, 0] })).map(({ count }) => count)).toEqual([
      10n,
      20n,
    ]);
  });

  it.each([-1, 0.5, NaN])('refuses every %p', (step) => {
    expect(() => warnings(of(initialState), { every: [step, 500] })).toThrow(RangeError);
  });
});

describe('saturationWarnings', () => {
  it('tells once that a counter counts no further', () => {
    const huge = delivered(FIRST, 2 ** 62, 'SPY');
    expect(collect(saturationWarnings(states(huge, huge, huge, delivered(FIRST, 1))))).toEqual([
      {
        counter: 'edge.delivered',
        of: FIRST,
        text: 'The counter "delivered" of coordinator-processor has reached 2^63-1 and counts no further.',
      },
    ]);
  });

  it('goes through the list of counters when that has changed, not with every state', () => {
    let looks = 0;
    const saturated = new Proxy([{ counter: 'edge.delivered' }], {
      get: (list, key) => {
        if (key === Symbol.iterator || key === 'length') looks += 1;
        return Reflect.get(list, key) as unknown;
      },
    });
    const state = { ...initialState, saturated };
    collect(saturationWarnings(of(state)));
    const once = looks;
    collect(saturationWarnings(of(state, { ...state, at: 1 }, { ...state, at: 2 })));
    expect([once > 0, looks]).toEqual([true, 2 * once]);
  });
});
