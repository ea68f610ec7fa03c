import * as fc from 'fast-check';
import type { Overflow } from '../../../operators';
import { OverflowError } from '../../../operators';
import { RowQueue } from '../../../streams/live/rowQueue';

const NAMES = ['A', 'B', 'C'];
const rowOf = (ordinal: number, symbol: number, end = 10) => ({
  ordinal,
  source: 0,
  symbol,
  time: ordinal,
  received: ordinal,
  price: ordinal,
  size: 1,
  id: NaN,
  end,
});

function queueOf(capacity: number, overflow: Overflow) {
  const dropped: number[] = [];
  const queue = new RowQueue({
    capacity,
    overflow,
    nameOf: (symbol) => NAMES[symbol] as string,
    onDrop: ({ ordinal }) => {
      dropped.push(ordinal);
    },
  });
  return { queue, dropped };
}

type Entry = { readonly row: number; readonly symbol: number } | { readonly mark: number };

/** What the queue should do, on a plain array. */
function modelPush(
  entries: Entry[],
  row: number,
  symbol: number,
  capacity: number,
  overflow: Overflow,
) {
  const rows = entries.filter((entry) => 'row' in entry);
  if (rows.length < capacity) {
    entries.push({ row, symbol });
    return undefined;
  }
  if (overflow === 'dropLatest') return row;
  const same = rows.find((entry) => entry.symbol === symbol);
  const goes = overflow === 'conflate' && same !== undefined ? same : rows[0];
  entries.splice(entries.indexOf(goes as Entry), 1);
  entries.push({ row, symbol });
  return goes?.row;
}

describe('RowQueue', () => {
  test('hands out rows up to a mark, and the mark with the last of them', () => {
    const { queue } = queueOf(10, 'error');
    queue.push(rowOf(0, 0));
    queue.push(rowOf(1, 1));
    queue.mark(10, 12);
    queue.push(rowOf(2, 0, 20));
    const taken = [queue.take(1), queue.take(10), queue.take(10), queue.take(10)];
    expect(taken.map((batch) => batch && [[...batch.time], batch.mark?.at])).toEqual([
      [[0], undefined],
      [[1], 12],
      [[2], undefined],
      undefined,
    ]);
  });

  test('fails with an OverflowError where that is its policy', () => {
    const { queue } = queueOf(1, 'error');
    queue.push(rowOf(0, 0));
    expect(() => {
      queue.push(rowOf(1, 0));
    }).toThrow(OverflowError);
  });

  test('a mark says which bars lack rows, whether they were dropped before it or behind', () => {
    const { queue } = queueOf(1, 'dropOldest');
    queue.push(rowOf(0, 0, 10));
    queue.push(rowOf(1, 1, 10));
    queue.mark(10, 11);
    queue.push(rowOf(2, 0, 20));
    expect(queue.take(5)?.mark).toEqual({
      end: 10,
      at: 11,
      lost: [
        { symbol: 'A', end: 10, rows: 1 },
        { symbol: 'B', end: 10, rows: 1 },
      ],
    });
  });

  test('rows in no window are missing before the next row of their symbol', () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ push: fc.integer({ min: 0, max: 2 }) }) },
      { weight: 1, arbitrary: fc.record({ missing: fc.integer({ min: 0, max: 2 }) }) },
      { weight: 1, arbitrary: fc.constant({ mark: true as const }) },
      { weight: 2, arbitrary: fc.record({ take: fc.integer({ min: 1, max: 6 }) }) },
    );
    fc.assert(
      fc.property(
        fc.constantFrom<Overflow>('dropOldest', 'dropLatest', 'conflate'),
        fc.integer({ min: 1, max: 300 }),
        fc.array(step, { maxLength: 1_000, size: 'max' }),
        (overflow, capacity, steps) => {
          const { queue, dropped } = queueOf(capacity, overflow);
          /** In order: rows of each symbol, and places where one is missing. */
          const arrivals: (number | 'missing')[][] = [[], [], []];
          const taken: (readonly [ordinal: number, symbol: number, gap: number])[] = [];
          const take = (most: number): boolean => {
            const batch = queue.take(most);
            batch?.time.forEach((ordinal, i) => {
              taken.push([ordinal, batch.symbol[i] as number, batch.gap?.[i] ?? 0]);
            });
            return batch !== undefined;
          };
          for (const [ordinal, each] of steps.entries()) {
            if ('push' in each) {
              queue.push(rowOf(ordinal, each.push, NaN));
              arrivals[each.push]?.push(ordinal);
            } else if ('missing' in each) {
              queue.lose({ symbol: each.missing, end: NaN });
              arrivals[each.missing]?.push('missing');
            } else if ('mark' in each) queue.mark(10, ordinal);
            else take(each.take);
          }
          while (take(7));
          const survivors = new Set(taken.map(([ordinal]) => ordinal));
          const expected = arrivals.flatMap((ofSymbol, symbol) => {
            let gap = 0;
            return ofSymbol.flatMap((arrival) => {
              if (arrival === 'missing' || !survivors.has(arrival)) {
                gap += 1;
                return [];
              }
              const found = [arrival, symbol, gap];
              gap = 0;
              return [found];
            });
          });
          const byOrdinal = (a: readonly number[], b: readonly number[]) =>
            (a[0] as number) - (b[0] as number);
          expect(taken).toEqual(expected.sort(byOrdinal));
          expect(survivors.size + dropped.length).toBe(
            steps.filter((each) => 'push' in each).length,
          );
        },
      ),
      { numRuns: 40 },
    );
  });

  test('does what a plain list would do', () => {
    const step = fc.oneof(
      { weight: 6, arbitrary: fc.record({ push: fc.integer({ min: 0, max: 2 }) }) },
      { weight: 1, arbitrary: fc.constant({ mark: true as const }) },
      { weight: 2, arbitrary: fc.record({ take: fc.integer({ min: 1, max: 6 }) }) },
    );
    fc.assert(
      fc.property(
        fc.constantFrom<Overflow>('dropOldest', 'dropLatest', 'conflate'),
        fc.integer({ min: 1, max: 400 }),
        fc.array(step, { maxLength: 1_500, size: 'max' }),
        (overflow, capacity, steps) => {
          const { queue, dropped } = queueOf(capacity, overflow);
          const entries: Entry[] = [];
          const expectedDrops: number[] = [];
          const [out, expected]: [Entry[], Entry[]] = [[], []];
          let ordinal = 0;
          let marks = 0;
          for (const each of steps) {
            if ('push' in each) {
              queue.push(rowOf(ordinal, each.push));
              const gone = modelPush(entries, ordinal, each.push, capacity, overflow);
              if (gone !== undefined) expectedDrops.push(gone);
              ordinal += 1;
            } else if ('mark' in each) {
              marks += 1;
              queue.mark(10, marks);
              entries.push({ mark: marks });
            } else {
              const batch = queue.take(each.take);
              batch?.time.forEach((row, i) => {
                out.push({ row, symbol: batch.symbol[i] as number });
              });
              if (batch?.mark !== undefined) out.push({ mark: batch.mark.at });
              let rows = 0;
              while (entries.length > 0) {
                const [first] = entries as [Entry];
                if ('row' in first) {
                  if (rows === each.take) break;
                  rows += 1;
                }
                expected.push(first);
                entries.shift();
                if ('mark' in first) break;
              }
            }
            expect(queue.rows).toBe(entries.filter((entry) => 'row' in entry).length);
          }
          expect(out).toEqual(expected);
          expect(dropped).toEqual(expectedDrops);
        },
      ),
      { numRuns: 60 },
    );
  });
});
