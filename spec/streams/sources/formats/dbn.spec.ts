import fc from 'fast-check';
import type { FileOptions } from '../../../../streams/sources';
import { dbn } from '../../../../streams/sources/formats/dbn';
import { repetitions } from '../../../support/properties';
import { bar, dbnFile, topOfBook, trade, UNDEFINED_PRICE } from '../dbnFile';
import type { DbnFile, DbnRecord } from '../dbnFile';
import { collect } from '../collect';
import { tempFiles } from '../readAll';
import { zstdFile } from '../zstdFile';
import { failureOf, readOne } from './readOne';

const files = tempFiles();
const TIME = 1_719_878_281_218_485_999n;
const MICROS = 1_719_878_281_218_485;
const PRICE = 5_528_750_000_000n;
const always = { from: 20240101, to: 20250101 };
const mappings = [
  { raw: 'ESU4', intervals: [{ ...always, symbol: '118' }] },
  { raw: 'NQU4', intervals: [{ ...always, symbol: '4358' }] },
];

const read = (content: Buffer, options?: FileOptions) =>
  readOne(files.write('file.dbn', content), options);
const failure = (content: Buffer, options?: FileOptions) =>
  failureOf(files.write('file.dbn', content), options);

const trades = (records: readonly DbnRecord[], more: Partial<DbnFile> = {}): Buffer =>
  dbnFile({ version: 1, schema: 4, mappings, records, ...more });

describe.each([1, 2, 3] as const)(
  'synthetic DBN of version %i, from the documented layout',
  (version) => {
    test('trades, with the symbols of the mappings', async () => {
      const records = [trade(4358, TIME, PRICE, 3), trade(118, TIME + 2000n, -250_000_000n, 0)];
      const { source, rows } = await read(dbnFile({ version, schema: 4, mappings, records }));
      expect(source).toMatchObject({ format: 'dbn', interval: 0 });
      expect(rows.map(({ symbol, time, close, volume }) => [symbol, time, close, volume])).toEqual([
        ['NQU4', MICROS, 5528.75, 3],
        ['ESU4', MICROS + 2, -0.25, 0],
      ]);
    });

    test('mbp-1 makes quotes; an undefined side is absent', async () => {
      const records = [
        topOfBook(118, TIME, 1n, PRICE, PRICE + 250_000_000n),
        topOfBook(118, TIME, 1n, UNDEFINED_PRICE, PRICE),
      ];
      const { rows, counts } = await read(dbnFile({ version, schema: 1, mappings, records }));
      expect(rows.map(({ close }) => close)).toEqual([5528.875]);
      expect(counts).toMatchObject({ rows: 1, oneSided: 1, badRows: 0 });
    });

    test('tbbo makes trades, or quotes if their price is asked for', async () => {
      const records = [topOfBook(118, TIME, PRICE, PRICE - 1_000_000_000n, PRICE + 1_000_000_000n)];
      const content = dbnFile({ version, schema: 3, mappings, records });
      expect((await read(content)).rows[0]).toMatchObject({ close: 5528.75, volume: 5 });
      expect((await read(content, { price: 'ask' })).rows[0]).toMatchObject({ close: 5529.75 });
    });

    test('bars have the length that their type says, also a single one', async () => {
      const start = 1_719_878_280_000_000_000n;
      const volume = 2n ** 33n + 1n;
      const prices = [4n, 8n, 2n, 6n].map((price) => price * 1_000_000_000n);
      const records = [bar(0x22, 118, start, prices as [bigint, bigint, bigint, bigint], volume)];
      const { source, rows } = await read(dbnFile({ version, schema: 7, mappings, records }));
      expect(source?.interval).toBe(3_600e6);
      expect(rows).toEqual([
        {
          symbol: 'ESU4',
          time: 1_719_878_280_000_000,
          open: 4,
          high: 8,
          low: 2,
          close: 6,
          volume: Number(volume),
        },
      ]);
    });
  },
);

test('synthetic: --clock exchange takes the time of the event', async () => {
  const content = trades([trade(118, TIME, PRICE, 1, TIME - 5_000_000n)]);
  expect((await read(content)).rows[0]?.time).toBe(MICROS);
  expect((await read(content, { clock: 'exchange' })).rows[0]?.time).toBe(MICROS - 5000);
});

test('synthetic: mappings hold for days, and may map numbers to names', async () => {
  const day = 86_400_000_000_000n;
  const records = [
    trade(7, TIME, PRICE, 1),
    trade(7, TIME + day, PRICE, 1),
    trade(9, TIME + day, PRICE, 1),
  ];
  const days = [
    { raw: 'OLD', intervals: [{ from: 20240701, to: 20240702, symbol: '7' }] },
    { raw: 'NEW', intervals: [{ from: 20240702, to: 20240703, symbol: '7' }] },
  ];
  const { rows } = await read(trades(records, { mappings: days }));
  expect(rows.map(({ symbol }) => symbol)).toEqual(['OLD', 'NEW', '9']);
  const reverse = [{ raw: '7', intervals: [{ ...always, symbol: 'NAMED' }] }];
  const numbers = await read(
    trades(records.slice(0, 1), { mappings: reverse, stypeIn: 0, stypeOut: 1 }),
  );
  expect(numbers.rows[0]?.symbol).toBe('NAMED');
});

