import fc from 'fast-check';
import { Heap } from '../../../operators/kernel/heap';

const heapOf = (items: readonly number[]): Heap<number> => {
  const heap = new Heap<number>((a, b) => a < b);
  for (const item of items) heap.push(item);
  return heap;
};
const drained = (heap: Heap<number>): number[] => {
  const out: number[] = [];
  while (heap.length > 0) out.push(heap.pop() as number);
  return out;
};
const sorted = (items: readonly number[]): number[] => [...items].sort((a, b) => a - b);
const numbers = fc.array(fc.integer());

describe('Heap', () => {
  it('gives everything in order', () => {
    fc.assert(
      fc.property(numbers, (items) => {
        expect(drained(heapOf(items))).toEqual(sorted(items));
      }),
    );
  });

  it('has the least at hand', () => {
    fc.assert(
      fc.property(numbers, (items) => {
        expect(heapOf(items).peek()).toBe(sorted(items)[0]);
      }),
    );
  });

  it('keeps what passes a test, in order', () => {
    fc.assert(
      fc.property(numbers, (items) => {
        const heap = heapOf(items);
        heap.keep((n) => n % 2 === 0);
        expect(drained(heap)).toEqual(sorted(items.filter((n) => n % 2 === 0)));
      }),
    );
  });

  it('settles a top that has changed its place', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), fc.nat(), (items, more) => {
        const heap = new Heap<{ n: number }>((a, b) => a.n < b.n);
        for (const n of items) heap.push({ n });
        const top = heap.peek() as { n: number };
        top.n += more;
        heap.settleTop();
        const out: number[] = [];
        while (heap.length > 0) out.push((heap.pop() as { n: number }).n);
        const [least, ...rest] = sorted(items);
        expect(out).toEqual(sorted([(least as number) + more, ...rest]));
      }),
    );
  });

  it('is empty when it is cleared, and has nothing then', () => {
    const heap = heapOf([1, 2]);
    heap.clear();
    heap.settleTop();
    expect([heap.length, heap.peek(), heap.pop()]).toEqual([0, undefined, undefined]);
  });
});
