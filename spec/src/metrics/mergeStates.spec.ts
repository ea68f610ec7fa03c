import fc from 'fast-check';
import { initialState, initialStateOf, MAX_COUNT, mergeStates } from '../../../src/metrics';
import type { MetricsState } from '../../../src/metrics';
import { entriesOf } from '../../../src/metrics/persistentMap';
import type { MinuteEvidence, PipelineEvent } from '../../../streams/events';
import { STANDARD_TOPOLOGY, withStage } from '../../../streams/topology';
import { repetitions } from '../../support/properties';
import { edgeEvents, pipelineEvents } from './arbitraryEvents';
import { delivered, FIRST, finished, fold, SECOND, started } from './given';

const BARS = { ticks: 3, base: 2, derived: 1, late: 1, outOfOrder: 0, badRows: 0, progress: 1 };
const ingested = (symbols: readonly string[], marketStart: number): PipelineEvent => ({
  ...BARS,
  type: 'ingested',
  at: 1,
  symbols,
  marketStart,
  marketTime: marketStart + 100,
});

const minute: fc.Arbitrary<MinuteEvidence> = fc.record({
  to: fc.nat(50).map((n) => n * 60_000_000),
  deliveries: fc.nat(50),
  behind: fc.nat(9),
  isolatedBehind: fc.nat(9),
  workMs: fc.nat(80),
  maxWaitMs: fc.nat(80),
  top: fc.constant([]),
});

const evidence: fc.Arbitrary<PipelineEvent> = fc.record({
  type: fc.constant('evidence'),
  at: fc.nat(100),
  stage: fc.constantFrom('processor', 'analysis'),
  deliveries: fc.nat(9),
  behind: fc.nat(9),
  isolatedBehind: fc.nat(9),
  awaitedMs: fc.nat(9),
  minutes: fc.array(minute, { maxLength: 20 }),
  ranges: fc.constant([]),
  minutesOfDay: fc.constant([810, 20, 3]),
  days: fc.array(fc.nat(3), { maxLength: 2 }),
  patterns: fc.constant({ overload: { periods: 1, behind: 2, workMs: 3, awaitedMs: 0 } }),
  periods: fc.constant([]),
});

/** A run with some events, perhaps ended, perhaps one that has not begun. */
const state: fc.Arbitrary<MetricsState> = fc
  .tuple(
    fc.constantFrom(1, 60),
    fc.array(fc.oneof({ weight: 5, arbitrary: pipelineEvents }, evidence), { maxLength: 25 }),
    fc.constantFrom('none', 'running', 'done', 'failed'),
    fc.uniqueArray(fc.constantFrom('SPY', 'QQQ', 'DIA'), { maxLength: 3 }),
  )
  .map(([speed, events, end, symbols]) => {
    if (end === 'none') return initialState;
    const all = [started({ speed, id: `run-${speed}` }), ingested(symbols, speed), ...events];
    if (end === 'done') all.push(finished());
    if (end === 'failed') all.push(finished('failed', 'it broke'));
    return fold(all);
  });

const runs = repetitions(200);

describe('merging', () => {
  it('nothing gives the initial state', () => {
    expect(mergeStates([])).toBe(initialState);
  });

  it('has the initial state as identity', () => {
    fc.assert(
      fc.property(state, (one) => {
        expect(mergeStates([initialState, one])).toBe(one);
        expect(mergeStates([one, initialState])).toBe(one);
      }),
      runs,
    );
  });

  it('is commutative', () => {
    fc.assert(
      fc.property(state, state, (one, other) => {
        expect(mergeStates([one, other])).toEqual(mergeStates([other, one]));
      }),
      runs,
    );
  });

  it('is associative', () => {
    fc.assert(
      fc.property(state, state, state, (a, b, c) => {
        const left = mergeStates([mergeStates([a, b]), c]);
        expect(mergeStates([a, mergeStates([b, c])])).toEqual(left);
        expect(mergeStates([a, b, c])).toEqual(left);
      }),
      runs,
    );
  });

  it('the parts of a list of events, split by symbol, is the fold of the whole (law 5)', () => {
    fc.assert(
      fc.property(fc.array(edgeEvents, { maxLength: 60 }), fc.nat(), (events, salt) => {
        const parts: PipelineEvent[][] = [[], [], []];
        for (const event of events) {
          const { key = '' } = event;
          parts[(key.length * 7 + key.charCodeAt(0) + salt) % 3]?.push(event);
        }
        const whole = fold([started(), ...events]);
        const merged = mergeStates(parts.map((part) => fold([started(), ...part])));
        for (const name of [FIRST, SECOND]) {
          const { firstPressed: pressed, ...counts } = merged.edges[name];
          const { firstPressed, ...expected } = whole.edges[name];
          expect(counts).toEqual(expected);
          expect(pressed).toEqual([...firstPressed].sort());
        }
      }),
      runs,
    );
  });
});

