import { dueTimes, notReadyShares } from '../../bench/src/threads/notReadyShares';
import { fromTicks } from '../../src';

const every = (ms: number, items: number): number[] =>
  Array.from({ length: items }, (_, index) => index * ms);
const always = (ms: number, items: number): number[] => Array.from({ length: items }, () => ms);

describe('the recursion', () => {
  it.each([
    ['both keep up', 1, 1, [0, 0]],
    // A slow first stage shields the second: nobody waits there.
    ['the first is too slow', 3, 2, [0.9, 0]],
    ['the second is too slow', 1, 3, [0, 0.9]],
    ['as long as the gap', 2, 2, [0, 0]],
  ])('%s', (_, first, second, shares) => {
    const services = { processor: always(first, 10), analysis: always(second, 10) };
    expect(notReadyShares(every(2, 10), services)).toEqual(shares);
  });

  it('takes sums of the same tenths for one instant', () => {
    const services = { processor: always(0.1, 100), analysis: always(0.1, 100) };
    expect(notReadyShares(every(0.1, 100), services)).toEqual([0, 0]);
  });
});

test('rows are due when they are stamped, in milliseconds', () => {
  const stamps = [0, 1_500, 4_000];
  const source = fromTicks(stamps.map((time) => ({ symbol: 'A', time, price: 1 })));
  expect(dueTimes(source)).toEqual([0, 1.5, 4]);
});
