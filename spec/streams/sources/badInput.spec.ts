import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import type { FileOptions } from '../../../streams/sources';
import { openFiles, SourceError } from '../../../streams/sources';
import { readRows, tempFiles } from './readAll';
import { zipFile } from './zipFile';
import { zstdFile } from './zstdFile';

const files = tempFiles();

/** Most times in here are small numbers. */
const inSeconds: FileOptions = { symbol: 'X', unit: 's' };

async function failure(path: string, options = inSeconds): Promise<SourceError> {
  try {
    const [source] = await openFiles([path], options);
    await readRows(source?.batches() ?? []);
  } catch (error) {
    if (error instanceof SourceError) return error;
    throw error;
  }
  throw new Error('nothing was wrong');
}

/** Long enough that the bad row is not among those that are looked at first. */
const long = (rows: number, at: number, bad: string, end = '\n'): string =>
  [
    'ts,price',
    ...Array.from({ length: rows }, (_, row) => (row === at ? bad : `${row + 1},10`)),
  ].join(end) + end;

describe('found when a file is opened', () => {
  test.each<[string, string, string | Uint8Array, RegExp]>([
    ['SOURCE_EMPTY', 'an empty file', '', /is empty/],
    ['SOURCE_EMPTY', 'nothing but blanks', ' \n\n', /has nothing in it/],
    ['SOURCE_NO_ROWS', 'a header only', 'ts,price\n', /a header and no rows/],
    ['SOURCE_NOT_TABULAR', 'binary rubbish', Buffer.from([1, 2, 0, 255, 254, 3, 0, 9]), /no text/],
    [
      'SOURCE_NOT_TABULAR',
      'text in no UTF-8',
      Buffer.from('ts,price\n1,1\xff\n', 'latin1'),
      /UTF-8/,
    ],
    [
      'SOURCE_DAMAGED',
      'a gzip that is none',
      Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9]),
      /unpacked/,
    ],
    [
      'SOURCE_TRUNCATED',
      'half a gzip',
      gzipSync('ts,price\n1,10\n').subarray(0, 25),
      /ends too early/,
    ],
    [
      'SOURCE_TRUNCATED',
      'half a zip',
      zipFile({ 'a.csv': 'ts,price\n1,10\n' }).subarray(0, 40),
      /without an end/,
    ],
    [
      'SOURCE_MANY_ENTRIES',
      'a zip with two files',
      zipFile({ 'a.csv': 'x', 'b.csv': 'y' }),
      /2 files/,
    ],
    ['SOURCE_EMPTY', 'a zip with none', zipFile({}), /no file in it/],
    ['SOURCE_DAMAGED', 'Parquet that is none', Buffer.from('PAR1 and so on'), /damaged Parquet/],
    [
      'SOURCE_HEADER_MISMATCH',
      'a header for other rows',
      'ts,price\n1,10,5,6\n2,11,5,6\n',
      /names 2 columns .* have 4/,
    ],
    [
      'SOURCE_UNKNOWN_TIME',
      'times that nobody can read',
      'ts,price\nyesterday,10\n',
      /look like "yesterday"/,
    ],
    ['SOURCE_IMPLAUSIBLE_TIME', 'seconds of 1970', 'ts,price\n9000,10\n', /1970-01-01 02:30:00/],
    [
      'SOURCE_NO_INTERVAL',
      'one bar of unknown length',
      'ts,open,high,low,close\n1723161240,1,1,1,1\n',
      /too few bars/,
    ],
  ])('%s: %s', async (code, _, content, message) => {
    const error = await failure(files.write('bad.csv', content), { symbol: 'X' });
    expect(error).toMatchObject({ name: 'SourceError', code });
    expect(error.message).toMatch(message);
    expect(error.place).toContain('bad.csv');
  });

  test('missing: no such file', async () => {
    expect(await failure(join(files.folder, 'nowhere.csv'))).toMatchObject({
      code: 'SOURCE_MISSING',
    });
  });

  test('directory', async () => {
    const empty = join(files.folder, 'empty');
    mkdirSync(empty);
    expect(await failure(empty)).toMatchObject({ code: 'SOURCE_DIRECTORY' });
  });

  test('unknown-columns: says which were found, which are needed, and how to say so', async () => {
    const error = await failure(files.write('unknown.csv', 'exchange,event_time,px\nA,1,2\n'));
    expect(error.code).toBe('SOURCE_UNKNOWN_COLUMNS');
    expect(error.message).toContain('exchange, event_time, px');
    expect(error.message).toContain('Needed are a time, and a price');
    expect(error.message).toContain('--columns time=event_time,price=px');
  });

  test('unknown-columns: without a header, by position', async () => {
    const error = await failure(files.write('unknown.csv', '1,2,3\n4,5,6\n'));
    expect(error.message).toContain('3 columns without names (first row: 1,2,3)');
    expect(error.message).toContain('--columns time=1,price=2');
  });

  test('unknown-columns: a column that is not there', async () => {
    const path = files.write('named.csv', 'ts,price\n1,2\n');
    const error = await failure(path, { symbol: 'X', columns: { price: 'last' } });
    expect(error.message).toContain('no column "last"; there are the columns ts, price');
  });

  test('bad-option: a word that is no role', async () => {
    const path = files.write('named.csv', 'ts,price\n1,2\n');
    expect(await failure(path, { columns: { colour: 'ts' } })).toMatchObject({
      code: 'SOURCE_BAD_OPTION',
    });
  });

  test('SOURCE_NO_SYMBOL', async () => {
    const error = await failure(files.write('EURUSD.csv', 'ts,price\n1,2\n'), {});
    expect(error.code).toBe('SOURCE_NO_SYMBOL');
    expect(error.message).toContain('--symbol EURUSD');
  });

  test('no-quotes: their price is asked for, and there are none', async () => {
    const path = files.write('trades.csv', 'ts,price\n1,2\n');
    expect(await failure(path, { symbol: 'X', price: 'mid' })).toMatchObject({
      code: 'SOURCE_NO_QUOTES',
    });
  });
});