describe('a merged state', () => {
  const run = (symbol: string, options = {}): MetricsState =>
    fold([started(options), ingested([symbol], 5), delivered(FIRST, 7, symbol), finished()]);

  it('says of how many runs it is', () => {
    const two = mergeStates([run('SPY'), run('QQQ')]);
    expect(two.run.mergedOf).toBe(2);
    expect(mergeStates([two, run('DIA'), two]).run.mergedOf).toBe(5);
  });

  it('counts everything of all runs, by symbol too', () => {
    const merged = mergeStates([run('SPY'), run('QQQ'), run('SPY')]);
    expect(merged.edges[FIRST].delivered).toBe(21n);
    expect(merged.bars.ticks).toBe(9n);
    expect(merged.market.symbols).toEqual(['QQQ', 'SPY']);
    expect(
      entriesOf(merged.edges[FIRST].bySymbol).map(([name, tally]) => [name, tally.delivered]),
    ).toEqual([
      ['QQQ', 7n],
      ['SPY', 14n],
    ]);
  });

  it('has a speed only where all runs had the same', () => {
    expect(mergeStates([run('A', { speed: 60 }), run('B', { speed: 60 })]).run.speed).toBe(60);
    expect(mergeStates([run('A', { speed: 60 }), run('B', { speed: 1 })]).run.speed).toBe(0);
  });

  it('is not finished before all runs are, and failed if one has', () => {
    const going = fold([started()]);
    expect(mergeStates([run('A'), going]).run).toMatchObject({ phase: 'running' });
    expect(mergeStates([run('A'), going]).run.outcome).toBeUndefined();
    const failed = fold([started(), finished('failed', 'it broke')]);
    expect(mergeStates([failed, run('A')]).run).toMatchObject({
      phase: 'finished',
      outcome: 'failed',
      error: 'it broke',
    });
  });

  it('saturates, and says which counter did', () => {
    const full = run('A');
    const nearly = {
      ...full,
      edges: { ...full.edges, [FIRST]: { ...full.edges[FIRST], delivered: MAX_COUNT - 3n } },
    } as MetricsState;
    const merged = mergeStates([nearly, full]);
    expect(merged.edges[FIRST].delivered).toBe(MAX_COUNT);
    expect(merged.saturated).toEqual([{ counter: 'edge.delivered', of: FIRST }]);
  });

  it('has the least of the speeds that its runs could go at', () => {
    const withSpeeds = (sustainableSpeed: number, stableSpeed?: number): MetricsState =>
      fold([
        started(),
        {
          type: 'speeds',
          at: 1,
          sustainableSpeed,
          ...(stableSpeed === undefined ? {} : { stableSpeed }),
          estimated: false,
          effects: [
            { taken: { strategy: 'slow', factor: 0 }, sustainableSpeed: sustainableSpeed * 2 },
          ],
        },
      ]);
    expect(mergeStates([withSpeeds(40), withSpeeds(10, 90)]).speeds).toEqual({
      sustainableSpeed: 10,
      stableSpeed: 90,
      estimated: false,
      effects: [{ taken: { strategy: 'slow', factor: 0 }, sustainableSpeed: 20 }],
    });
    expect(mergeStates([withSpeeds(40), run('A')]).speeds).toBeUndefined();
  });

  it('is refused of runs with other stages', () => {
    const other = {
      ...initialStateOf(withStage(STANDARD_TOPOLOGY, { stage: 'enrich' }, { after: 'processor' })),
      at: 1,
    };
    expect(() => mergeStates([run('A'), other])).toThrow('other stages');
  });
});
