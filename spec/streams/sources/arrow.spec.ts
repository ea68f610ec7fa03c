import * as arrow from 'apache-arrow';
import type { FileOptions } from '../../../streams/sources';
import { openFiles } from '../../../streams/sources';
import { readRows, tempFiles } from './readAll';
import { zstdFile } from './zstdFile';

const files = tempFiles();
const TIMES = [1_723_161_255_342_123n, 1_723_161_255_342_124n, 1_723_161_255_342_124n];
const EXPECTED = [
  ['A', 1_723_161_255_342_123, 10.5, 1],
  ['B', 1_723_161_255_342_124, 11, 0],
  ['A', 1_723_161_255_342_124, 12, 3],
];

const longs = (type: arrow.DataType, values: readonly bigint[]): arrow.Vector =>
  arrow.makeVector(
    arrow.makeData({
      type: type as arrow.Int64,
      length: values.length,
      data: BigInt64Array.from(values),
    }),
  );

const columns = (time: arrow.Vector): Record<string, arrow.Vector> => ({
  ts: time,
  symbol: arrow.vectorFromArray(['A', 'B', 'A'], new arrow.Utf8()),
  price: arrow.makeVector(Float64Array.of(10.5, 11, 12)),
  size: arrow.vectorFromArray([1, null, 3], new arrow.Int32()),
});

const micros = (): arrow.Vector => longs(new arrow.TimestampMicrosecond(), TIMES);

function written(table: Record<string, arrow.Vector>, format: 'file' | 'stream' = 'file'): Buffer {
  return Buffer.from(arrow.tableToIPC(new arrow.Table(table), format));
}

/** The rows, which are the same whether they find room in memory or are handed out as they lie. */
async function read(content: Uint8Array, options: FileOptions = {}) {
  const path = files.write('rows.arrow', content);
  const [source] = await openFiles([path], options);
  const rows = await readRows(source?.batches() ?? []);
  const [roomless] = await openFiles([path], { ...options, spoolBytes: 0 });
  expect(await readRows(roomless?.batches() ?? [])).toEqual(rows);
  expect(roomless?.counts()).toEqual(source?.counts());
  return {
    source,
    rows: rows.map(({ symbol, time, close, volume }) => [symbol, time, close, volume]),
    counts: source?.counts(),
  };
}

test.each<[string, () => arrow.Vector]>([
  ['microseconds', micros],
  [
    'nanoseconds, floored',
    () =>
      longs(
        new arrow.TimestampNanosecond(),
        TIMES.map((t) => t * 1000n + 999n),
      ),
  ],
  ['integers', () => longs(new arrow.Int64(), TIMES)],
  [
    'integers of nanoseconds',
    () =>
      longs(
        new arrow.Int64(),
        TIMES.map((t) => t * 1000n + 999n),
      ),
  ],
  ['floating-point microseconds', () => arrow.makeVector(Float64Array.from(TIMES, Number))],
  [
    'text',
    () =>
      arrow.vectorFromArray(
        [
          '2024-08-08T23:54:15.342123Z',
          '2024-08-08T23:54:15.342124Z',
          '2024-08-08T23:54:15.342124Z',
        ],
        new arrow.Utf8(),
      ),
  ],
])('times in %s', async (_, time) => {
  for (const format of ['file', 'stream'] as const) {
    const { source, rows } = await read(written(columns(time()), format));
    expect(source).toMatchObject({ format: 'named', interval: 0 });
    expect(rows).toEqual(EXPECTED);
  }
});

test('sizes that are whole numbers of 64 bits, and prices of 32', async () => {
  const { rows } = await read(
    written({
      ...columns(micros()),
      price: arrow.makeVector(Float32Array.of(10.5, 11, 12)),
      size: longs(new arrow.Int64(), [1n, 0n, 3n]),
    }),
  );
  expect(rows).toEqual(EXPECTED);
});

test('times without a zone are of the one that is said', async () => {
  const local = longs(new arrow.TimestampSecond(), [
    1_704_187_800n,
    1_704_187_801n,
    1_704_187_802n,
  ]);
  const { rows } = await read(written(columns(local)), { zone: 'America/New_York' });
  expect(rows[0]?.[1]).toBe(Date.UTC(2024, 0, 2, 14, 30) * 1000);
});

test('days make bars of a day', async () => {
  const price = (): arrow.Vector => arrow.makeVector(Float64Array.of(1, 2));
  const bars = {
    date: arrow.vectorFromArray(
      [new Date('2024-01-02'), new Date('2024-01-03')],
      new arrow.DateDay(),
    ),
    open: price(),
    high: price(),
    low: price(),
    close: price(),
  };
  const { source, rows } = await read(written(bars), { symbol: 'X' });
  expect(source?.interval).toBe(86_400e6);
  expect(rows[1]?.slice(0, 3)).toEqual(['X', Date.UTC(2024, 0, 3) * 1000, 2]);
});

