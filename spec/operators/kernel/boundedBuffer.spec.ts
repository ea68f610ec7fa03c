import fc from 'fast-check';
import { OptionError, OverflowError } from '../../../operators';
import type { Overflow } from '../../../operators';
import { createBoundedBuffer } from '../../../operators/kernel/boundedBuffer';

const keyOf = (item: string): string => item.toLowerCase();

describe('inbox', () => {
  it.each<[Overflow, string, string, string]>([
    // pushed, left, dropped; room for three
    ['dropOldest', 'abcde', 'cde', 'ab'],
    ['dropLatest', 'abcde', 'abc', 'de'],
    ['conflate', 'abcde', 'cde', 'ab'],
    ['conflate', 'abcB', 'acB', 'b'],
    ['conflate', 'abAB', 'aAB', 'b'],
    ['conflate', 'aAAA', 'AAA', 'a'],
    ['conflate', 'abcBd', 'cBd', 'ba'],
  ])('%s: %s', (overflow, pushed, left, lost) => {
    const dropped: string[] = [];
    const inbox = createBoundedBuffer<string>({ capacity: 3, overflow, keyOf }, (item) =>
      dropped.push(item),
    );
    for (const item of pushed) inbox.push(item);
    const kept: (string | undefined)[] = [];
    while (inbox.length > 0) {
      expect(inbox.peek()).toBe(kept[kept.push(inbox.shift()) - 1] ?? '');
    }
    expect([kept.join(''), dropped.join('')]).toEqual([left, lost]);
  });

  it('error: what found no room is not in it', () => {
    const inbox = createBoundedBuffer<string>({ capacity: 1, edge: 'e' }, () => undefined);
    inbox.push('a');
    expect(() => {
      inbox.push('b');
    }).toThrow(new OverflowError('e', 1));
    expect([inbox.length, inbox.peek()]).toEqual([1, 'a']);
  });

  it('a buffer without an edge is called inbox', () => {
    const inbox = createBoundedBuffer<string>({ capacity: 1 }, () => undefined);
    inbox.push('a');
    expect(() => {
      inbox.push('b');
    }).toThrow('inbox: the buffer is full at a depth of 1.');
  });

  it('what is dropped is told when the new item is in already', () => {
    for (const overflow of ['dropOldest', 'conflate'] as const) {
      const seen: number[] = [];
      const inbox = createBoundedBuffer<string>({ capacity: 1, overflow, keyOf }, () => {
        seen.push(inbox.length);
      });
      inbox.push('a');
      inbox.push('b');
      expect(seen).toEqual([1]);
    }
  });

  it('never holds more than its capacity, loses nothing untold, and keeps order', () => {
    const anyInbox = fc.record({
      capacity: fc.integer({ min: 1, max: 5 }),
      overflow: fc.constantFrom<Overflow>('dropOldest', 'dropLatest', 'conflate'),
      steps: fc.array(fc.option(fc.nat(3), { nil: undefined })),
    });
    fc.assert(
      fc.property(anyInbox, ({ capacity, overflow, steps }) => {
        type Item = readonly [order: number, key: number];
        const out: Item[] = [];
        const dropped: Item[] = [];
        const inbox = createBoundedBuffer<Item>(
          { capacity, overflow, keyOf: ([, key]) => String(key) },
          (item) => dropped.push(item),
        );
        const pushed: Item[] = [];
        for (const [order, step] of steps.entries()) {
          if (step === undefined) {
            if (inbox.length > 0) out.push(inbox.shift() as Item);
          } else {
            pushed.push([order, step]);
            inbox.push([order, step]);
          }
          expect(inbox.length).toBeLessThanOrEqual(capacity);
        }
        while (inbox.length > 0) out.push(inbox.shift() as Item);
        const byOrder = ([a]: Item, [b]: Item): number => a - b;
        expect(out).toEqual([...out].sort(byOrder));
        expect([...out, ...dropped].sort(byOrder)).toEqual(pushed);
      }),
    );
  });

  it('an infinite capacity is one', () => {
    const inbox = createBoundedBuffer<number>({ capacity: Infinity }, () => undefined);
    for (let n = 0; n < 1_100_000; n += 1) inbox.push(n);
    expect(inbox.length).toBe(1_100_000);
  });

  it.each([0, -1, 1.5, NaN])('a capacity of %p is refused', (capacity) => {
    expect(() => createBoundedBuffer({ capacity }, () => undefined)).toThrow(OptionError);
  });

  it('is empty when it is cleared', () => {
    for (const overflow of ['error', 'conflate'] as const) {
      const inbox = createBoundedBuffer<string>({ overflow, keyOf }, () => undefined);
      inbox.push('a');
      inbox.clear();
      expect([inbox.length, inbox.peek(), inbox.shift()]).toEqual([0, undefined, undefined]);
    }
  });
});
