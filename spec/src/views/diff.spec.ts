import { diff } from './twoRuns';

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