test('symbols of a dictionary, and several batches', async () => {
  const type = new arrow.Dictionary(new arrow.Utf8(), new arrow.Int32(), 7);
  const part = (names: readonly string[]): arrow.RecordBatch =>
    new arrow.Table({
      ts: longs(
        new arrow.Int64(),
        names.map((_, at) => BigInt(at + 1) * 1_000_000_000_000_000n),
      ),
      symbol: arrow.vectorFromArray(names, type),
      price: arrow.makeVector(Float64Array.from(names, (_, at) => at + 1)),
    }).batches[0] as arrow.RecordBatch;
  const batches = [part(['A', 'B']), part(['A', 'B']), part(['B', 'A'])];
  const writer = arrow.RecordBatchStreamWriter.writeAll(batches);
  const { rows, counts } = await read(await writer.toUint8Array());
  expect(rows.map(([symbol]) => symbol)).toEqual(['A', 'A', 'B', 'B', 'B', 'A']);
  expect(counts).toMatchObject({ rows: 6, outOfOrder: 2 });
});

/** Buffers that this writer "packs" are frames of stored blocks, or nothing at all. */
async function packed(type: arrow.CompressionType): Promise<Uint8Array> {
  const encode = (bytes: Uint8Array): Uint8Array =>
    type === arrow.CompressionType.ZSTD ? zstdFile(Buffer.from(bytes)) : bytes;
  const { registry } = arrow.compressionRegistry as unknown as {
    registry: Record<number, { encode: typeof encode } | undefined>;
  };
  registry[type] = { encode };
  const table = new arrow.Table(columns(micros()));
  const writer = new arrow.RecordBatchFileWriter({ compressionType: type });
  for (const batch of table.batches) writer.write(batch);
  writer.close();
  const bytes = await writer.toUint8Array();
  Reflect.deleteProperty(registry, type);
  return bytes;
}

test('buffers in zstd are read; those in LZ4 are named', async () => {
  expect((await read(await packed(arrow.CompressionType.ZSTD))).rows).toEqual(EXPECTED);
  const lz4 = read(await packed(arrow.CompressionType.LZ4_FRAME));
  await expect(lz4).rejects.toMatchObject({ code: 'SOURCE_UNSUPPORTED' });
  await expect(lz4).rejects.toThrow('is compressed with LZ4. Write it with zstd');
});

test('columns are said by hand, and the session cuts', async () => {
  const { ts, ...rest } = columns(micros());
  const content = written({ when: ts as arrow.Vector, ...rest });
  const { rows } = await read(content, { columns: { time: 'when' }, from: 1_723_161_255_342_124 });
  expect(rows).toEqual(EXPECTED.slice(1));
});

test.each<[string, Partial<Record<'ts' | 'symbol' | 'price' | 'size', arrow.Vector>>, unknown]>([
  [
    'out of order',
    { ts: longs(new arrow.TimestampMicrosecond(), TIMES.toReversed()) },
    { outOfOrder: 1 },
  ],
  [
    'without a symbol',
    { symbol: arrow.vectorFromArray(['A', null, 'A'], new arrow.Utf8()) },
    { badRows: 1 },
  ],
  [
    'with a blank one',
    { symbol: arrow.vectorFromArray(['A', ' ', 'A'], new arrow.Utf8()) },
    { badRows: 1 },
  ],
  [
    'without a time',
    { ts: arrow.vectorFromArray([1.7e9, null, 1.8e9], new arrow.Float64()) },
    { badRows: 1 },
  ],
  [
    'with a negative size',
    { size: arrow.vectorFromArray([1, -1, 3], new arrow.Int32()) },
    { badRows: 1 },
  ],
  [
    'with a price of zero',
    { price: arrow.makeVector(Float64Array.of(1, 0, 3)) },
    { badRows: 0, zeroPrices: 1 },
  ],
])('one row %s, and the others are as they were', async (_, changed, counts) => {
  const found = await read(written({ ...columns(micros()), ...changed }), { badRows: 'skip' });
  expect(found.counts).toMatchObject(counts as object);
  const times = found.rows.map(([, time]) => time as number);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(found.rows.length + (found.counts?.badRows ?? 0)).toBe(3);
});

test('thousands of symbols, told apart by their bytes', async () => {
  const names = Array.from({ length: 5000 }, (_, at) => `S${(at * 7919) % 5000}ä`);
  const content = written({
    ts: longs(
      new arrow.Int64(),
      names.map((_, at) => 1_700_000_000_000_000n + BigInt(at)),
    ),
    symbol: arrow.vectorFromArray([...names, ...names].slice(0, 5000), new arrow.Utf8()),
    price: arrow.makeVector(Float64Array.from(names, (_, at) => at + 1)),
  });
  expect((await read(content)).rows.map(([symbol]) => symbol)).toEqual(names);
});

