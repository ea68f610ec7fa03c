import fc from 'fast-check';
import { initialState, reduce } from '../../../src/metrics';
import type { MetricsState } from '../../../src/metrics';
import { eventSchemasOf } from '../../../src/journal/eventSchemas';
import type { PipelineEvent } from '../../../streams';
import { WindowColumns } from '../../../streams/engine/windowColumns';
import { started } from '../../src/metrics/given';

const EDGES = ['coordinator-processor', 'processor-analysis'] as const;

const edgeEvents = (): fc.Arbitrary<PipelineEvent> =>
  fc
    .record({
      type: fc.constantFrom('delivered', 'backpressure', 'overrun', 'dropped', 'discarded'),
      edge: fc.constantFrom(...EDGES),
      key: fc.constantFrom(...Array.from({ length: 30 }, (_, i) => `S${i}`), '__proto__'),
      count: fc.integer({ min: 1, max: 50 }),
    })
    .map((event) =>
      event.type === 'backpressure'
        ? { ...event, at: 1, burst: event.count >> 1, behind: event.count - (event.count >> 1) }
        : { ...event, at: 1 },
    );

const strategyEvents = (): fc.Arbitrary<PipelineEvent> =>
  fc.record({
    type: fc.constant('strategy'),
    at: fc.constant(1),
    strategy: fc.constantFrom('a', 'b', 'constructor'),
    symbol: fc.constantFrom(...Array.from({ length: 30 }, (_, i) => `S${i}`)),
    interval: fc.constantFrom('1m', '5m'),
    items: fc.integer({ min: 1, max: 9 }),
    signals: fc.integer({ min: 0, max: 3 }),
    errors: fc.constant(0),
    totalMs: fc.integer({ min: 0, max: 99 }),
    maxMs: fc.integer({ min: 0, max: 99 }),
  });

/** Everything that both ways tell: columns have no order of symbols within a window. */
const plain = ({ edges, strategies, signals }: MetricsState): unknown => ({
  edges: Object.entries(edges).map(([name, edge]) => ({
    ...edge,
    name,
    firstPressed: [...edge.firstPressed].sort(),
  })),
  signals,
  strategies: Object.entries(strategies).sort(([a], [b]) => (a < b ? -1 : 1)),
});

describe('columns of a window', () => {
  it('fold to the same totals as the events that they stand for, also read again', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.array(fc.oneof(edgeEvents(), strategyEvents()), { minLength: 100, maxLength: 200 }),
          {
            maxLength: 4,
          },
        ),
        (windows) => {
          const columns = new WindowColumns();
          const begun = reduce(initialState, started());
          const singles = windows.flat().reduce(reduce, begun);
          const told = windows.flatMap((events) => columns.compact(events, 1));
          const read = told.map((event) => {
            const schema = eventSchemasOf()[event.type];
            return schema.parse(JSON.parse(JSON.stringify(event)));
          });
          expect(plain(told.reduce(reduce, begun))).toEqual(plain(singles));
          expect(plain(read.reduce(reduce, begun))).toEqual(plain(singles));
        },
      ),
      { numRuns: 25, endOnFailure: true },
    );
  });

  it('leave few events as they are', () => {
    const few: PipelineEvent[] = [
      { type: 'delivered', edge: 'coordinator-processor', key: 'SPY', count: 1, at: 0 },
    ];
    expect(new WindowColumns().compact(few, 0)).toEqual(few);
  });
});
