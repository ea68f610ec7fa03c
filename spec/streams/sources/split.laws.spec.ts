import { gzipSync } from 'node:zlib';
import * as arrow from 'apache-arrow';
import fc from 'fast-check';
import { openFiles } from '../../../streams/sources';
import type { FileOptions } from '../../../streams/sources';
import { repetitions } from '../../support/properties';
import { bar, dbnFile, trade } from './dbnFile';
import { barsOf } from './barsOf';
import { tempFiles } from './readAll';
import { zipFile } from './zipFile';
import { zstdFile } from './zstdFile';

const files = tempFiles();
const SYMBOLS = ['AAA', 'BBB', 'CCC'];
const START = 1_719_878_280_000_000;

interface Given {
  readonly time: number;
  readonly symbol: number;
  readonly price: number;
  readonly size: number;
}

/** Ticks of different times, so that no order of files can matter. */
const ticks = fc
  .uniqueArray(
    fc.record({
      time: fc.nat(20_000_000).map((micros) => START + micros),
      symbol: fc.nat(SYMBOLS.length - 1),
      price: fc.integer({ min: 1, max: 10_000 }).map((quarters) => quarters / 4),
      size: fc.nat(1000),
    }),
    { minLength: 1, maxLength: 150, selector: ({ time }) => time },
  )
  .map((rows) => rows.sort((a, b) => a.time - b.time));

const csv = (rows: readonly Given[], time: (row: Given) => string): string =>
  `time,symbol,price,size\n${rows
    .map((row) => `${time(row)},${SYMBOLS[row.symbol] ?? ''},${row.price},${row.size}\n`)
    .join('')}`;

const mappings = SYMBOLS.map((raw, at) => ({
  raw,
  intervals: [{ from: 20240101, to: 20250101, symbol: `${at}` }],
}));

/** The same ticks, written in every way that has room for them. */
const writers: Readonly<Record<string, (rows: readonly Given[]) => readonly [string, Uint8Array]>> =
  {
    'csv, µs': (rows) => ['a.csv', Buffer.from(csv(rows, ({ time }) => `${time}`))],
    'csv, ns, gzip': (rows) => ['a.csv.gz', gzipSync(csv(rows, ({ time }) => `${time}007`))],
    'csv, ISO, zip': (rows) => [
      'a.zip',
      zipFile({
        'a.csv': csv(rows, ({ time }) =>
          new Date(time / 1000).toISOString().replace('Z', `${`${time}`.slice(-3)}Z`),
        ),
      }),
    ],
    'dbn, zstd': (rows) => [
      'a.dbn.zst',
      zstdFile(
        dbnFile({
          version: 3,
          schema: 4,
          mappings,
          records: rows.map(({ time, symbol, price, size }) =>
            trade(symbol, BigInt(time) * 1000n + 7n, BigInt(price * 4) * 250_000_000n, size),
          ),
        }),
      ),
    ],
    arrow: (rows) => [
      'a.arrow',
      arrow.tableToIPC(
        new arrow.Table({
          time: arrow.makeVector(BigInt64Array.from(rows, ({ time }) => BigInt(time))),
          symbol: arrow.vectorFromArray(
            rows.map(({ symbol }) => SYMBOLS[symbol] ?? ''),
            new arrow.Utf8(),
          ),
          price: arrow.makeVector(Float64Array.from(rows, ({ price }) => price)),
          size: arrow.makeVector(Float64Array.from(rows, ({ size }) => size)),
        }),
        'file',
      ),
    ],
    frames: (rows) => [
      'a.txt',
      Buffer.from(
        rows
          .map(
            ({ time, symbol, price, size }) =>
              `${time}007 {"stream":"x@trade","data":{"e":"trade","s":"${SYMBOLS[symbol] ?? ''}","p":"${price}","q":"${size}","T":1}}\n`,
          )
          .join(''),
      ),
    ],
    alpaca: (rows) => [
      'a.json',
      Buffer.from(
        JSON.stringify({
          trades: Object.fromEntries(
            SYMBOLS.map((name, at) => [
              name,
              rows
                .filter(({ symbol }) => symbol === at)
                .map(({ time, price, size }) => ({
                  t: new Date(time / 1000).toISOString().replace('Z', `${`${time}`.slice(-3)}Z`),
                  p: price,
                  s: size,
                })),
            ]),
          ),
        }),
      ),
    ],
  };

