import fc from 'fast-check';
import { OptionError } from '../../../operators';
import type { Bar, ReadonlyFloats } from '../../../streams';
import { historyOf, S } from '../given';

const bar = (symbol: string, second: number, interval = '1s'): Bar => ({
  symbol,
  interval,
  start: second * S,
  end: (second + 1) * S,
  open: second,
  high: second + 0.5,
  low: second - 0.5,
  close: second + 0.25,
  volume: second * 10,
  count: 1,
  complete: true,
});

/** Behind the type there is a typed array. */
const memoryOf = (column: ReadonlyFloats): ArrayBufferLike => (column as Float64Array).buffer;

test('a view holds the rows up to its pin, the newest last, and tells them by column', () => {
  const history = historyOf('1s');
  for (let second = 0; second < 5; second += 1) history.appendBase(0, bar('A', second));
  const view = history.view('A', '1s', { base: 3, derived: 0 });
  expect([view.symbol, view.interval, view.length, view.time]).toEqual(['A', '1s', 3, 3 * S]);
  expect([...view.start]).toEqual([0, S, 2 * S]);
  expect([...view.end]).toEqual([S, 2 * S, 3 * S]);
  expect([...view.open]).toEqual([0, 1, 2]);
  expect([...view.high]).toEqual([0.5, 1.5, 2.5]);
  expect([...view.low]).toEqual([-0.5, 0.5, 1.5]);
  expect([...view.close]).toEqual([0.25, 1.25, 2.25]);
  expect([...view.volume]).toEqual([0, 10, 20]);
  expect([
    view.last('close'),
    view.last('close', 2),
    view.last('close', 3),
    view.last('close', -1),
  ]).toEqual([2.25, 0.25, undefined, undefined]);
});

test('nothing is copied: views share the memory of the series', () => {
  const history = historyOf('1s');
  history.appendBase(0, bar('A', 0));
  const pin = { base: 1, derived: 0 };
  expect(memoryOf(history.view('A', '1s', pin).close)).toBe(
    memoryOf(history.view('A', '1s', pin).open),
  );
});

test('a column is made once, however often it is asked for', () => {
  const history = historyOf('1s');
  history.appendBase(0, bar('A', 0));
  const view = history.view('A', '1s', { base: 1, derived: 0 });
  for (const column of ['start', 'end', 'open', 'high', 'low', 'close', 'volume'] as const) {
    expect(view[column]).toBe(view[column]);
  }
});

test('columns are typed to be read: what would write is a type error, and so is a way to the future', () => {
  const history = historyOf('1s');
  for (let second = 0; second < 3; second += 1) history.appendBase(0, bar('A', second));
  const { close } = history.view('A', '1s', { base: 3, derived: 0 });
  const forbidden: readonly (keyof ReadonlyFloats)[] = [
    // @ts-expect-error: the series and every other view read the same numbers
    'reverse',
    // @ts-expect-error: the same
    'sort',
    // @ts-expect-error: the same
    'fill',
    // @ts-expect-error: the same
    'set',
    // @ts-expect-error: the same
    'copyWithin',
    // @ts-expect-error: rows that are still to come lie in it
    'buffer',
  ];
  expect(forbidden.every((name) => name in close)).toBe(true);
  const write = (): void => {
    // @ts-expect-error: the same
    close[0] = 0;
  };
  // @ts-expect-error: whoever took it for one could write
  const whole: Float64Array = close;
  // @ts-expect-error: the same of a part
  const part: Float64Array = close.subarray(1);
  expect([write.length, whole.length, part.length]).toEqual([0, 3, 2]);
  expect([close.at(-1), close[0], close.length, close.includes(1.25)]).toEqual([
    2.25,
    0.25,
    3,
    true,
  ]);
  expect([...close.subarray(1)]).toEqual([1.25, 2.25]);
  expect(close.reduce((sum, price) => sum + price, 0)).toBe(3.75);
  expect([...close.slice().reverse()]).toEqual([2.25, 1.25, 0.25]);
  expect([...close]).toEqual([0.25, 1.25, 2.25]);
});

test('of what is not there, there is an empty view', () => {
  const history = historyOf('1s', ['5s']);
  history.appendBase(0, bar('A', 0));
  for (const [symbol, interval, base] of [
    ['B', '1s', 1],
    ['A', '5s', 1],
    ['A', '1s', 0],
  ] as const) {
    const view = history.view(symbol, interval, { base, derived: 0 });
    expect([view.length, view.time, view.last('close'), view.close.length]).toEqual([
      0,
      undefined,
      undefined,
      0,
    ]);
  }
});

