import fc from 'fast-check';
import { OverflowError } from '../../../operators';
import type { Item } from '../../../streams/bars/item';
import { RowBacklog } from '../../../streams/threads/rowBacklog';
import { itemAt } from './items';

const item = (n: number, symbol: number): Item => {
  const of = itemAt(n);
  const bar = { ...of.bar!, symbol: `S${symbol}` };
  return { ...of, bar, symbol, base: n + 1, derived: 2 * n, market: 3 * n, cause: n - 1 };
};
const watermark = (time: number, last = false): Item => ({
  ...itemAt(time),
  bar: undefined,
  watermark: { time, last },
  symbol: -1,
  market: time,
});
const unfinished = (n: number): Item => {
  const of = item(n, 1);
  return { ...of, bar: { ...of.bar!, complete: false, close: n } };
};

it('items leave in the order in which they came, with the same numbers', () => {
  const kinds = [(n: number) => item(n, n % 3), watermark, unfinished] as const;
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constant('shift' as const), fc.nat(2)), { maxLength: 40 }),
      fc.constantFrom(1, 50, 3_000),
      (steps, repeated) => {
        const backlog = new RowBacklog(Infinity, 'edge');
        const pushed: Item[] = [];
        const left: (Item | undefined)[] = [];
        for (const step of steps) {
          for (let i = 0; i < repeated; i += 1) {
            if (step === 'shift') {
              if (left.length < pushed.length) left.push(backlog.shift());
              continue;
            }
            const made = kinds[step]!(pushed.length);
            backlog.push(made);
            pushed.push(made);
          }
          expect(backlog.length).toBe(pushed.length - left.length);
        }
        while (backlog.length > 0) left.push(backlog.shift());
        expect(JSON.stringify(left)).toBe(JSON.stringify(pushed));
        expect(backlog.shift()).toBeUndefined();
      },
    ),
    { numRuns: 20 },
  );
});

it('holds so many bars and no more; watermarks take no room', () => {
  const backlog = new RowBacklog(2, 'coordinator-processor');
  backlog.push(watermark(0));
  backlog.push(item(1, 0));
  backlog.push(item(2, 0));
  backlog.push(watermark(3, true));
  expect(() => {
    backlog.push(item(4, 0));
  }).toThrow(OverflowError);
  backlog.shift();
  backlog.shift();
  backlog.push(item(5, 0));
  expect(backlog.length).toBe(3);
});

it('is empty when it is cleared', () => {
  const backlog = new RowBacklog(10, 'edge');
  backlog.push(unfinished(1));
  backlog.clear();
  backlog.push(item(2, 0));
  expect([backlog.length, backlog.shift()?.due, backlog.shift()]).toEqual([1, 2, undefined]);
});
