import { claimOf, whichEdges } from '../../../src/bench/guideClaim';
import { cell } from './zeroCopyCell';

describe('the guide’s claim', () => {
  it.each([
    ['three times, on both edges', [60, 90], [20, 30], 'both'],
    ['on the first alone', [61, 89], [20, 30], 'first'],
    ['on the second alone', [59, 90], [20, 30], 'second'],
    ['on neither', [59, 89], [20, 30], 'neither'],
    ['some against none', [1, 1], [0, 0], 'both'],
    ['none against none', [0, 0], [0, 0], 'neither'],
  ] as const)('%s', (_, copying, zero, edges) => {
    expect(whichEdges(claimOf(cell(copying, zero)).factor)).toBe(edges);
  });

  it.each([
    [[19, 49], 'both'],
    [[20, 49], 'second'],
    [[19, 50], 'first'],
  ] as const)('zero copy below 2 and 5 %%: %j of a thousand', (zero, edges) => {
    expect(whichEdges(claimOf(cell([500, 500], zero)).zero)).toBe(edges);
  });
});
