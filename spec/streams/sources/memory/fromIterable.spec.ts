import type { Bar, Tick } from '../../../../streams/bars/bar';
import type { RowBatch } from '../../../../streams/bars/rows';
import { pipeline } from '../../../../streams';
import {
  fromBars,
  fromColumns,
  fromQuotes,
  fromTicks,
  SourceError,
} from '../../../../streams/sources';
import type { FromBarsOptions, FromTicksOptions } from '../../../../streams/sources';
import { S } from '../../given';
import { readRows, rowsOf } from '../readAll';

const tick = (time: number): Tick => ({ symbol: 'A', time, price: time + 0.5 });

test('ticks of a synchronous iterable come synchronously, their size is 0 unless given', () => {
  const batches = fromTicks([tick(1), { ...tick(2), size: 3 }]).batches() as Iterable<RowBatch>;
  expect([...batches].flatMap(rowsOf)).toEqual([
    { symbol: 'A', time: 1, open: 1.5, high: 1.5, low: 1.5, close: 1.5, volume: 0 },
    { symbol: 'A', time: 2, open: 2.5, high: 2.5, low: 2.5, close: 2.5, volume: 3 },
  ]);
});

test('batches have up to 4096 rows; rows and progress are told', () => {
  const source = fromTicks(Array.from({ length: 5000 }, (_, time) => tick(time)));
  expect(source.progress()).toBe(0);
  const lengths = [...(source.batches() as Iterable<RowBatch>)].map((batch) => batch.length);
  expect(lengths).toEqual([4096, 904]);
  expect(source.counts()).toEqual({ rows: 5000, outOfOrder: 0, badRows: 0 });
  expect(source.progress()).toBe(1);
});

test('ticks of an asynchronous iterable are handed out when the next one has to be waited for', async () => {
  let go: () => void = () => undefined;
  async function* feed(): AsyncGenerator<Tick> {
    yield tick(1);
    yield tick(2);
    await new Promise<void>((resolve) => {
      go = resolve;
    });
    yield tick(3);
  }
  const batches = (fromTicks(feed()).batches() as AsyncIterable<RowBatch>)[Symbol.asyncIterator]();
  expect((await batches.next()).value).toMatchObject({ length: 2 });
  go();
  expect((await batches.next()).value).toMatchObject({ length: 1 });
  expect((await batches.next()).done).toBe(true);
});

test('bars keep their four prices', async () => {
  const bar: Bar = {
    symbol: 'A',
    interval: '1m',
    start: 60e6,
    end: 120e6,
    open: 1,
    high: 4,
    low: 0.5,
    close: 2,
    volume: 7,
    count: 3,
    complete: true,
  };
  const source = fromBars([bar], { interval: 60e6 });
  expect(source.interval).toBe(60e6);
  expect(await readRows(source.batches())).toEqual([
    { symbol: 'A', time: 60e6, open: 1, high: 4, low: 0.5, close: 2, volume: 7 },
  ]);
});

describe('bars that are not as long as the interval', () => {
  const bar = (start: number, end: number, high = 4): Bar => ({
    ...{ symbol: 'A', interval: '1s', start: start * S, end: end * S, open: 1, high, low: 0.5 },
    ...{ close: 2, volume: 7, count: 3, complete: true },
  });
  const IRREGULAR = [bar(0, 3), bar(4, 40, 9), bar(40, 41)];
  const run = async (bars: readonly Bar[], options: Partial<FromBarsOptions>) => {
    const running = pipeline([fromBars(bars, { interval: S, ...options })], { bars: '1s' });
    const seen: Bar[] = [];
    running.bars$.subscribe((one) => seen.push(one));
    running.start();
    return { ...(await running.ended), seen };
  };

  test('are refused, with what to do', async () => {
    const { outcome, error } = await run(IRREGULAR, {});
    expect(outcome).toBe('failed');
    expect((error as Error).message).toMatch(
      /bars:1: has a bar of A from 0 to 3000000 µs, which is not 1000000 µs long/,
    );
  });

  test('or are replayed at their own ends where that is allowed: nothing of them is altered', async () => {
    const { outcome, seen } = await run(IRREGULAR, { irregular: true });
    expect(outcome).toBe('done');
    expect(seen).toEqual(IRREGULAR);
  });

  test.each<[string, Bar[], RegExp]>([
    ['in order of their ends', [bar(0, 5), bar(1, 4)], /behind one that ends at 5000000/],
    ['with one end for one start', [bar(0, 5), bar(0, 6)], /another one from there to 5000000/],
    ['with a length', [bar(3, 3)], /has no length/],
  ])('%s', async (_title, bars, message) => {
    const { error } = await run(bars, { irregular: true });
    expect((error as Error).message).toMatch(message);
  });

  test('are the only source of a run, at their own interval', () => {
    const irregular = () => fromBars([], { interval: S, irregular: true });
    expect(() => pipeline([irregular(), fromTicks([])], { bars: '1s' })).toThrow(/only source/);
    expect(() => pipeline([irregular()], { bars: '5s' })).toThrow(/bars.*1s/);
  });

  test('an interval of 0 is none', () => {
    expect(() => fromBars([], { interval: 0 })).toThrow(/interval.*positive/);
  });
});

