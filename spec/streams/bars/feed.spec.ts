import type { Item, RowBatch, RowSource } from '../../../streams';
import { Feed } from '../../../streams';
import { fromTicks } from '../../../streams/sources';
import { brief, historyOf, itemsOf, S, tick, ticksOf } from '../given';

const order = (items: readonly Item[]): string => items.map(brief).join(' ');

test('merges its sources by time, equal times in their order', () => {
  const items = itemsOf([ticksOf('A 1 1', 'A 2 1'), ticksOf('B 0 2', 'B 2 2')], historyOf('tick'));
  expect(order(items)).toBe('B[0,0) A[1,1) A[2,2) B[2,2)');
});

test('counts rows, bars, symbols, and tells when the first row was', () => {
  const feed = new Feed([ticksOf('A 1 1', 'B 1.5 1', 'A 2 1')], historyOf('1s'));
  expect(feed.counts()).toMatchObject({ rows: 0, base: 0, start: undefined, progress: 0 });
  expect([...(feed.chunks() as Iterable<readonly Item[]>)].flat()).toHaveLength(3);
  expect(feed.counts()).toEqual({
    rows: 3,
    base: 3,
    late: 0,
    outOfOrder: 0,
    badRows: 0,
    symbols: ['A', 'B'],
    start: S,
    progress: 1,
  });
});

test('of no source at all there is nothing, and all of it is read', () => {
  const feed = new Feed([], historyOf('1s', ['5s']));
  expect([...(feed.chunks() as Iterable<readonly Item[]>)].flat()).toEqual([]);
  expect(feed.counts().progress).toBe(1);
});

describe('a chunk', () => {
  const many = (rows: number): RowSource =>
    fromTicks(
      Array.from({ length: rows }, (_, row) => ({
        symbol: `S${row % 7}`,
        time: row * S,
        price: row,
      })),
    );
  const chunksOf = (rows: number, bars: string): readonly (readonly Item[])[] => [
    ...(new Feed([many(rows)], historyOf(bars)).chunks() as Iterable<readonly Item[]>),
  ];

  test.each(['tick', '1s', '7s'])(
    'of bars of %s is small, however many rows a batch has',
    (bars) => {
      const chunks = chunksOf(4000, bars);
      expect(Math.max(...chunks.map(({ length }) => length))).toBeLessThan(520);
      expect(chunks.flat().map(({ bar }) => bar?.open)).toEqual(
        Array.from({ length: 4000 }, (_, row) => row),
      );
    },
  );

  test('counts the rows that went into it, and no later ones', () => {
    const feed = new Feed([many(4000)], historyOf('tick'));
    let items = 0;
    for (const chunk of feed.chunks() as Iterable<readonly Item[]>) {
      items += chunk.length;
      expect(feed.counts().rows).toBe(items);
    }
    expect(items).toBe(4000);
  });
});

describe('the session', () => {
  const source = (): RowSource => ticksOf('A 0 1', 'A 1 1', 'A 2 1', 'A 3 1', 'A 4 1');

  test.each([
    ['from', { from: 2 * S }, 'A[2,3) A[3,4) A[4,5)open'],
    ['to', { to: 2 * S }, 'A[0,1) A[1,2)'],
    ['both, half-open', { from: S, to: 3 * S }, 'A[1,2) A[2,3)'],
    ['between two rows', { from: 1.5 * S, to: 2.5 * S }, 'A[2,3)open'],
    ['before all data', { to: 0 }, ''],
    ['after all data', { from: 5 * S }, ''],
    ['around all data', { from: -S, to: 9 * S }, 'A[0,1) A[1,2) A[2,3) A[3,4) A[4,5)'],
  ])('%s', (_title, session, expected) => {
    expect(order(itemsOf([source()], historyOf('1s'), session))).toBe(expected);
  });

  test('its clock starts with it, else with the first row', () => {
    const history = historyOf('1s');
    const feed = new Feed([source()], history, { from: 1.5 * S });
    expect(feed.origin).toBe(1.5 * S);
    const other = new Feed([ticksOf('A 7 1')], history);
    expect([...(other.chunks() as Iterable<readonly Item[]>)].length).toBeGreaterThan(0);
    expect(other.origin).toBe(7 * S);
  });

  test('what comes after it is not read', () => {
    let pulled = 0;
    function* endless(): Generator<RowBatch> {
      for (;;) {
        const [batch] = ticksOf(`A ${pulled} 1`).batches() as Iterable<RowBatch>;
        pulled += 1;
        yield batch as RowBatch;
      }
    }
    const items = itemsOf([{ ...source(), batches: endless }], historyOf('1s'), { to: 3 * S });
    expect(order(items)).toBe('A[0,1) A[1,2) A[2,3)');
    expect(pulled).toBe(4);
  });
});

describe('returned early', () => {
  test('closes a source that it waits for, at once', async () => {
    let returned = 0;
    const stuck: RowSource = {
      ...fromTicks([]),
      batches: () => ({
        [Symbol.asyncIterator]: () => ({
          next: () => new Promise<IteratorResult<RowBatch>>(() => undefined),
          return: () => {
            returned += 1;
            return Promise.resolve({ done: true as const, value: undefined });
          },
        }),
      }),
    };
    const feed = new Feed([stuck], historyOf('1s'));
    const iterator = (feed.chunks() as AsyncIterable<readonly Item[]>)[Symbol.asyncIterator]();
    void iterator.next();
    void iterator.return?.();
    await Promise.resolve();
    expect(returned).toBe(1);
  });

  test('says when an asynchronous source is closed, also when it came to its end by itself', async () => {
    async function* rows(): AsyncGenerator<ReturnType<typeof tick>> {
      yield await Promise.resolve(tick('A 0 1'));
      yield tick('A 1 1');
    }
    for (const takes of [1, 10]) {
      const feed = new Feed([fromTicks(rows())], historyOf('tick'));
      let taken = 0;
      for await (const items of feed.chunks() as AsyncIterable<readonly Item[]>) {
        taken += items.length;
        if (taken >= takes) break;
      }
      await feed.freed;
      expect(taken).toBe(2);
    }
  });
});