test('of an interval that the run has not got, there is an error that names those it has', () => {
  const history = historyOf('1s', ['5s', '1m']);
  expect(() => history.view('A', '5m', { base: 0, derived: 0 })).toThrow(
    new OptionError('interval', '5m', 'one of 1s, 5s, 1m'),
  );
});

test('base rows are pinned in the order of all symbols, derived ones by what was emitted', () => {
  const history = historyOf('1s', ['5s']);
  history.appendBase(0, bar('A', 0));
  history.appendBase(1, bar('B', 0));
  history.appendBase(0, bar('A', 1));
  history.appendDerived(1, 0, bar('A', 0, '5s'));
  history.appendDerived(1, 1, bar('B', 0, '5s'));
  const lengths = (base: number, derived: number): number[] =>
    [
      ['A', '1s'],
      ['B', '1s'],
      ['A', '5s'],
      ['B', '5s'],
    ].map(
      ([symbol, interval]) =>
        history.view(symbol as string, interval as string, { base, derived }).length,
    );
  expect(lengths(1, 0)).toEqual([1, 0, 0, 0]);
  expect(lengths(2, 1)).toEqual([1, 1, 1, 0]);
  expect(lengths(3, 2)).toEqual([2, 1, 1, 1]);
});

test('the list of symbols is pinned as well', () => {
  const history = historyOf('1s');
  ['A', 'B', 'C'].forEach((symbol, index) => history.appendBase(index, bar(symbol, 0)));
  const seen = [1, 3, 2, 0].map((base) => history.symbols({ base, derived: 0 }));
  expect(seen).toEqual([['A'], ['A', 'B', 'C'], ['A', 'B'], []]);
});

describe('retention', () => {
  test('memory is bounded by the retention and the distance to the slowest reader', () => {
    const history = historyOf('1s', [], 100);
    let bytes = 0;
    for (let second = 0; second < 50_000; second += 1) {
      history.appendBase(0, bar('A', second));
      if (second > 300) history.reached({ base: second - 300, derived: 0 });
      const pin = { base: history.base, derived: 0 };
      if (second % 1_000 === 0) {
        bytes = Math.max(bytes, memoryOf(history.view('A', '1s', pin).close).byteLength);
      }
    }
    expect(bytes).toBeLessThanOrEqual(4 * 400 * 9 * 8);
  });

  test('while nobody has come anywhere, nothing is left behind', () => {
    const history = historyOf('1s', [], 2);
    for (let second = 0; second < 1_000; second += 1) history.appendBase(0, bar('A', second));
    expect([...history.view('A', '1s', { base: 2, derived: 0 }).start]).toEqual([0, S]);
  });

  test('a view that is held, across an await say, goes on telling what was there', () => {
    const history = historyOf('1s', [], 3);
    for (let second = 0; second < 10; second += 1) history.appendBase(0, bar('A', second));
    const view = history.view('A', '1s', { base: 10, derived: 0 });
    const before = [...view.start];
    for (let second = 10; second < 5_000; second += 1) {
      history.reached({ base: second, derived: 0 });
      history.appendBase(0, bar('A', second));
    }
    expect([...view.start]).toEqual(before);
    expect(before).toEqual([7 * S, 8 * S, 9 * S]);
  });

  test('whatever the lag, every reader finds the same rows: as many as are retained, or all there were', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.array(fc.record({ symbol: fc.nat(2), reads: fc.boolean() }), { maxLength: 400 }),
        (retention, steps) => {
          const history = historyOf('1s', [], retention);
          const written: number[][] = [[], [], []];
          const unread: { pin: number; seen: number[][] }[] = [];
          steps.forEach(({ symbol, reads }, order) => {
            history.appendBase(symbol, bar('ABC'[symbol] as string, order));
            (written[symbol] as number[]).push(order * S);
            unread.push({ pin: order + 1, seen: written.map((rows) => rows.slice(-retention)) });
            if (!reads) return;
            const { pin, seen } = unread.shift() as (typeof unread)[number];
            history.reached({ base: pin, derived: 0 });
            const views = ['A', 'B', 'C'].map((name) =>
              Array.from(history.view(name, '1s', { base: pin, derived: 0 }).start),
            );
            expect(views).toEqual(seen);
          });
        },
      ),
    );
  });
});
