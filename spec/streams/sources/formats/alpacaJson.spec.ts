import fc from 'fast-check';
import { gzipSync } from 'node:zlib';
import type { FileOptions } from '../../../../streams/sources';
import { alpacaJson } from '../../../../streams/sources/formats/alpacaJson';
import { repetitions } from '../../../support/properties';
import { collect } from '../collect';
import { tempFiles } from '../readAll';
import { failureOf, readOne } from './readOne';

const files = tempFiles();
const T = '2024-08-08T23:54:15.342123999Z';
const US = 1_723_161_255_342_123;

const read = (content: string | Uint8Array, options?: FileOptions) =>
  readOne(files.write('alpaca.json', content), options);
const failure = (content: string, options?: FileOptions) =>
  failureOf(files.write('alpaca.json', content), options);

const trades = {
  next_page_token: null,
  trades: {
    MSFT: [
      { t: T, x: 'V', p: 418.25, s: 100, c: ['@', 'a"}]'], i: 9007199254740993, z: 'A' },
      { t: '2024-08-08T23:54:16Z', p: 418.5, s: 1 },
    ],
    'A"PL': [{ t: '2024-08-08T19:54:15.5-04:00', p: 213, s: 0.5, c: [{ nested: [] }] }],
  },
};

test.each<[string, (json: string) => string | Uint8Array]>([
  ['as it is', (json) => json],
  ['indented', (json) => JSON.stringify(JSON.parse(json), null, 2)],
  ['in gzip', (json) => gzipSync(json)],
  ['behind a byte-order mark', (json) => `\ufeff${json}`],
])('synthetic: trades of several symbols, merged by time, %s', async (_, write) => {
  const { source, rows, counts } = await read(write(JSON.stringify(trades)));
  expect(source).toMatchObject({ format: 'alpaca-json', interval: 0 });
  expect(rows.map(({ symbol, time, close, volume }) => [symbol, time, close, volume])).toEqual([
    ['MSFT', US, 418.25, 100],
    ['A"PL', US + 157_877, 213, 0.5],
    ['MSFT', US + 657_877, 418.5, 1],
  ]);
  expect(counts).toMatchObject({ rows: 3, outOfOrder: 0, badRows: 0 });
});

test('synthetic: quotes; a side of 0 is absent', async () => {
  const quotes = {
    A: [
      { t: T, bp: 10, ap: 11, bs: 1, as: 1 },
      { t: T, bp: 0, ap: 11 },
    ],
  };
  const { rows, counts } = await read(JSON.stringify({ quotes }));
  expect(rows.map(({ close }) => close)).toEqual([10.5]);
  expect(counts).toMatchObject({ oneSided: 1 });
});

const bar = (t: string, v: number): object => ({ t, o: 2, h: 4, l: 1, c: 3, v, n: 7, vw: 2.5 });

test('synthetic: bars of a single symbol, which stands behind them, page after page', async () => {
  const page = (bars: object[]): string =>
    JSON.stringify({ bars, symbol: 'AAPL', next_page_token: null });
  const content = [
    page([bar('2024-08-08T13:30:00Z', 1), bar('2024-08-08T13:31:00Z', 2)]),
    page([bar('2024-08-08T13:33:00Z', 3)]),
  ].join('\n');
  const { source, rows } = await read(content);
  expect(source?.interval).toBe(60e6);
  expect(rows.map(({ symbol, volume }) => [symbol, volume])).toEqual([
    ['AAPL', 1],
    ['AAPL', 2],
    ['AAPL', 3],
  ]);
});

test.each<[string, string, FileOptions]>([
  ['SOURCE_TRUNCATED', JSON.stringify(trades).slice(0, -1), {}],
  ['SOURCE_TRUNCATED', JSON.stringify(trades).slice(0, 100), {}],
  ['SOURCE_DAMAGED', '{"trades":{"A":[{"t":1}}]}', {}],
  ['SOURCE_NO_ROWS', '{"trades":{},"next_page_token":null}', {}],
  ['SOURCE_NO_SYMBOL', '{"trades":[{"t":"2024-08-08T13:30:00Z","p":1,"s":1}]}', {}],
  ['SOURCE_NO_QUOTES', JSON.stringify(trades), { price: 'mid' }],
  ['SOURCE_NO_INTERVAL', JSON.stringify({ bars: { A: [bar(T, 1)] } }), {}],
])('synthetic: %s: %s', async (code, content, options) => {
  expect(await failure(content, options)).toMatchObject({ name: 'SourceError', code });
});

test('synthetic: a bad row is named by its number', async () => {
  const good = `{"t":"${T}","p":1,"s":1}`;
  const bad = [
    '{"t":"yesterday","p":1,"s":1}',
    `{"t":"${T}","p":"0x1","s":1}`,
    `{"t":"2024-02-30T00:00:00Z","p":1,"s":1}`,
    `{"t":"${T}","s":1}`,
    `{"t":"${T}","p":,"s":1}`,
  ];
  const content = `{"trades":{"A":[${[good, ...bad, good, good, good, good].join(',')}]}}`;
  expect(await failure(content)).toMatchObject({
    code: 'SOURCE_BAD_ROW',
    place: expect.stringMatching(/:2$/) as unknown,
  });
  const { source, rows, counts } = await read(content, { badRows: 'skip' });
  expect(rows).toHaveLength(5);
  expect(counts?.badRows).toBe(5);
  expect((await source?.badRows())?.map(({ place }) => place)).toEqual([2, 3, 4, 5, 6]);
});

test('synthetic: in pieces of any size, the rows are the same', () => {
  const content = Buffer.from(JSON.stringify(trades));
  const whole = collect(alpacaJson, content, [content.length]);
  expect(whole.rows).toHaveLength(3);
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (sizes) => {
      expect(collect(alpacaJson, content, sizes)).toEqual(whole);
    }),
    repetitions(50),
  );
});
