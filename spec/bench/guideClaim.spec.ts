import { claimOf } from '../../bench/src/threads/guideClaim';
import { cell } from './zeroCopyCells';

describe('the guide’s claim', () => {
  it.each([
    ['three times, on both edges', [6, 9], [2, 3], [true, true]],
    ['on the first alone', [6.1, 8.9], [2, 3], [true, false]],
    ['on the second alone', [5.9, 9], [2, 3], [false, true]],
    ['on neither', [5.9, 8.9], [2, 3], [false, false]],
    ['some against none', [0.1, 0.1], [0, 0], [true, true]],
    ['none against none', [0, 0], [0, 0], [false, false]],
  ] as const)('%s', (_, copying, zero, edges) => {
    expect(claimOf(cell(copying, zero)).factor).toEqual(edges);
  });

  it.each([
    [
      [1.9, 4.9],
      [true, true],
    ],
    [
      [2, 4.9],
      [false, true],
    ],
    [
      [1.9, 5],
      [true, false],
    ],
  ] as const)('zero copy below 2 and 5 %%: %j', (zero, edges) => {
    expect(claimOf(cell([50, 50], zero)).zero).toEqual(edges);
  });
});
