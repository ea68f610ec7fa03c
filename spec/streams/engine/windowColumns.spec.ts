import fc from 'fast-check';
import { initialState, reduce } from '../../../src/metrics';
import type { MetricsState } from '../../../src/metrics';
import { EdgeEventBatcher } from '../../../operators/kernel/edgeEventBatcher';
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

/** Everything that both ways tell: columns have no order of symbols within a window. */
const plain = ({ edges }: MetricsState): unknown =>
  Object.entries(edges).map(([name, edge]) => ({
    ...edge,
    name,
    firstPressed: [...edge.firstPressed].sort(),
  }));

describe('columns of a window', () => {
  it('fold to the same totals as the events that they stand for, also read again', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(edgeEvents(), { minLength: 100, maxLength: 200 }), {
          maxLength: 4,
        }),
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

  it('take what a batcher has of many symbols at once, with the same result', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(99), fc.constantFrom('ready', 'burst', 'behind')), {
          minLength: 200,
          maxLength: 600,
        }),
        (offers) => {
          const fold = (events: readonly PipelineEvent[]): MetricsState =>
            events.reduce(reduce, reduce(initialState, started()));
          const columns = new WindowColumns();
          const singles: PipelineEvent[] = [];
          const inWindow: PipelineEvent[] = [];
          const edge = EDGES[0];
          const one = new EdgeEventBatcher({ edge, events: { next: (e) => singles.push(e) } });
          const many = new EdgeEventBatcher({
            edge,
            batch: {},
            events: { next: (e) => inWindow.push(e) },
            onMany: (counts) => {
              columns.add(edge, counts);
            },
          });
          for (const [symbol, judgement] of offers) {
            one.deliver(`S${symbol}`, 1, judgement);
            many.deliver(`S${symbol}`, 1, judgement, symbol);
          }
          one.close();
          many.close();
          expect(plain(fold(columns.compact(inWindow, 1)))).toEqual(plain(fold(singles)));
        },
      ),
      { numRuns: 25 },
    );
  });

  it('leave few events as they are', () => {
    const few: PipelineEvent[] = [
      { type: 'delivered', edge: 'coordinator-processor', key: 'SPY', count: 1, at: 0 },
    ];
    expect(new WindowColumns().compact(few, 0)).toEqual(few);
  });
});
