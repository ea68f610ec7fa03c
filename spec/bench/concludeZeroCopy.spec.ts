import { concludeZeroCopy } from '../../bench/src/threads/concludeZeroCopy';
import { cell } from './zeroCopyCells';

describe('what the zero-copy table concludes', () => {
  it('the factors by own work, and the cells in which the guide’s claim holds', () => {
    const cells = [
      cell([6, 9], [1, 3]),
      cell([6, 9], [3, 3], { own: 25 }),
      cell([6, 9], [1, 3], { gapMs: 2 }),
      cell([6, 9], [3, 6], { gapMs: 2, own: 25 }),
    ];
    const [head, ...lines] = concludeZeroCopy(cells);
    expect(head).toMatch(/^one list a hand-over, .* \(the guide: 3–8 ×, from 5–15 % and 20–40 %\)/);
    expect(lines).toEqual([
      'one list, 10/20 µs of own work: 6.0 · 3.0 (6.0 · 3.0) at 1 ms, 6.0 · 3.0 (6.0 · 3.0) at 2 ms',
      'one list, 25/50 µs of own work: 2.0 · 3.0 (2.0 · 3.0) at 1 ms, 2.0 · 1.5 (2.0 · 1.5) at 2 ms',
      'one list: 3 × or more: first edge in 2 of 4 cells, second in 3, both in 2 (10 µs at 1, 2 ms)',
      'one list: zero copy below 2 % and 5 %: first edge in 2 of 4 cells, second in 3, both in 2 (10 µs at 1, 2 ms)',
      'other processes took at most 25.0 % of the machine during a run',
    ]);
  });

  it('each number of lists by itself; there is no factor over nothing', () => {
    const lines = concludeZeroCopy([
      cell([6, 9], [1, 3]),
      cell([6, 9], [0, 3], { lists: 5 }),
      cell([6, 9], [1, 3], { lists: 5, own: 25, gapMs: 2 }),
    ]);
    expect(lines.filter((line) => line.includes('µs of own work'))).toEqual([
      'one list, 10/20 µs of own work: 6.0 · 3.0 (6.0 · 3.0) at 1 ms',
      '5 lists, 10/20 µs of own work: - · 3.0 (- · 3.0) at 1 ms',
      '5 lists, 25/50 µs of own work: 6.0 · 3.0 (6.0 · 3.0) at 2 ms',
    ]);
  });

  it('nothing of no cells', () => {
    expect(concludeZeroCopy([])).toEqual([]);
  });
});