test('synthetic: records of other types are counted and passed over, longer ones stepped over', async () => {
  const records = [
    { ...trade(118, TIME, PRICE, 1), length: 56 },
    { rtype: 0x17, length: 320, instrument: 0, event: TIME },
    { rtype: 0x16, length: 80, instrument: 0, event: TIME },
    { rtype: 0x77, length: 16, instrument: 0, event: TIME },
    trade(118, TIME, PRICE, 2),
  ];
  const { rows, counts } = await read(trades(records, { schema: 0xffff }));
  expect(rows.map(({ volume }) => volume)).toEqual([1, 2]);
  expect(counts?.skipped).toEqual({ system: 1, 'symbol mapping': 1, 'record of type 119': 1 });
});

test('synthetic: a bad record is named by its number', async () => {
  const records = [
    trade(118, TIME, PRICE, 1),
    trade(118, TIME, UNDEFINED_PRICE, 1),
    trade(118, TIME, 0n, 1),
  ];
  expect(await failure(trades(records))).toMatchObject({
    code: 'SOURCE_BAD_ROW',
    place: expect.stringMatching(/:2$/) as unknown,
  });
  const { source, rows } = await read(trades(records), { badRows: 'skip' });
  expect(rows.map(({ close }) => close)).toEqual([5528.75, 0]);
  expect(source?.counts()).toMatchObject({ badRows: 1, zeroPrices: 1 });
  expect(await source?.badRows()).toEqual([{ place: 2, wrong: 'has a price that is no number' }]);
});

test('synthetic: an undefined time is a bad record', async () => {
  expect(await failure(trades([trade(118, 2n ** 64n - 1n, PRICE, 1, TIME)]))).toMatchObject({
    code: 'SOURCE_BAD_ROW',
  });
});

describe('synthetic: files that cannot be read', () => {
  const whole = trades([trade(118, TIME, PRICE, 1), trade(118, TIME, PRICE, 1)]);

  test.each<[string, string, Buffer]>([
    ['SOURCE_TRUNCATED', 'in its metadata', whole.subarray(0, 150)],
    ['SOURCE_TRUNCATED', 'in its first bytes', whole.subarray(0, 20)],
    ['SOURCE_TRUNCATED', 'in a record', whole.subarray(0, whole.length - 3)],
    ['SOURCE_NO_ROWS', 'without records', trades([])],
    ['SOURCE_UNSUPPORTED', 'of orders', trades([], { schema: 0 })],
    ['SOURCE_UNSUPPORTED', 'of a schema of the future', trades([], { schema: 99 })],
    [
      'SOURCE_UNSUPPORTED',
      'mixed, without anything to read',
      trades([{ rtype: 0x17, length: 320, instrument: 0, event: 0n }], { schema: 0xffff }),
    ],
    ['SOURCE_DAMAGED', 'with a record of no length', Buffer.concat([whole, Buffer.alloc(48)])],
    [
      'SOURCE_DAMAGED',
      'with a record whose length contradicts its type',
      trades([{ ...trade(1, TIME, 1n, 1), length: 1020 }]),
    ],
    [
      'SOURCE_DAMAGED',
      'with a record that is too short',
      trades([{ ...trade(1, TIME, 1n, 1), length: 16, write: () => undefined }]),
    ],
  ])('%s: %s', async (code, _, content) => {
    expect(await failure(content)).toMatchObject({ name: 'SourceError', code });
  });

  test('of a version of the future', async () => {
    const content = Buffer.from(whole);
    content.writeUInt8(4, 3);
    expect(await failure(content)).toMatchObject({ code: 'SOURCE_UNSUPPORTED' });
  });

  test('whose metadata claim too much', async () => {
    const content = Buffer.from(whole);
    content.writeUInt32LE(0x7fffffff, 4);
    expect(await failure(content)).toMatchObject({ code: 'SOURCE_DAMAGED' });
    const counts = Buffer.from(whole);
    counts.writeUInt32LE(0xffffff, 112);
    expect(await failure(counts)).toMatchObject({ code: 'SOURCE_DAMAGED' });
  });

  test('trades have no quotes', async () => {
    expect(await failure(whole, { price: 'mid' })).toMatchObject({ code: 'SOURCE_NO_QUOTES' });
  });
});

test('synthetic: in zstd, gzip and pieces of any size, the rows are the same', async () => {
  const records = Array.from({ length: 300 }, (_, row) =>
    trade(row % 2 === 0 ? 118 : 4358, TIME + BigInt(row) * 1_000_000n, PRICE + BigInt(row), row),
  );
  const content = trades(records);
  const expected = await read(content);
  expect((await read(zstdFile(content))).rows).toEqual(expected.rows);
  const whole = collect(dbn, content, [content.length]);
  expect(whole.rows).toHaveLength(300);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 500 }), { minLength: 1 }), (sizes) => {
      expect(collect(dbn, content, sizes)).toEqual(whole);
    }),
    repetitions(30),
  );
});