describe('a bad row is named by its line', () => {
  test.each<[string, string, RegExp]>([
    ['too few fields', '5', /1 field instead of 2/],
    ['too many fields', '5,10,11', /3 fields instead of 2/],
    ['a price that is no number', '5,ten', /price "ten"/],
    ['no price', '5,', /price ""/],
    ['NaN', '5,NaN', /price "NaN"/],
    ['an infinite price', '5,inf', /price "inf"/],
    ['a time that is none', 'noon,10', /time "noon"/],
    [
      'a time in another unit',
      '1723161255342,10',
      /milliseconds, .* where other rows have seconds/,
    ],
  ])('%s', async (_, bad, message) => {
    for (const [rows, at] of [
      [5, 2],
      [3000, 2500],
    ] as const) {
      const error = await failure(files.write('row.csv', long(rows, at, bad)));
      expect(error.code).toBe('SOURCE_BAD_ROW');
      expect(error.place).toMatch(new RegExp(`row\\.csv:${at + 2}$`));
      expect(error.message).toMatch(message);
      expect(error.message).toContain('--bad-rows skip');
    }
  });

  const text = long(3000, 2500, '5,ten', '\r\n');

  test.each<[string, string | Uint8Array]>([
    ['with CRLF', text],
    ['in gzip', gzipSync(text)],
    ['in a zip', zipFile({ 'a.csv': text })],
    ['behind a byte-order mark', `\ufeff${text}`],
  ])('%s', async (_, content) => {
    const error = await failure(files.write('line.csv', content));
    expect(error.place).toMatch(/line\.csv:2502$/);
  });

  test('in zstd', async () => {
    const plain = files.write('plain.csv', long(3000, 2500, '5,ten'));
    const packed = join(files.folder, 'line.csv.zst');
    const database = await DuckDBInstance.create();
    const connection = await database.connect();
    await connection.run(
      `COPY (FROM read_csv('${plain}', columns = {ts: 'VARCHAR', price: 'VARCHAR'}, auto_detect = false, header = true))
        TO '${packed}' (FORMAT csv, HEADER, COMPRESSION zstd)`,
    );
    connection.closeSync();
    expect((await failure(packed)).place).toMatch(/line\.csv\.zst:2502$/);
  });

  test('counting blank lines and lines inside of quotes', async () => {
    const content = 'ts,price,note\n1,10,"a\nb"\n\n2,11,c\n3,x,d\n';
    expect((await failure(files.write('lines.csv', content))).place).toMatch(/lines\.csv:6$/);
  });

  test('bars whose high is below their low', async () => {
    const content = 'ts,open,high,low,close\n60,1,2,1,1\n120,1,0.5,1,1\n';
    const error = await failure(files.write('bars.csv', content));
    expect(error.message).toMatch(/bars\.csv:3: the row has a high of 0\.5 below its low of 1/);
  });

  test('rows of Parquet are counted from 1', async () => {
    const path = join(files.folder, 'nan.parquet');
    const database = await DuckDBInstance.create();
    const connection = await database.connect();
    await connection.run(
      `COPY (SELECT i AS ts, CASE WHEN i = 2500 THEN 'NaN'::DOUBLE ELSE 1.5 END AS price FROM range(1, 3000) t(i)) TO '${path}'`,
    );
    connection.closeSync();
    expect((await failure(path)).place).toMatch(/nan\.parquet:2500$/);
  });
});

