import { fromTicks } from '../../../streams/sources';
import { brief, historyOf, itemsOf, recorded, said, S, tick, ticksOf } from '../given';
import { Feed } from '../../../streams';
import type { Bar, Item } from '../../../streams';

const order = (items: readonly Item[]): string => items.map(brief).join(' ');
const rows = (items: readonly Item[]): string[] =>
  items.flatMap(({ bar }) => (bar === undefined ? [] : [said(bar)]));

describe('a window', () => {
  test('holds first, greatest, least and last price, the sum of sizes and the number of rows', () => {
    const items = itemsOf(
      [ticksOf('A 0 10 x1', 'A 0.2 12 x2', 'A 0.5 9 x4', 'A 0.9 11 x8', 'A 1 99')],
      historyOf('1s'),
    );
    expect(rows(items)[0]).toBe('A 1s [0,1) 10 12 9 11 v15 n4');
  });

  test.each([
    [
      'a tick at its end belongs to the next one',
      ['A 0 1', 'A 1 2', 'A 2 3'],
      'A[0,1) A[1,2) A[2,3)open',
    ],
    [
      'it is aligned to the epoch, wherever the first tick stands',
      ['A 7.9 1', 'A 8 2'],
      'A[7,8) A[8,9)open',
    ],
    ['times before the epoch have theirs', ['A -0.5 1', 'A 0 1'], 'A[-1,0) A[0,1)open'],
    ['an empty one gives no bar', ['A 0 1', 'A 5.5 2'], 'A[0,1) A[5,6)open'],
    ['one single tick makes one', ['A 3.25 1'], 'A[3,4)open'],
  ])('%s', (_title, texts, expected) => {
    expect(order(itemsOf([ticksOf(...texts)], historyOf('1s')))).toBe(expected);
  });

  test("closes every symbol's bar when the merged time reaches its end, in order of first appearance", () => {
    const items = itemsOf(
      [ticksOf('B 0 1', 'A 0.1 1', 'C 0.2 1', 'A 1.1 1', 'C 1.2 1', 'B 1.3 1', 'A 2 1')],
      historyOf('1s'),
    );
    expect(order(items)).toBe('B[0,1) A[0,1) C[0,1) B[1,2) A[1,2) C[1,2) A[2,3)open');
  });

  test('zero sizes and negative prices are real', () => {
    const items = itemsOf([ticksOf('A 0 -37.6 x0', 'A 0.5 -40 x2', 'A 1 -1')], historyOf('1s'));
    expect(rows(items)[0]).toBe('A 1s [0,1) -37.6 -37.6 -40 -40 v2 n2');
  });

  test('there is none where there are no rows', () => {
    expect(itemsOf([fromTicks([])], historyOf('1s', ['5s']))).toEqual([]);
  });
});

describe('a watermark', () => {
  const watermarks = (...texts: readonly string[]): string =>
    order(itemsOf([ticksOf(...texts)], historyOf('1s', ['2s', '6s'])));

  test('comes after the last base bar that ends where a derived window does', () => {
    expect(watermarks('A 0 1', 'B 1 1', 'A 1.5 1', 'B 2 1')).toBe(
      'A[0,1) A[1,2) B[1,2) W2 B[2,3)open W3.',
    );
  });

  test('is one for all derived windows that end there', () => {
    expect(watermarks('A 5 1', 'A 6 1')).toBe('A[5,6) W6 A[6,7)open W7.');
  });

  test('comes also where no base bar closes, and over a gap, each at its own time', () => {
    expect(watermarks('A 0 1', 'A 60 1')).toBe('A[0,1) W2 W6 A[60,61)open W61.');
  });

  test('comes nowhere else: no derived window is open, none ends', () => {
    expect(watermarks('A 1 1', 'A 20.5 1')).toBe('A[1,2) W2 W6 A[20,21)open W21.');
    expect(order(itemsOf([ticksOf('A 0 1', 'A 9 1')], historyOf('1s')))).toBe('A[0,1) A[9,10)open');
  });

  test('carries the pin of all base rows before it', () => {
    const items = itemsOf([ticksOf('A 0 1', 'B 0 1', 'A 2 1')], historyOf('1s', ['2s']));
    expect(items.map((item) => `${brief(item)}:${item.base}`).slice(0, 3)).toEqual([
      'A[0,1):1',
      'B[0,1):2',
      'W2:2',
    ]);
  });
});