describe('times in another unit', () => {
  const read = (time: number, options?: FromTicksOptions): unknown => [
    ...(fromTicks([{ ...tick(1), time }], options).batches() as Iterable<RowBatch>),
  ];

  test.each([
    [1e12, /1970.*milliseconds.*Date\.now\(\) \* 1000/],
    [1_723_000_000_000, /looks like milliseconds/],
    [3e12, /looks like milliseconds/],
    [1_723_000_000_000_000_000, /looks like nanoseconds/],
    [9.1e15, /in the year 2258.*nanoseconds/],
  ])('%d is refused', (time, message) => {
    expect(() => read(time)).toThrow(SourceError);
    expect(() => read(time)).toThrow(message);
  });

  test.each([0, 9.9e11, 3.1e12, 1_723_000_000_000_000, 9e15])('%d is not', (time) => {
    expect(() => read(time)).not.toThrow();
  });

  test('all are taken where that is requested', () => {
    expect(() => read(1_723_000_000_000, { anyTime: true })).not.toThrow();
  });

  test('quotes and bars are checked alike', () => {
    const time = Date.now();
    const quotes = fromQuotes([
      { symbol: 'A', time, bid: 1, ask: 2, bidSize: undefined, askSize: undefined },
    ]);
    expect(() => [...(quotes.batches() as Iterable<RowBatch>)]).toThrow(/milliseconds/);
  });
});

const codeOf = (read: () => unknown): string | undefined => {
  try {
    read();
  } catch (error) {
    if (error instanceof SourceError) return error.code;
  }
  return undefined;
};

test.each<[string, Tick[], RegExp]>([
  ['SOURCE_OUT_OF_ORDER', [tick(2), tick(1)], /^feed:2: is of 1 µs, and the one before it of 2 µs/],
  ['SOURCE_BAD_ROW', [tick(1), tick(NaN)], /^feed:2: has no time/],
  ['SOURCE_BAD_ROW', [{ ...tick(1), price: NaN }], /^feed:1: has a price that is no number/],
])('%s: %#', (code, given, message) => {
  const read = (): unknown => [...(fromTicks(given, 'feed').batches() as Iterable<RowBatch>)];
  expect(read).toThrow(SourceError);
  expect(codeOf(read)).toBe(code);
  expect(read).toThrow(message);
});

test('columns are handed out in slices without copying', () => {
  const time = Float64Array.from({ length: 10_000 }, (_, at) => at);
  const source = fromColumns({ time, close: time, symbols: ['A'] });
  const batches = [...(source.batches() as Iterable<RowBatch>)];
  expect(batches.map(({ length }) => length)).toEqual([2048, 2048, 2048, 2048, 1808]);
  expect(batches.every((batch) => batch.time.buffer === time.buffer)).toBe(true);
  expect(batches.every((batch) => batch.high === batch.close)).toBe(true);
  expect(batches[1]?.time[0]).toBe(2048);
  expect(source.counts().rows).toBe(10_000);
});
