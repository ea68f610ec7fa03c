import { DerivedBars } from '../../../streams/bars/derivedBars';
import { History } from '../../../streams/bars/history';
import { parseInterval } from '../../../streams/bars/interval';
import type { Item } from '../../../streams/bars/item';
import { LiveBars } from '../../../streams/bars/liveBars';
import type { RowMark, RowBatch } from '../../../streams/bars/rows';

type Row = readonly [symbol: 'A' | 'B', time: number, price?: number];

/** Rows received 100 after their time, and the mark behind them. */
function batchOf(rows: readonly Row[], mark?: RowMark, isLive = true): RowBatch {
  const price = Float64Array.from(rows, ([, , price = 1]) => price);
  return {
    length: rows.length,
    symbols: ['A', 'B'],
    symbol: Uint32Array.from(rows, ([symbol]) => (symbol === 'A' ? 0 : 1)),
    time: Float64Array.from(rows, ([, time]) => time * 1e6),
    open: price,
    high: price,
    low: price,
    close: price,
    volume: price,
    ...(isLive
      ? {
          received: Float64Array.from(rows, ([, time]) => (time + 100) * 1e6),
          origin: new Uint8Array(rows.length),
        }
      : {}),
    ...(mark === undefined ? {} : { mark }),
  };
}

const markAt = (end: number, at: number, lost: RowMark['lost'] = []): RowMark => ({
  end: end * 1e6,
  at: at * 1e6,
  lost,
});

function build(batches: readonly RowBatch[], intervals = ['1s', '5s']) {
  const late: string[] = [];
  const bars = new LiveBars(
    new History(intervals.map((name) => parseInterval(name))),
    (origin, symbol) => late.push(`${symbol} of ${origin}`),
  );
  const out: Item[] = [];
  for (const batch of batches) bars.add(batch, 0, out);
  return { bars, out, late };
}

/** [what, its end, when it is due], in seconds. */
const shown = (items: readonly Item[]) =>
  items.map(({ bar, watermark, market }) => [
    bar === undefined ? 'mark' : bar.symbol,
    (bar?.end ?? watermark?.time ?? NaN) / 1e6,
    market / 1e6,
  ]);

describe('LiveBars', () => {
  test('rows close nothing', () => {
    expect(
      build([
        batchOf([
          ['A', 0.5],
          ['A', 3],
          ['B', 1.5],
        ]),
      ]).out,
    ).toEqual([]);
  });

  test('a mark closes what ends by it, each window once, due at its instant', () => {
    const { out, bars } = build([
      batchOf([
        ['B', 0.5],
        ['A', 0.7],
        ['A', 1.1],
      ]),
      batchOf([['A', 0.9]], markAt(1, 1.25)),
      batchOf([], markAt(2, 2.25)),
    ]);
    expect(shown(out)).toEqual([
      ['A', 1, 1.25],
      ['B', 1, 1.25],
      ['A', 2, 2.25],
    ]);
    expect(out[0]?.bar).toMatchObject({ count: 2, start: 0, complete: true });
    expect(bars.open).toBe(0);
  });

  test('a watermark closes derived windows at the mark’s instant', () => {
    const { out } = build([batchOf([['A', 3.5]], markAt(4, 4.25)), batchOf([], markAt(5, 5.25))]);
    expect(shown(out)).toEqual([
      ['A', 4, 4.25],
      ['mark', 5, 5.25],
    ]);
  });

  test('a bar says how many rows it is known to lack', () => {
    const lost = [{ symbol: 'A', end: 1e6, rows: 7 }];
    const { out } = build([
      batchOf(
        [
          ['A', 0.5],
          ['B', 0.5],
        ],
        markAt(1, 1.25, lost),
      ),
    ]);
    expect(out.map(({ bar }) => bar?.gap)).toEqual([7, undefined]);
  });

  test('rows of a window that lost all of them are missing from the symbol’s next bar', () => {
    const lost = [{ symbol: 'A', end: 1e6, rows: 7 }];
    const { out } = build([
      batchOf([['B', 0.5]], markAt(1, 1.25, lost)),
      batchOf([['A', 1.5]], markAt(2, 2.25, [{ symbol: 'A', end: 2e6, rows: 2 }])),
      batchOf([['A', 2.5]], markAt(3, 3.25)),
    ]);
    expect(out.map(({ bar }) => [bar?.symbol, bar?.gap])).toEqual([
      ['B', undefined],
      ['A', 9],
      ['A', undefined],
    ]);
  });

  test('rows that are missing before a row are missing from its bar, or from the tick itself', () => {
    const rows = batchOf(
      [
        ['A', 0.5],
        ['A', 0.6],
      ],
      markAt(1, 1.25),
    );
    const gap = Float64Array.of(0, 3);
    expect(build([{ ...rows, gap }]).out.map(({ bar }) => bar?.gap)).toEqual([3]);
    expect(build([{ ...rows, gap }], ['tick']).out.map(({ bar }) => bar?.gap)).toEqual([
      undefined,
      3,
    ]);
  });

  test('a derived bar lacks what its base bars lack', () => {
    const history = new History(['1s', '5s'].map((name) => parseInterval(name)));
    const derived = new DerivedBars(history);
    const { out } = build([
      batchOf([['A', 0.5]], markAt(1, 1.25, [{ symbol: 'A', end: 1e6, rows: 2 }])),
      batchOf([['A', 1.5]], markAt(2, 2.25, [{ symbol: 'A', end: 2e6, rows: 3 }])),
      batchOf([['A', 2.5]], markAt(5, 5.25)),
      batchOf([['A', 6.5]], markAt(10, 10.25)),
    ]);
    const gaps = out.flatMap((item) => {
      if (item.bar !== undefined) derived.add(item.symbol, item.bar);
      return item.watermark === undefined ? [] : derived.close(item, item.watermark);
    });
    expect(gaps.map(({ bar }) => bar?.gap)).toEqual([5, undefined]);
  });

  test('where every tick is a bar, it is due when it was received', () => {
    const { out } = build(
      [
        batchOf([
          ['A', 5],
          ['A', 4],
        ]),
      ],
      ['tick'],
    );
    expect(shown(out)).toEqual([
      ['A', 5, 105],
      ['A', 4, 104],
    ]);
  });

  test('rows of a history close windows by their own time, and rows received go on in the window that is open', () => {
    const { out, late } = build([
      batchOf(
        [
          ['A', 0.5],
          ['A', 1.2, 2],
        ],
        undefined,
        false,
      ),
      batchOf(
        [
          ['A', 0.8],
          ['A', 1.4, 3],
        ],
        markAt(2, 2.25),
      ),
    ]);
    expect(shown(out)).toEqual([
      ['A', 1, 1],
      ['A', 2, 2.25],
    ]);
    expect(out[1]?.bar).toMatchObject({ open: 2, close: 3, count: 2 });
    expect(late).toEqual(['A of 0']);
  });

  test('windows that no mark has closed make no bars, and their rows are counted', () => {
    const { out, bars } = build([
      batchOf([
        ['A', 0.5],
        ['B', 7],
      ]),
    ]);
    bars.finish(8e6, out);
    expect({ out, open: bars.open, rows: bars.counts().rows }).toEqual({
      out: [],
      open: 2,
      rows: 2,
    });
  });
});