describe('at the end of the stream', () => {
  test('what is still open is unfinished, and one last watermark follows', () => {
    expect(order(itemsOf([ticksOf('A 0 1', 'B 1.5 1')], historyOf('1s', ['5s'])))).toBe(
      'A[0,1) B[1,2)open W2.',
    );
  });

  test('a session that goes on closes what ends in it', () => {
    const items = itemsOf([ticksOf('A 0 1', 'B 1.5 1')], historyOf('1s', ['5s']), { to: 7 * S });
    expect(order(items)).toBe('A[0,1) B[1,2) W5 W7.');
  });

  test('an unfinished bar is no row of history', () => {
    const history = historyOf('1s');
    itemsOf([ticksOf('A 0 1', 'A 1 1')], history);
    expect(history.base).toBe(1);
  });
});

describe('the interval tick', () => {
  test('makes every tick a bar of its own, complete at once', () => {
    expect(rows(itemsOf([ticksOf('A 0 1 x2', 'A 0 3', 'B 1 2')], historyOf('tick')))).toEqual([
      'A tick [0,0) 1 1 1 1 v2 n1',
      'A tick [0,0) 3 3 3 3 v0 n1',
      'B tick [1,1) 2 2 2 2 v0 n1',
    ]);
  });

  test("has watermarks before the tick that lies at a derived window's end", () => {
    expect(order(itemsOf([ticksOf('A 0.5 1', 'A 1 1', 'A 7 1')], historyOf('tick', ['1s'])))).toBe(
      'A[0.5,0.5) W1 A[1,1) W2 A[7,7) W7.',
    );
  });
});

describe('recorded bars', () => {
  test('of the base interval pass as they are', () => {
    const items = itemsOf(
      [
        recorded(
          [
            ['A', 0, 5, 9, 1, 7, 10],
            ['B', 0, 1, 2, 1, 2, 20],
            ['A', 60, 7, 8, 6, 6, 30],
          ],
          60 * S,
        ),
      ],
      historyOf('1m'),
    );
    expect(rows(items)).toEqual([
      'A 1m [0,60) 5 9 1 7 v10 n1',
      'B 1m [0,60) 1 2 1 2 v20 n1',
      'A 1m [60,120) 7 8 6 6 v30 n1',
    ]);
  });

  test('make bars of a multiple, and the last of them is complete if its last minute was there', () => {
    const minutes = [0, 1, 2, 3, 4, 5].map(
      (minute) => ['A', minute * 60, minute, minute + 0.5, minute - 0.5, minute, 1] as const,
    );
    expect(rows(itemsOf([recorded(minutes.slice(0, 5), 60 * S)], historyOf('5m')))).toEqual([
      'A 5m [0,300) 0 4.5 -0.5 4 v5 n5',
    ]);
    expect(rows(itemsOf([recorded(minutes, 60 * S)], historyOf('5m')))[1]).toBe(
      'A 5m [300,600) 5 5.5 4.5 5 v1 n1 open',
    );
  });

  const rows30 = [30, 90].map((second) => ['A', second, 1, 1, 1, 1, 1] as const);

  test('of the base interval keep their windows', () => {
    const items = itemsOf([recorded(rows30, 60 * S)], historyOf('1m'));
    expect(order(items)).toBe('A[30,90) A[90,150)');
  });

  test('of a shorter one belong to the window in which they end, so that none is known before', () => {
    const items = itemsOf([recorded(rows30, 60 * S)], historyOf('2m'));
    expect(order(items)).toBe('A[0,120) A[120,240)open');
  });
});

test('a late row, whose window has closed, is counted and makes no bar', () => {
  for (const [bars, texts, count] of [
    ['1s', ['A 2', 'A 3', 'A 0.5', 'A 3.1', 'B 2.5'], 1],
    ['tick', ['A 2', 'A 3', 'A 0.5', 'A 3.1', 'B 2.5'], 3],
  ] as const) {
    const history = historyOf(bars);
    const unordered = texts.map((text) => tick(`${text} 1`));
    const source = {
      ...fromTicks([]),
      batches: () => [
        {
          length: unordered.length,
          symbols: ['A', 'B'],
          symbol: Uint32Array.from(unordered, ({ symbol }) => (symbol === 'A' ? 0 : 1)),
          time: Float64Array.from(unordered, ({ time }) => time),
          ...ohlc(Float64Array.from(unordered, ({ price }) => price)),
          volume: new Float64Array(unordered.length),
        },
      ],
    };
    const feed = new Feed([source], history);
    const items = [...(feed.chunks() as Iterable<readonly Item[]>)].flat();
    const complete = items.map(({ bar }) => bar as Bar).filter((bar) => bar.complete);
    expect(complete).toHaveLength(count);
    expect(feed.counts()).toMatchObject({ rows: 3, late: 2 });
  }
});

const ohlc = (price: Float64Array): Record<'open' | 'high' | 'low' | 'close', Float64Array> => ({
  open: price,
  high: price,
  low: price,
  close: price,
});