describe('rows that are bad can be skipped and counted', () => {
  test('of every kind', async () => {
    const path = files.write(
      'skip.csv',
      'ts,price,size\n1,10,1\n2,ten,1\n3\n4,NaN,1\n5,0,1\nx,10,1\n6,11,-1\n7,12,1,9\n8,13,1\n9,1,1\n9,2,1\n9,3,1\n',
    );
    const [source] = await openFiles([path], { ...inSeconds, badRows: 'skip' });
    const rows = await readRows(source?.batches() ?? []);
    expect(rows.map(({ close }) => close)).toEqual([10, 0, 13, 1, 2, 3]);
    expect(source?.counts()).toMatchObject({ rows: 6, badRows: 6, zeroPrices: 1 });
  });
});

test('a file that is mostly bad is not skipped to nothing', async () => {
  const path = files.write('mostly.csv', 'ts,price\n1,10\n2,ten\n3,eleven\n');
  const error = await failure(path, { ...inSeconds, badRows: 'skip' });
  expect(error.code).toBe('SOURCE_BAD_ROW');
  expect(error.message).toMatch(/mostly\.csv:3: 2 of 3 rows cannot be used.*price "ten"/);
});

test('a quote that is not closed cannot be skipped: nobody knows what it has swallowed', async () => {
  for (const end of ['\n', '\r\n']) {
    const path = files.write('quote.csv', long(3000, 2500, '5,"10', end));
    expect(await failure(path)).toMatchObject({ code: 'SOURCE_BAD_ROW' });
    const error = await failure(path, { ...inSeconds, badRows: 'skip' });
    expect(error.code).toBe('SOURCE_BAD_ROW');
    expect(error.place).toMatch(/quote\.csv:2502$/);
  }
});

test('nor is it overlooked where lines end differently, and quotes mean nothing', async () => {
  const content = long(3000, 2500, '5,"10').replace('\n', '\n0,10\r\n');
  const path = files.write('quote.csv', content);
  const [source] = await openFiles([path], { ...inSeconds, badRows: 'skip' });
  expect(await readRows(source?.batches() ?? [])).toHaveLength(3000);
  expect(source?.counts().badRows).toBe(1);
});

