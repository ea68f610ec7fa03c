import { OverflowError } from '../../../operators';
import { createBoundedBuffer } from '../../../operators/kernel/boundedBuffer';
import type { Overflow } from '../../../operators';

/**
 * Capitals are items to count, small letters are none, a dot takes the oldest; what lies in the inbox in
 * the end, and what was dropped.
 */
function pushed(overflow: Overflow, items: string): { left: string; dropped: string } {
  let dropped = '';
  const inbox = createBoundedBuffer<string>(
    { capacity: 2, overflow, keyOf: (item) => item, isCounted: (item) => item < 'a' },
    (item) => (dropped += item),
  );
  for (const item of items) {
    if (item === '.') inbox.shift();
    else inbox.push(item);
  }
  let left = '';
  while (inbox.length > 0) left += inbox.shift() as string;
  return { left, dropped };
}

describe('an item that is none to count takes no room and is never dropped', () => {
  test.each<[Overflow, string, string, string]>([
    ['dropOldest', 'aABbCcDdE', 'abcDdE', 'ABC'],
    ['dropLatest', 'aABbCcDd', 'aABbcd', 'CD'],
    ['conflate', 'aABbAcCd', 'abAcCd', 'AB'],
    ['conflate', 'aABbCcDdE', 'abcDdE', 'ABC'],
    ['error', 'abAcdBefg', 'abAcdBefg', ''],
    ['dropLatest', 'ab.ABC', 'bAB', 'C'],
    ['dropLatest', 'Aab.BCD', 'abBC', 'D'],
  ])('%s: %s', (overflow, items, left, dropped) => {
    expect(pushed(overflow, items)).toEqual({ left, dropped });
  });

  test('where there is none to take, nobody is asked whether it counts', () => {
    const counts = jest.fn(() => false);
    createBoundedBuffer<string>({ isCounted: counts }, () => undefined).shift();
    expect(counts).not.toHaveBeenCalled();
  });

  test('error: the depth is that of the items to count', () => {
    expect(() => pushed('error', 'abAcBC')).toThrow(OverflowError);
    expect(() => pushed('error', 'abAcBC')).toThrow('at a depth of 2');
  });
});
