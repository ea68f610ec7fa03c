import { EMPTY_MAP } from '../../../src/metrics/persistentMap';
import fc from 'fast-check';
import type { EdgeEvent } from '../../../operators/events';
import {
  cellsOf,
  entriesOf,
  initialState,
  MAX_COUNT,
  reduce,
  reduceAll,
  timeInModes,
  UnknownEventError,
} from '../../../src/metrics';
import type { PipelineEvent } from '../../../streams/events';
import { edgeEvents, pipelineEvents } from './arbitraryEvents';
import { backpressure, cellsOfValues, delivered, finished, FIRST, fold } from './given';
import { ingested, SECOND, served, started, strategyWorked, windowOf } from './given';

const runs = fc.array(pipelineEvents, { maxLength: 40 });

/** What the tracker would have emitted without batching. */
const singles = (event: PipelineEvent): PipelineEvent[] => {
  if (event.type === 'backpressure') {
    const one = { ...event, count: 1 };
    return [
      ...Array.from({ length: event.burst ?? 0 }, () => ({ ...one, burst: 1, behind: 0 })),
      ...Array.from({ length: event.behind ?? 0 }, () => ({ ...one, burst: 0, behind: 1 })),
    ];
  }
  if (
    event.type === 'delivered' ||
    event.type === 'overrun' ||
    event.type === 'dropped' ||
    event.type === 'discarded'
  ) {
    return Array.from({ length: event.count }, (): EdgeEvent => ({ ...event, count: 1 }));
  }
  return [event];
};

const isFrozen = (value: unknown): boolean =>
  typeof value !== 'object' ||
  value === null ||
  (Object.isFrozen(value) && Object.values(value).every(isFrozen));

