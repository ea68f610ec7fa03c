import { renderDiff } from '../../../src/views/renderDiff';
import { diff } from './twoRuns';

describe('renderDiff', () => {
  const text = renderDiff(diff);
  it('names both runs and says by how much they differ', () => {
    expect(text).toMatch(/^before: copying, clock-driven at speed 1, simulated time, day\.csv$/m);
    expect(text).toMatch(/processor-analysis: backpressure +300 +50 +6\.0× less/);
    expect(text).toMatch(/processor-analysis: share +30% +5% +6\.0× less/);
    expect(text).toMatch(/processor-analysis: delivered +1,000 +1,000 +same/);
    expect(text).toMatch(/other: total time +- +10\.00 ms +-/);
  });

  it('says what is gone, and what is new', () => {
    const row = { id: 'edge.overruns', of: 'edge', label: 'overruns', unit: 'events' } as const;
    const lines = renderDiff({
      ...diff,
      rows: [
        { ...row, before: '5', after: '0', factor: 0 },
        { ...row, before: '0', after: '5' },
        { ...row, before: '2', after: '5', factor: 2.5 },
      ],
    }).split('\n');
    expect(
      lines.filter((line) => line.startsWith('edge: ')).map((line) => line.split(/ +/).slice(2)),
    ).toEqual([
      ['5', '0', 'gone'],
      ['0', '5', 'new'],
      ['2', '5', '2.5×', 'more'],
    ]);
  });

  it('lines the columns up under the names of the runs', () => {
    const lines = text.split('\n');
    const head = lines.find((line) => line.endsWith('factor')) ?? '';
    const row = lines.find((line) => line.startsWith('processor-analysis: backpressure')) ?? '';
    expect(row.indexOf('300') + 3).toBe(head.indexOf('copying') + 'copying'.length);
    expect(row.indexOf(' 50') + 3).toBe(head.indexOf('zero-copy') + 'zero-copy'.length);
  });
});
