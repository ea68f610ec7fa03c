import {
  othersLine,
  renderZeroCopyCell,
  summariseZeroCopy,
  ZERO_COPY_HEAD,
} from '../../../src/bench/renderZeroCopy';
import { cell } from './zeroCopyCell';

describe('the summary of bench zero-copy', () => {
  it('is summed up as a grid, with the places where it holds', () => {
    const cells = [
      cell([60, 90], [10, 30]),
      cell([60, 90], [30, 30], { ownUs: [25, 50] }),
      cell([60, 90], [10, 30], { gapMs: 2 }),
      cell([60, 90], [30, 60], { gapMs: 2, ownUs: [25, 50] }),
    ];
    expect(summariseZeroCopy(cells).split('\n')).toEqual([
      'One list a hand-over: factors on the first · second edge (the guide: 3–8 x on both)',
      'own us      1 ms          2 ms',
      '10/20       6.0 · 3.0     6.0 · 3.0',
      '25/50       2.0 · 3.0     2.0 · 1.5',
      '3 x or more: first edge in 2 of 4 cells, second in 3, both in 2 (10/20 us at 1, 2 ms)',
      'zero copy below 2 % and 5 %: first edge in 2 of 4 cells, second in 3, both in 2 (10/20 us at 1, 2 ms)',
      '',
      'Other processes took at most 25.0 % of the machine during a run.',
    ]);
  });

  it('has a grid for each number of lists, and holes for what was not measured', () => {
    const cells = [
      cell([60, 90], [10, 30]),
      cell([60, 90], [10, 30], { lists: 5, ownUs: [25, 50], gapMs: 2 }),
      cell([60, 90], [0, 30], { lists: 5 }),
    ];
    const lines = summariseZeroCopy(cells).split('\n');
    expect(lines.filter((line) => line.includes('a hand-over'))).toEqual([
      expect.stringMatching(/^One list /),
      expect.stringMatching(/^5 lists /),
    ]);
    expect(lines.filter((line) => /^\d+\/\d+ /.test(line))).toEqual([
      '10/20       6.0 · 3.0',
      '25/50       6.0 · 3.0',
      '10/20                     - · 3.0',
    ]);
  });

  it('of nothing knows that others took nothing', () => {
    expect(othersLine([])).toBe('Other processes took at most 0.0 % of the machine during a run.');
  });
});

describe('a cell of bench zero-copy', () => {
  const parts = (text: string): string[][] =>
    text.split('\n').map((line) => line.trim().split(/  +/));

  it('shows shares, counts and factors of each edge, and where the claim holds', () => {
    const [counted, seen] = parts(
      renderZeroCopyCell(
        cell([60, 90], [10, 60], { serviceFactors: [7.04, 3], seenFactors: [6, undefined] }),
      ),
    );
    expect(counted).toEqual([
      '1',
      '10/20',
      '1',
      '6.0 % (60) -> 1.0 % (10)',
      '6.0 x',
      '9.0 % (90) -> 6.0 % (60)',
      '1.5 x',
      '7.0 · 3.0',
      'first',
      'first',
    ]);
    expect(seen).toEqual(['seen', '6.0 % -> 1.0 %', '6.0 x', '9.0 % -> 6.0 %']);
  });

  it('stands under its head', () => {
    const head = ZERO_COPY_HEAD.split('\n').find((line) => line.startsWith('lists')) ?? '';
    const [line = ''] = renderZeroCopyCell(cell([60, 90], [10, 60])).split('\n');
    for (const [name, first] of [
      ['own us', '10/20'],
      ['coordinator-processor', '6.0 %'],
      ['processor-analysis', '9.0 %'],
    ] as const) {
      expect(line.slice(head.indexOf(name))).toMatch(new RegExp(`^${first}`));
    }
  });
});