describe('a file that was cut off', () => {
  const packed = gzipSync(long(200_000, -1, ''));

  test('is known before its first row is handed out, though its beginning is well', async () => {
    const path = files.write('cut.csv.gz', packed.subarray(0, packed.length - 20));
    const [source] = await openFiles([path], { ...inSeconds, badRows: 'skip' });
    const rows = readRows(source?.batches() ?? []);
    await expect(rows).rejects.toMatchObject({ code: 'SOURCE_TRUNCATED' });
    expect(source?.counts().rows).toBe(0);
  });

  test('has no bad row where it was cut: it is truncated', async () => {
    const path = files.write('cut.csv.gz', packed.subarray(0, packed.length >> 1));
    expect(await failure(path)).toMatchObject({ code: 'SOURCE_TRUNCATED' });
  });

  test('zstd is told by its frames', async () => {
    const plain = files.write('plain.csv', long(200_000, -1, ''));
    const packed = join(files.folder, 'cut.csv.zst');
    const database = await DuckDBInstance.create();
    const connection = await database.connect();
    await connection.run(`COPY (FROM '${plain}') TO '${packed}' (FORMAT csv, COMPRESSION zstd)`);
    connection.closeSync();
    const bytes = readFileSync(packed);
    const whole = await openFiles([files.write('whole.csv.zst', bytes)], inSeconds);
    expect(await readRows(whole[0]?.batches() ?? [])).toHaveLength(200_000);
    const path = files.write('cut.csv.zst', bytes.subarray(0, bytes.length - 5));
    expect(await failure(path)).toMatchObject({ code: 'SOURCE_TRUNCATED' });
  });

  test('a zip whose contents do not fit its checksum', async () => {
    const zip = zipFile({ 'a.csv': 'ts,price\n1,10\n2,11\n' });
    zip.writeUInt32LE(0, 14);
    zip.writeUInt32LE(1, zip.indexOf('PK\u0001\u0002', 0, 'latin1') + 16);
    expect(await failure(files.write('sum.zip', zip))).toMatchObject({ code: 'SOURCE_DAMAGED' });
  });
});

test.each<[string, (content: string) => Buffer]>([
  [
    'gz',
    (content) => {
      const packed = gzipSync(content);
      packed.writeUInt32LE(1, packed.length - 8);
      return packed;
    },
  ],
  [
    'zip',
    (content) => {
      const packed = zipFile({ 'a.csv': content });
      packed.writeUInt32LE(1, packed.indexOf('PK\u0001\u0002', 0, 'latin1') + 16);
      return packed;
    },
  ],
  [
    'zst',
    (content) => {
      const packed = zstdFile(Buffer.from(content));
      packed.writeUInt32LE(1, packed.length - 4);
      return packed;
    },
  ],
])('a bad row in a packed file that is damaged is no bad row: %s', async (ending, pack) => {
  const path = files.write(`damaged.csv.${ending}`, pack('ts,price\n1,10\n2,1O\n3,11\n'));
  expect(await failure(path)).toMatchObject({ code: 'SOURCE_DAMAGED' });
});

test('lines that end in a carriage return alone are named', async () => {
  const error = await failure(files.write('mac.csv', 'ts,price\r1,10\r2,11\r'));
  expect(error.message).toMatch(/mac\.csv: its lines end in a carriage return alone/);
});

describe('nothing is left behind', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sources-left-'));
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const options: FileOptions = { ...inSeconds, tempDirectory: folder };

  test('by a file that was read to its end', async () => {
    const path = files.write('all.zip', zipFile({ 'a.csv': long(20_000, -1, '') }));
    const [source] = await openFiles([path], options);
    await readRows(source?.batches() ?? []);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('by one that was closed early', async () => {
    const path = files.write('early.zip', zipFile({ 'a.csv': long(20_000, -1, '') }));
    const [source] = await openFiles([path], options);
    for await (const batch of source?.batches() ?? []) {
      expect(batch.length).toBeGreaterThan(0);
      break;
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  test('by one that was closed while it was being read', async () => {
    const path = files.write('while.zip', zipFile({ 'a.csv': long(200_000, -1, '') }));
    const [source] = await openFiles([path], options);
    const batches = source?.batches()[Symbol.asyncIterator]();
    const first = batches?.next();
    await batches?.return?.();
    expect(await first).toEqual({ done: true, value: undefined });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('by one with a bad row', async () => {
    const path = files.write('badrow.zip', zipFile({ 'a.csv': long(3000, 2500, '1,x') }));
    expect(await failure(path, options)).toMatchObject({ code: 'SOURCE_BAD_ROW' });
    expect(existsSync(path)).toBe(true);
    expect(readdirSync(folder)).toEqual([]);
  });
});
