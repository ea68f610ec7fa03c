import { buildReport } from '../../../src/report';
import { diffOf } from '../../../src/views/diff';
import { renderDiff } from '../../../src/views/renderDiff';
import { backpressure, delivered, fold, SECOND, started, strategyWorked } from '../metrics/given';

const report = (id: string, events: number, strategy: string) =>
  buildReport(
    fold([
      started({ id }),
      delivered(SECOND, 1000, 'SPY'),
      backpressure(SECOND, events, 0, 'SPY'),
      strategyWorked(strategy, { totalMs: 10 }),
    ]),
  );
const diff = diffOf(report('copying', 300, 'same'), report('zero-copy', 50, 'other'));
const rowOf = (id: string, of?: string) => diff.rows.find((row) => row.id === id && row.of === of);

describe('diffOf', () => {
  it('puts every counter side by side, with the factor of the second', () => {
    expect(rowOf('edge.backpressure', 'processor-analysis')).toEqual({
      id: 'edge.backpressure',
      of: 'processor-analysis',
      label: 'backpressure',
      unit: 'events',
      before: '300',
      after: '50',
      factor: 50 / 300,
    });
  });

  it('leaves out what a run does not have, and factors of nothing', () => {
    expect(rowOf('strategy.totalMs', 'same')).not.toHaveProperty('after');
    expect(rowOf('strategy.totalMs', 'other')).not.toHaveProperty('before');
    expect(rowOf('edge.overruns', 'processor-analysis')).not.toHaveProperty('factor');
  });

  it('keeps the counters of one thing together', () => {
    const things = diff.rows.map(({ id, of }) => `${id.split('.')[0]} ${of}`);
    const changes = things.filter((thing, index) => thing !== things[index - 1]);
    expect(changes.filter((thing) => !thing.endsWith('undefined'))).toHaveLength(
      new Set(things.filter((thing) => !thing.endsWith('undefined'))).size,
    );
  });
});

describe('renderDiff', () => {
  const text = renderDiff(diff);
  it('names both runs and says by how much they differ', () => {
    expect(text).toMatch(/^before: copying, clock-driven at speed 1, simulated time, day\.csv$/m);
    expect(text).toMatch(/processor-analysis: backpressure +300 +50 +6\.0× less/);
    expect(text).toMatch(/processor-analysis: share +30% +5% +6\.0× less/);
    expect(text).toMatch(/processor-analysis: delivered +1,000 +1,000 +same/);
    expect(text).toMatch(/other: total time +- +10\.00 ms +-/);
  });
});
