import { readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { decompress } from 'fzstd';
import fc from 'fast-check';
import type { FileOptions } from '../../../streams/sources';
import { openFiles, SourceError } from '../../../streams/sources';
import { repetitions } from '../../support/properties';
import { describeWithSharedData, sharedData } from '../../support/sharedData';
import { readRows, tempFiles } from './readAll';
import type { Row } from './readAll';

const files = tempFiles();

interface Seed {
  readonly name: string;
  readonly content: () => Buffer;
  readonly options?: FileOptions;
  /** Packed with a checksum: any change of its contents must be told. */
  readonly checked?: boolean;
  /** Lines: a change in one must not change the rows of others. */
  readonly lines?: boolean;
}

const beginning = (file: string, lines: number): Buffer => {
  const bytes = readFileSync(sharedData(file));
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return Buffer.from(text.split('\n').slice(0, lines).join('\n'));
};
const dbnOf = (name: string): Buffer =>
  readFileSync(sharedData(`databento/futures_${name}.dbn.zst`));

const seeds: readonly Seed[] = [
  {
    name: 'frames.txt',
    content: () => beginning('binance-recorded/btcusdt_20240808.gz', 400),
    lines: true,
  },
  {
    name: 'frames.gz',
    content: () => gzipSync(beginning('binance-recorded/btcusdt_20240808.gz', 400)),
    checked: true,
  },
  {
    name: 'tardis.csv',
    content: () => beginning('tardis/bitmex_trades_XBTUSD.csv', 11),
    lines: true,
  },
  {
    name: 'histdata.csv',
    content: () => beginning('generic/eurusd-histdata-quotes.csv', 60),
    options: { symbol: 'X' },
    lines: true,
  },
  {
    name: 'iso.csv',
    content: () => beginning('generic/usdjpy-quotes-iso.csv', 60),
    options: { symbol: 'X' },
    lines: true,
  },
  {
    name: 'klines.csv',
    content: () => beginning('binance-spot/ADABTC-1m-2021-11-27.csv', 10),
    options: { symbol: 'X' },
  },
  {
    name: 'trades.zip',
    content: () => readFileSync(sharedData('binance-spot/BTCUSDT-trades-2024-08-08.zip')),
    options: { symbol: 'X' },
    checked: true,
  },
  {
    name: 'rows.parquet',
    content: () => readFileSync(sharedData('generic/btcusdt-trades.parquet')),
    options: { symbol: 'X' },
  },
  {
    name: 'trades.dbn',
    content: () => Buffer.from(decompress(dbnOf('trades_2024-07-01T23-58_2024-07-02T00-02'))),
  },
  { name: 'trades.dbn.zst', content: () => dbnOf('trades_2024-07-01T23-58_2024-07-02T00-02') },
  {
    name: 'bars.dbn',
    content: () => Buffer.from(decompress(dbnOf('ohlcv-1m_2024-07-01T23-40_2024-07-02T00-10'))),
  },
];

type Mutation = (bytes: Buffer) => Buffer;

const at = (place: number, bytes: Buffer): number => Math.floor((place / 1e6) * bytes.length);

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(fc.nat(999_999), fc.nat(255)).map(([place, byte]): Mutation => (bytes) => {
    const changed = Buffer.from(bytes);
    changed[at(place, bytes)] = byte;
    return changed;
  }),
  fc.nat(999_999).map(
    (place): Mutation =>
      (bytes) =>
        bytes.subarray(0, at(place, bytes)),
  ),
  fc.tuple(fc.nat(999_999), fc.nat(999_999)).map(([a, b]): Mutation => (bytes) => {
    const [from = 0, to = 0] = [at(a, bytes), at(b, bytes)].sort((x, y) => x - y);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
  }),
  fc
    .tuple(fc.nat(999_999), fc.uint8Array({ minLength: 1, maxLength: 20 }))
    .map(([place, more]): Mutation => (bytes) => {
      const from = at(place, bytes);
      return Buffer.concat([bytes.subarray(0, from), more, bytes.subarray(from)]);
    }),
  fc
    .tuple(
      fc.nat(999_999),
      fc.constantFrom('"', '\n', '\r', ',', '-', 'e9', '\0', '\ufeff', '9'.repeat(30)),
    )
    .map(([place, text]): Mutation => (bytes) => {
      const from = at(place, bytes);
      return Buffer.concat([bytes.subarray(0, from), Buffer.from(text), bytes.subarray(from)]);
    }),
);

type Outcome =
  { readonly rows: Row[]; readonly format: string | undefined } | { readonly error: SourceError };

async function outcome(path: string, options: FileOptions): Promise<Outcome> {
  try {
    const [source] = await openFiles([path], { ...options, badRows: 'skip' });
    const rows = await readRows(source?.batches() ?? []);
    return { rows, format: source?.format };
  } catch (error) {
    if (error instanceof SourceError) return { error };
    throw error;
  }
}

/** What can be said of rows whatever the file is. */
function expectSane(rows: readonly Row[]): void {
  rows.forEach((row, index) => {
    const { symbol, time, open, high, low, close, volume } = row;
    const numbers = [time, open, high, low, close, volume];
    if (!numbers.every(Number.isFinite) || symbol === '' || volume < 0 || high < low) {
      throw new Error(`row ${index} is none: ${JSON.stringify(row)}`);
    }
    if (index > 0 && time < (rows[index - 1] as Row).time) throw new Error(`row ${index} is late`);
  });
}

const keyOf = (row: Row): string => Object.values(row).join(' ');

describeWithSharedData(
  'mutated real files: an error that says what is wrong, or rows, never a crash or a hang',
  () => {
    test.each(seeds)(
      '$name',
      async ({ name, content, options = {}, checked = false, lines = false }) => {
        const original = content();
        const whole = await outcome(files.write(name, original), options);
        if ('error' in whole) throw whole.error;
        expect(whole.rows.length).toBeGreaterThan(5);
        const known = new Set(whole.rows.map(keyOf));
        await fc.assert(
          fc.asyncProperty(mutation, async (mutate) => {
            const bytes = mutate(original);
            const found = await outcome(files.write(name, bytes), options);
            if ('error' in found) {
              expect(found.error.place).not.toBe('');
              return;
            }
            expectSane(found.rows);
            // A header that has become another is another file.
            if (found.format !== whole.format) return;
            // One change can spoil the line it is in, and by a line end that goes or comes, the next.
            const strange = found.rows.filter((row) => !known.has(keyOf(row))).length;
            if (checked) expect(strange).toBe(0);
            const isCut = bytes.length < original.length;
            if (lines && !isCut) expect(strange).toBeLessThanOrEqual(2);
          }),
          repetitions(40),
        );
      },
    );
  },
);