describe('reduce', () => {
  describe('for every sequence of events', () => {
    it('folds batches to the same state as single events', () => {
      fc.assert(
        fc.property(runs, (events) => {
          expect(fold(events.flatMap(singles))).toEqual(fold(events));
        }),
      );
    });

    it('folds a prefix and then the rest to the same state as the whole', () => {
      fc.assert(
        fc.property(runs, fc.nat(40), (events, cut) => {
          const prefix = fold(events.slice(0, cut));
          expect(fold(events.slice(cut), prefix)).toEqual(fold(events));
        }),
      );
    });

    it('keeps burst + behind = backpressure, and the symbols adding up to their edge', () => {
      fc.assert(
        fc.property(fc.array(edgeEvents, { maxLength: 40 }), (events) => {
          const state = fold(events);
          for (const edge of Object.values(state.edges)) {
            const tallies = entriesOf(edge.bySymbol).map(([, tally]) => tally);
            const sum = (of: 'delivered' | 'backpressure' | 'behind'): bigint =>
              tallies.reduce((total, tally) => total + tally[of], 0n);
            expect(edge.burst + edge.behind).toBe(edge.backpressure);
            expect(sum('delivered')).toBe(edge.delivered);
            expect(sum('backpressure')).toBe(edge.backpressure);
            expect(sum('behind')).toBe(edge.behind);
          }
        }),
      );
    });

    it('leaves states frozen all the way down, and the one before as it was', () => {
      fc.assert(
        fc.property(runs, pipelineEvents, (events, next) => {
          const before = fold(events);
          const copy = structuredClone(before);
          const after = reduce(before, next);
          expect(before).toEqual(copy);
          expect(isFrozen(after)).toBe(true);
        }),
      );
    });

    it('is JSON, but for the bigints', () => {
      fc.assert(
        fc.property(runs, (events) => {
          const state = fold(events);
          const json = JSON.stringify(state, (_, value: unknown) =>
            typeof value === 'bigint' ? `${value}n` : value,
          );
          const back: unknown = JSON.parse(json, (_, value: unknown) =>
            typeof value === 'string' && /^\d+n$/.test(value) ? BigInt(value.slice(0, -1)) : value,
          );
          expect(back).toEqual(state);
        }),
      );
    });
  });

  describe('64-bit counters', () => {
    it.each([
      ['2^32', 2 ** 32 - 1, 2n ** 32n],
      ['2^53', 2 ** 53 - 1, 2n ** 53n],
    ])('count on exactly across %s', (_, start, expected) => {
      const near = fold([delivered(FIRST, start, 'SPY')]);
      expect(fold([delivered(FIRST, 1, 'SPY')], near).edges[FIRST].delivered).toBe(expected);
      expect(fold([delivered(FIRST, 1), delivered(FIRST, 1)], near).edges[FIRST].delivered).toBe(
        expected + 1n,
      );
    });

    it('stay at 2^63-1, which the state notes once', () => {
      const full = fold([delivered(SECOND, 2 ** 62), delivered(SECOND, 2 ** 62)]);
      expect(full.edges[SECOND].delivered).toBe(MAX_COUNT);
      expect(full.saturated).toEqual([{ counter: 'edge.delivered', of: SECOND }]);
      const further = fold([delivered(SECOND, 1), delivered(SECOND, 2 ** 62)], full);
      expect(further.edges[SECOND].delivered).toBe(2n ** 63n - 1n);
      expect(further.saturated).toHaveLength(1);
    });

    it.each([1.5, NaN])('refuse %p occurrences', (count) => {
      expect(() => fold([delivered(FIRST, count)])).toThrow(RangeError);
    });
  });

  it('calls all events behind where nothing says when items are due', () => {
    const { behind, burst } = fold([{ type: 'backpressure', edge: FIRST, count: 3, at: 0 }]).edges[
      FIRST
    ];
    expect([burst, behind]).toEqual([0n, 3n]);
  });

  it('takes shares of what was delivered in clock-driven mode', () => {
    const state = fold([
      started(),
      delivered(FIRST, 5),
      { type: 'mode', at: 10, mode: 'data' },
      delivered(FIRST, 7),
    ]);
    expect(state.edges[FIRST]).toMatchObject({ delivered: 12n, clockDelivered: 5n });
  });

  it('knows the time spent in each mode', () => {
    const state = fold([
      started(),
      { type: 'mode', at: 10, mode: 'data' },
      { type: 'mode', at: 25, mode: 'clock' },
      { type: 'paused', at: 30 },
    ]);
    expect(timeInModes(state)).toEqual({ clock: 15, data: 15 });
    expect(state.run.modes).toEqual([
      { mode: 'clock', from: 0 },
      { mode: 'data', from: 10 },
      { mode: 'clock', from: 25 },
    ]);
  });

  it.each<[what: string, paused: PipelineEvent[]]>([
    [
      'paused',
      [
        { type: 'paused', at: 30 },
        { ...windowOf(130), from: 30 },
      ],
    ],
    ['held', [{ ...windowOf(130), from: 30, paused: true }]],
  ])('time for which the run was %s belongs to no stage and to no mode', (_, paused) => {
    const state = fold([
      started(),
      delivered(FIRST, 3),
      windowOf(30, { processor: 20 }, { coordinator: 10 }),
      delivered(SECOND, 1),
      backpressure(SECOND, 1),
      ...paused.map((event) =>
        event.type === 'window'
          ? {
              ...event,
              busyMs: { ...event.busyMs, analysis: 40 },
              blockedMs: { ...event.blockedMs, coordinator: 100 },
            }
          : event,
      ),
      { type: 'resumed', at: 130 },
      { ...windowOf(150, { processor: 5 }), from: 130 },
    ]);
    const { coordinator, processor, analysis } = state.stages;
    expect(processor.spent).toMatchObject({ spanMs: 50, busyMs: 25 });
    expect(coordinator.spent).toMatchObject({ spanMs: 50, blockedMs: 10 });
    expect(analysis.spent).toMatchObject({ spanMs: 50, busyMs: 0 });
    expect(timeInModes(state)).toEqual({ clock: 50, data: 0 });
  });

  it.each<[phase: string, events: PipelineEvent[]]>([
    ['waiting', []],
    ['running', [started()]],
    ['paused', [started(), { type: 'paused', at: 1 }]],
    ['running', [started(), { type: 'paused', at: 1 }, { type: 'resumed', at: 2 }]],
    ['finished', [started(), finished()]],
  ])('is %s', (phase, events) => {
    expect(fold(events).run.phase).toBe(phase);
  });

  it('keeps why a run failed', () => {
    expect(fold([started(), finished('failed', 'disk full')]).run).toMatchObject({
      outcome: 'failed',
      error: 'disk full',
    });
  });

  it('adds up what was read, and knows symbols in order of appearance', () => {
    const state = fold([
      ingested({ ticks: 3, base: 1, symbols: ['SPY'], marketStart: 5 }),
      ingested({ ticks: 4, badRows: 1, symbols: ['AAPL'], marketTime: 9, progress: 0.5 }),
    ]);
    expect(state.bars).toMatchObject({ ticks: 7n, base: 1n, badRows: 1n });
    expect(state.market).toMatchObject({
      symbols: ['SPY', 'AAPL'],
      start: 5,
      time: 9,
      progress: 0.5,
    });
  });

  it('keeps extremes, sum and cells of service times', () => {
    const { processor } = fold([
      served('processor', 1, [2, 2, 2]),
      served('processor', 1, [1, 1, 1]),
      served('processor', 1, [4, 4, 4]),
    ]).stages;
    expect(processor).toMatchObject({ items: 3n, minMs: 1, maxMs: 4, totalMs: 7 });
    expect(cellsOf(processor.serviceTimes).length).toBe(3);
  });

  it('sums the cells of lateness and trailing', () => {
    const measured = { at: 0, count: 2, maxMs: 3, buckets: cellsOfValues([3, 3]) };
    const state = fold([
      { type: 'lateness', edge: FIRST, ...measured },
      { type: 'lateness', edge: FIRST, ...measured },
      { type: 'trailing', ...measured },
    ]);
    expect(cellsOf(state.edges[FIRST].lateness.cells).map(([, count]) => count)).toEqual([4]);
    expect(state.trailing).toMatchObject({ count: 2n, maxMs: 3 });
  });

  it('sums lateness exactly; an event of an older journal counts with its cells', () => {
    const measured = { at: 0, count: 2, maxMs: 3, buckets: cellsOfValues([1.0625, 3]) };
    const { lateness } = fold([
      { type: 'lateness', edge: FIRST, ...measured, totalMs: 4.0625 },
      { type: 'lateness', edge: FIRST, ...measured },
    ]).edges[FIRST];
    expect(lateness.totalMs).toBeGreaterThan(8.125);
    expect(lateness.totalMs).toBeLessThan(8.125 * 1.008);
  });

  it('names the symbols with backpressure events in the order in which they began to have them', () => {
    const events = [
      delivered(FIRST, 1, 'AAA'),
      backpressure(FIRST, 1, 0, 'CCC'),
      backpressure(FIRST, 0, 1, 'BBB'),
      backpressure(FIRST, 2, 0, 'CCC'),
    ];
    const columns: PipelineEvent = {
      type: 'counts',
      at: 0,
      edge: FIRST,
      names: ['AAA', 'DDD', 'BBB', 'EEE'],
      delivered: [1, 1, 1, 1],
      backpressure: [0, 0, 1, 1],
      burst: [],
      overruns: 0,
      dropped: 0,
      discarded: 0,
    };
    expect(fold(events).edges[FIRST].firstPressed).toEqual(['CCC', 'BBB']);
    expect(reduceAll(fold(events), [columns]).edges[FIRST].firstPressed).toEqual([
      'CCC',
      'BBB',
      'EEE',
    ]);
    expect(reduceAll(initialState, events)).toEqual(fold(events));
  });

  it('tallies strategies, and keeps the first error', () => {
    const state = fold([
      strategyWorked('a', { items: 2, totalMs: 3, maxMs: 2, signals: 1 }),
      strategyWorked('a', { errors: 1, error: 'first', symbol: 'QQQ' }),
      strategyWorked('a', { errors: 1, error: 'second', symbol: 'QQQ' }),
    ]);
    expect(state.strategies['a']).toMatchObject({
      items: 4n,
      errors: 2n,
      totalMs: 3,
      firstError: 'first',
    });
    expect(state.signals).toBe(1n);
    expect(entriesOf(state.strategies['a']?.markets ?? EMPTY_MAP)).toHaveLength(2);
  });

  it.each([
    ['an edge', delivered('elsewhere', 1)],
    ['a type', { type: 'tomorrow', at: 0 } as unknown as PipelineEvent],
  ])('refuses %s that it does not know', (_, event) => {
    expect(() => reduce(initialState, event)).toThrow(UnknownEventError);
  });
});

describe('many events at once', () => {
  it('fold to the state that they fold to one by one, frozen throughout', () => {
    fc.assert(
      fc.property(runs, runs, (before, events) => {
        const state = fold(before);
        const all = reduceAll(state, events);
        expect(all).toEqual(events.reduce(reduce, state));
        expect(Object.isFrozen(all.edges[FIRST])).toBe(true);
      }),
    );
  });

  it('note a counter that is full once, as one by one', () => {
    const edges = {
      ...initialState.edges,
      [FIRST]: { ...initialState.edges[FIRST], delivered: 2n ** 63n - 2n },
    };
    const events = [delivered(FIRST, 1, 'SPY'), delivered(FIRST, 1, 'SPY')];
    expect(reduceAll({ ...initialState, edges }, events).saturated).toEqual([
      { counter: 'edge.delivered', of: FIRST },
    ]);
  });
});
