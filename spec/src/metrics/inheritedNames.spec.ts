import { EMPTY_MAP } from '../../../src/metrics/persistentMap';
import { checkpointOf, foldIn } from '../../../src/journal';
import { entriesOf } from '../../../src/metrics';
import { replay } from '../../../src/replay';
import type { Report } from '../../../src/report';
import { buildReport } from '../../../src/report';
import { fromTicks } from '../../../streams/sources';
import { backpressure, delivered, FIRST, fold, ingested, strategyWorked } from './given';

const NAMES = ['constructor', 'toString', 'hasOwnProperty', '__proto__'];

describe.each(NAMES)('something that is called %s', (name) => {
  const state = fold([
    ingested({ symbols: [name] }),
    delivered(FIRST, 2, name),
    backpressure(FIRST, 1, 0, name),
    strategyWorked(name, { symbol: name, interval: name, items: 2, signals: 1 }),
    strategyWorked(name, { symbol: name, interval: name, items: 3 }),
  ]);

  it('is an entry of every record of the state', () => {
    const [[found, strategy] = []] = Object.entries(state.strategies);
    expect([found, strategy?.items, strategy?.signals]).toEqual([name, 5n, 1n]);
    expect(entriesOf(strategy?.markets ?? EMPTY_MAP)).toEqual([
      [`${name} ${name}`, { symbol: name, interval: name, items: 5n, totalMs: 0 }],
    ]);
    expect(entriesOf(state.edges[FIRST].bySymbol)).toEqual([
      [name, { delivered: 2n, backpressure: 1n, behind: 1n }],
    ]);
  });

  it('is in the report, as JSON too', () => {
    const { stages, edges } = JSON.parse(JSON.stringify(buildReport(state))) as Report;
    expect(
      Object.entries(stages.analysis.strategies).map(([key, { items }]) => [key, items]),
    ).toEqual([[name, '5']]);
    expect(
      Object.entries(edges[FIRST].bySymbol).map(([key, tally]) => [key, tally.delivered]),
    ).toEqual([[name, '2']]);
  });

  it('comes back from a checkpoint of the journal', () => {
    const { state: resumed } = foldIn(checkpointOf({ state, seq: 5, wall: 0 }));
    expect(Object.entries(resumed.strategies)).toEqual(Object.entries(state.strategies));
    expect(entriesOf(resumed.edges[FIRST].bySymbol)).toEqual(
      entriesOf(state.edges[FIRST].bySymbol),
    );
  });

  it('can be replayed, as a strategy and as a symbol', async () => {
    const sources = [fromTicks([0, 1, 2].map((s) => ({ symbol: name, time: s * 1e6, price: 1 })))];
    const strategy = { name, onBar: () => ({ side: 'buy' as const }) };
    const run = replay(sources, { bars: '1s', strategies: [strategy], time: 'simulated' });
    const { stages, signals } = await run.start().done;
    expect([Object.keys(stages.analysis.strategies), signals]).toEqual([[name], '2']);
  });
});
