import { renderDiff } from '../../../src/views/renderDiff';
import { diff } from './twoRuns';

describe('renderDiff', () => {
  const text = renderDiff(diff);
  it('names both runs and says by how much they differ', () => {
    expect(text).toMatch(
      /^ +copying +zero-copy\n +clock-driven at speed 1, simulated +clock-driven at speed 1, simulated\n/,
    );
    expect(text).toMatch(/processor-analysis: backpressure +300 +50 +6\.0× less/);
    expect(text).toMatch(/processor-analysis: share +30% +5% +6\.0× less/);
    expect(text).toMatch(/other: total time +- +10\.00 ms +-/);
  });

  it('puts the verdicts side by side', () => {
    const row = (name: string): readonly string[] =>
      text
        .split('\n')
        .find((line) => line.startsWith(name))
        ?.split(/ {2,}/) ?? [];
    expect(row('culprit')).toEqual(['culprit', 'analysis', 'none']);
    expect(row('processor-analysis ')).toEqual(['processor-analysis', 'medium', 'low']);
    expect(row('sustainable speed')).toEqual(['sustainable speed', 'unknown', 'unknown']);
    const [, before = '', after = ''] = row('verdict');
    expect(diff.verdicts.before.startsWith(before)).toBe(true);
    expect(diff.verdicts.after.startsWith(after)).toBe(true);
  });

  it('shows what changed, and the rest with `all`', () => {
    const delivered = /processor-analysis: delivered +1,000 +1,000 +same/;
    expect(text).not.toMatch(delivered);
    expect(text).toMatch(/\n\d+ counters did not change \(--all\)$/);
    const all = renderDiff(diff, { all: true });
    expect(all).toMatch(delivered);
    expect(all).not.toContain('--all');
    expect(all.indexOf('backpressure')).toBeLessThan(all.indexOf('same'));
  });

  it('shows what the runs were asked to do differently', () => {
    const changes = [{ name: 'strategies', before: 'slow:work=400', after: 'slow:work=20' }];
    expect(renderDiff({ ...diff, changes })).toMatch(/^strategies +slow:work=400 +slow:work=20$/m);
  });

  it.each([40, 60, 100, 200])('fits %d columns above the counters', (width) => {
    const long = { ...diff, verdicts: { before: 'x'.repeat(150), after: 'word '.repeat(40) } };
    const [head = ''] = renderDiff(long, { width }).split('\n\n');
    for (const line of head.split('\n'))
      expect(line.length).toBeLessThanOrEqual(Math.max(60, width));
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