test('names that differ in a single byte, wherever it is', async () => {
  const one = (length: number, at: number): string =>
    `${'A'.repeat(at)}B${'A'.repeat(length - at - 1)}`;
  const names = Array.from({ length: 14 }, (_, length) => 'A'.repeat(length + 1)).flatMap(
    (name) => [name, ...Array.from(name, (_letter, at) => one(name.length, at))],
  );
  const twice = [...names, ...names];
  const content = written({
    ts: longs(
      new arrow.Int64(),
      twice.map((_, at) => 1_700_000_000_000_000n + BigInt(at)),
    ),
    symbol: arrow.vectorFromArray(twice, new arrow.Utf8()),
    price: arrow.makeVector(Float64Array.from(twice, (_, at) => at + 1)),
  });
  expect((await read(content)).rows.map(([symbol]) => symbol)).toEqual(twice);
});

/** Batches of these many rows, a second between any two of them. */
async function inBatches(...lengths: readonly number[]): Promise<Uint8Array> {
  let row = 0;
  const batches = lengths.map((length) => {
    const numbers = Array.from({ length }, () => (row += 1));
    return new arrow.Table({
      ts: longs(
        new arrow.TimestampMicrosecond(),
        numbers.map((number) => BigInt(number) * 1_000_000n),
      ),
      symbol: arrow.vectorFromArray(
        numbers.map((number) => `S${number % 7}`),
        new arrow.Utf8(),
      ),
      price: arrow.makeVector(Float64Array.from(numbers)),
    }).batches[0] as arrow.RecordBatch;
  });
  return arrow.RecordBatchFileWriter.writeAll(batches).toUint8Array();
}

test('batches that share memory, each as long as it is used', async () => {
  const { rows } = await read(await inBatches(3, 9000, 1, 20_000, 2, 500));
  expect(rows).toHaveLength(29_506);
  const wrong = rows.filter(
    ([symbol, time, close], at) =>
      symbol !== `S${(at + 1) % 7}` || time !== (at + 1) * 1e6 || close !== at + 1,
  );
  expect(wrong).toEqual([]);
});

test('leaving early frees the file', async () => {
  const path = files.write('left.arrow', await inBatches(5000, 5000, 5000));
  const [source] = await openFiles([path], {});
  for await (const { length } of source?.batches() ?? []) {
    expect(length).toBeGreaterThan(0);
    break;
  }
  expect(source?.counts().rows).toBe(5000);
});

test('bad rows are named by their number', async () => {
  const table = columns(micros());
  const content = written({
    ...table,
    price: arrow.vectorFromArray([10.5, null, 11], new arrow.Float64()),
  });
  await expect(read(content)).rejects.toMatchObject({
    code: 'SOURCE_BAD_ROW',
    place: expect.stringMatching(/rows\.arrow:2$/) as unknown,
  });
  const { source, rows, counts } = await read(content, { badRows: 'skip' });
  expect([rows.length, counts?.badRows]).toEqual([2, 1]);
  expect((await source?.badRows())?.map(({ place }) => place)).toEqual([2]);
});

test('a batch that is said to lie behind the end is none', async () => {
  const content = Buffer.from(await inBatches(1000, 1000));
  const footer = content.length - 10 - content.readInt32LE(content.length - 10);
  // Offset, length of the metadata, length of the body: the last of them, which is what has the number.
  const reader = arrow.RecordBatchReader.from(content);
  const lengths = [...(reader.open().footer?.recordBatches() ?? [])].map(
    (block) => block.bodyLength,
  );
  const length = Buffer.alloc(8);
  length.writeBigInt64LE(BigInt(lengths[0] ?? 0));
  const at = content.indexOf(length, footer);
  expect(at).toBeGreaterThan(footer);
  content.writeBigInt64LE(10n ** 9n, at);
  await expect(read(content)).rejects.toThrow('a block lies behind the end');
});

test('a file that was cut off anywhere is truncated', async () => {
  for (const format of ['file', 'stream'] as const) {
    const content = written(columns(micros()), format);
    for (const cut of [1, 8, 9, content.length >> 1, content.length - 20]) {
      await expect(read(content.subarray(0, content.length - cut))).rejects.toMatchObject({
        code: 'SOURCE_TRUNCATED',
      });
    }
  }
});

test.each<[string, string, () => Uint8Array]>([
  [
    'SOURCE_NO_ROWS',
    'no rows',
    () =>
      written({ ts: longs(new arrow.Int64(), []), price: arrow.makeVector(new Float64Array()) }),
  ],
  ['SOURCE_UNKNOWN_COLUMNS', 'nothing to make rows of', () => written({ a: micros() })],
  ['SOURCE_DAMAGED', 'rubbish', () => Buffer.from(`ARROW1\0\0${'rubbish '.repeat(40)}ARROW1`)],
  ['SOURCE_NOT_TABULAR', 'Arrow in zstd', () => zstdFile(written(columns(micros())))],
])('%s: %s', async (code, _, content) => {
  await expect(read(content(), { symbol: 'X' })).rejects.toMatchObject({
    name: 'SourceError',
    code,
  });
});