const bySymbol = (bars: Awaited<ReturnType<typeof barsOf>>): unknown[] =>
  bars.map((row) => row.join(' ')).sort();

/** Bars by the plainest means. */
function expectedBars(rows: readonly Given[], length: number): unknown[] {
  const bars = new Map<string, number[]>();
  for (const { time, symbol, price, size } of rows) {
    const start = Math.floor(time / length) * length;
    const key = `${SYMBOLS[symbol] ?? ''} ${start}`;
    const [open, high, low, , volume, count] = bars.get(key) ?? [price, price, price, price, 0, 0];
    bars.set(key, [
      open as number,
      Math.max(high as number, price),
      Math.min(low as number, price),
      price,
      (volume as number) + size,
      (count as number) + 1,
    ]);
  }
  return [...bars].map(([key, values]) => `${key} ${values.join(' ')}`).sort();
}

let folder = 0;

test('random ticks, split at random into files of random formats in random order: the same bars', async () => {
  const parts = fc.array(fc.constantFrom(...Object.keys(writers)), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(
      ticks,
      parts,
      fc.infiniteStream(fc.nat()),
      fc.boolean(),
      fc.constantFrom(0, 4_000, 64_000_000),
      async (rows, formats, chance, reverse, spoolBytes) => {
        const dealt: Given[][] = formats.map(() => []);
        for (const row of rows) dealt[(chance.next().value ?? 0) % dealt.length]?.push(row);
        const paths = dealt.flatMap((part, at) => {
          if (part.length === 0) return [];
          folder += 1;
          const [name, content] = writers[formats[at] ?? '']?.(part) ?? ['', Buffer.alloc(0)];
          return [files.write(`${folder}-${name}`, content)];
        });
        if (reverse) paths.reverse();
        const sources = await openFiles(paths, { spoolBytes });
        expect(bySymbol(await barsOf(sources, 1e6))).toEqual(expectedBars(rows, 1e6));
      },
    ),
    repetitions(40),
  );
});

test('rows of equal times keep the order of the file, in every format', async () => {
  const rows = Array.from({ length: 3000 }, (_, at) => ({
    time: START,
    symbol: 0,
    price: at + 1,
    size: 1,
  }));
  for (const write of Object.values(writers)) {
    const [name, content] = write(rows);
    const [bars] = await barsOf(await openFiles([files.write(`equal-${name}`, content)]), 1e6);
    expect(bars).toEqual(['AAA', START, 1, 3000, 1, 3000, 3000, 3000]);
  }
});

test('the session window cuts every format alike', async () => {
  const rows = Array.from({ length: 10 }, (_, at) => ({
    time: START + at * 1e6,
    symbol: 0,
    price: at + 1,
    size: 1,
  }));
  const session: FileOptions = { from: START + 3e6, to: START + 5e6 };
  for (const write of Object.values(writers)) {
    const [name, content] = write(rows);
    const sources = await openFiles([files.write(`session-${name}`, content)], session);
    expect((await barsOf(sources, 1e6)).map(([, , open]) => open)).toEqual([4, 5]);
  }
});

test('bars of DBN and CSV are the same bars', async () => {
  const nano = BigInt(START) * 1000n;
  const prices = [1_000_000_000n, 3_000_000_000n, 500_000_000n, 2_000_000_000n] as const;
  const binary = files.write(
    'bars.dbn',
    dbnFile({
      version: 2,
      schema: 6,
      mappings,
      records: [bar(0x21, 0, nano, prices, 7n), bar(0x21, 1, nano + 60_000_000_000n, prices, 8n)],
    }),
  );
  const text = files.write(
    'bars.csv',
    `time,symbol,open,high,low,close,volume\n${START},AAA,1,3,0.5,2,7\n${START + 60e6},BBB,1,3,0.5,2,8\n`,
  );
  expect(await barsOf(await openFiles([binary]), 60e6)).toEqual(
    await barsOf(await openFiles([text]), 60e6),
  );
});
