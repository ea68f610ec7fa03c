import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import type { FileOptions } from '../../../streams/sources';
import { openFiles } from '../../../streams/sources';
import { readRows, readTicks, tempFiles } from './readAll';
import { zipFile } from './zipFile';

const files = tempFiles();
const options: FileOptions = { symbol: 'X' };
/** For times that are small numbers. */
const inSeconds: FileOptions = { symbol: 'X', unit: 's' };
const TIME = 1_723_161_255_342_000;

describe('columns are found by the names that people give them', () => {
  test.each([
    ['timestamp,price,size', 'timestamp'],
    ['TIME,Last,Qty', 'upper case'],
    ['ts,price,quantity', 'ts'],
    ['datetime,price,volume', 'datetime'],
    ['Date,Price,Amount', 'date'],
  ])('%s', async (header) => {
    const path = files.write('named.csv', `${header}\n1723161255342,10.5,2\n`);
    expect(await readTicks(path, options)).toEqual([[TIME, 10.5, 2]]);
  });

  test.each(['symbol', 'Ticker', 'instrument'])('%s', async (name) => {
    const path = files.write('symbols.csv', `${name},ts,price\nA,1,10\nB,2,11\nA,3,12\n`);
    const [source] = await openFiles([path], { unit: 's' });
    const rows = await readRows(source?.batches() ?? []);
    expect(rows.map(({ symbol }) => symbol)).toEqual(['A', 'B', 'A']);
  });

  test('a date and a time of day beside one another', async () => {
    const path = files.write('two.csv', 'Date,Time,Price\n2024-08-08,23:54:15.342,10\n');
    expect(await readTicks(path, options)).toEqual([[TIME, 10, 0]]);
  });

  test('semicolons and tabs cut columns as well', async () => {
    const semicolons = files.write('semicolons.csv', 'ts;price\n1;10\n');
    const tabs = files.write('tabs.tsv', 'ts\tprice\n1\t10\n');
    expect(await readTicks(semicolons, inSeconds)).toEqual([[1e6, 10, 0]]);
    expect(await readTicks(tabs, inSeconds)).toEqual([[1e6, 10, 0]]);
  });
});

describe('columns are said by hand', () => {
  test('by name', async () => {
    const path = files.write('hand.csv', 'when,what,px,lots\n1,A,10,3\n');
    const columns = { time: 'when', symbol: 'what', price: 'PX', volume: 'lots' };
    expect(await readTicks(path, { unit: 's', columns })).toEqual([[1e6, 10, 3]]);
  });

  test('by position, where there is no header', async () => {
    const path = files.write('headerless.csv', '7,1,10,3\n8,2,11,4\n');
    const columns = { time: '2', price: 'column3' };
    expect(await readTicks(path, { ...inSeconds, columns })).toEqual([
      [1e6, 10, 0],
      [2e6, 11, 0],
    ]);
  });

  test('a price said by hand goes before bars found by name', async () => {
    const path = files.write('both.csv', 'ts,open,high,low,close\n1,1,2,0.5,1.5\n');
    expect(await readTicks(path, { ...inSeconds, columns: { price: 'close' } })).toEqual([
      [1e6, 1.5, 0],
    ]);
  });
});

describe('times', () => {
  test.each([
    ['seconds', '1723161255', 1_723_161_255_000_000],
    ['milliseconds', '1723161255342', TIME],
    ['microseconds', '1723161255342123', 1_723_161_255_342_123],
    ['nanoseconds, floored', '1723161255342123999', 1_723_161_255_342_123],
    ['seconds with a fraction', '1723161255.342123', 1_723_161_255_342_123],
    ['seconds with nine decimals, floored', '1723161255.342123999', 1_723_161_255_342_123],
    ['milliseconds with a fraction', '1723161255342.123', 1_723_161_255_342_123],
    ['as floating-point numbers', '1.723161255342e+12', TIME],
    ['ISO without a zone, which is UTC', '2024-08-08 23:54:15.342', TIME],
    ['ISO with T and Z', '2024-08-08T23:54:15.342Z', TIME],
    ['ISO with an offset', '2024-08-09T01:54:15.342+02:00', TIME],
    ['ISO with nanoseconds, floored', '2024-08-08T23:54:15.342123999Z', TIME + 123],
    ['minutes', '2024/08/08 23:54', 1_723_161_240_000_000],
    ['a day', '2024-08-08', 1_723_075_200_000_000],
  ])('%s: %s', async (_, written, micros) => {
    const path = files.write('times.csv', `ts,price\n${written},10\n`);
    expect(await readTicks(path, options)).toEqual([[micros, 10, 0]]);
  });
});

describe('prices', () => {
  test('negative ones and sizes of zero are real', async () => {
    const path = files.write('spread.csv', 'ts,price,size\n1,-37.63,0\n2,-1,\n');
    expect(await readTicks(path, inSeconds)).toEqual([
      [1e6, -37.63, 0],
      [2e6, -1, 0],
    ]);
  });

  const quotes = 'ts,bid,ask\n1,10,11\n2,10,0\n3,,11\n4,12,13\n';

  test.each([
    ['mid', [10.5, 12.5], 2],
    ['bid', [10, 10, 12], 1],
    ['ask', [11, 11, 13], 1],
  ] as const)('quotes make their %s; where a side is absent, none', async (price, made, absent) => {
    const path = files.write('quotes.csv', quotes);
    const [source] = await openFiles([path], { ...inSeconds, price });
    const rows = await readRows(source?.batches() ?? []);
    expect(rows.map(({ close }) => close)).toEqual(made);
    expect(source?.counts()).toMatchObject({ oneSided: absent, badRows: 0 });
  });

  test('trades go before quotes, unless quotes are asked for', async () => {
    const path = files.write('kibot.csv', 'ts,price,bid,ask\n1,10,20,30\n');
    expect(await readTicks(path, inSeconds)).toEqual([[1e6, 10, 0]]);
    expect(await readTicks(path, { ...inSeconds, price: 'mid' })).toEqual([[1e6, 25, 0]]);
  });
});

describe('recorded bars', () => {
  const bars =
    'time,open,high,low,close,volume\n' +
    '2024-01-02 09:31:00,1,4,0.5,2,100\n2024-01-02 09:33:00,2,5,1,3,200\n2024-01-02 09:34:00,3,3,3,3,0\n';

  test('are as long as their gaps say, and stamped with their start', async () => {
    const [source] = await openFiles([files.write('bars.csv', bars)], options);
    expect(source?.interval).toBe(60e6);
    expect((await readRows(source?.batches() ?? []))[0]).toEqual({
      symbol: 'X',
      time: Date.UTC(2024, 0, 2, 9, 31) * 1000,
      open: 1,
      high: 4,
      low: 0.5,
      close: 2,
      volume: 100,
    });
  });

  test('stamped with their end, are handed out with their start', async () => {
    const path = files.write('bars.csv', bars);
    const [first] = await readTicks(path, { ...options, barTime: 'end' });
    expect(first?.[0]).toBe(Date.UTC(2024, 0, 2, 9, 30) * 1000);
  });

  test('of a file with a single one, are as long as is asked for', async () => {
    const path = files.write('bar.csv', 'ts,open,high,low,close\n60,1,1,1,1\n');
    const [source] = await openFiles([path], { ...inSeconds, recorded: '1m' });
    expect(source?.interval).toBe(60e6);
  });
});

describe('text as it comes', () => {
  const expected = [
    [1e6, 10, 0],
    [2e6, 11, 0],
  ];

  test.each([
    ['CRLF', 'ts,price\r\n1,10\r\n2,11\r\n'],
    ['lines that end differently', 'ts,price\n1,10\r\n2,11\n'],
    ['a byte-order mark', '\ufeffts,price\n1,10\n2,11\n'],
    ['no line end behind the last row', 'ts,price\n1,10\n2,11'],
    ['quoted fields', '"ts","price","note"\n"1","10","a,b"\n"2","11","say ""no"""\n'],
    ['a line end in a quoted field', 'ts,price,note\n1,10,"a\nb"\n2,11,c\n'],
    ['blank lines at the end', 'ts,price\n1,10\n2,11\n\n\n'],
    ['a comma at the end of rows', 'ts,price\n1,10,\n2,11,\n'],
    ['a comma at the end of all lines', 'ts,price,\n1,10,\n2,11,\n'],
    ['blanks around numbers', 'ts, price\n1, 10\n2, 11\n'],
  ])('%s', async (_, text) => {
    expect(await readTicks(files.write('text.csv', text), inSeconds)).toEqual(expected);
  });

  test('lines that begin to end differently deep in the file', async () => {
    const lines = (from: number, to: number, end: string): string =>
      Array.from({ length: to - from }, (_, row) => `${from + row},1${end}`).join('');
    const text = `ts,price\n${lines(0, 300_000, '\n')}${lines(300_000, 300_100, '\r\n')}`;
    const rows = await readTicks(files.write('deep.csv', text), inSeconds);
    expect(rows).toHaveLength(300_100);
    expect(rows.every(([time], row) => time === row * 1e6)).toBe(true);
  });

  test('a row of ten megabytes', async () => {
    const note = 'x'.repeat(10_000_000);
    const path = files.write('wide.csv', `ts,price,note\n1,10,${note}\n2,11,"${note}"\n`);
    expect(await readTicks(path, inSeconds)).toEqual(expected);
  });

  test('gzip, and several gzips behind one another', async () => {
    const path = files.write(
      'parts.csv.gz',
      Buffer.concat([gzipSync('ts,price\n1,10\n'), gzipSync('2,11\n')]),
    );
    expect(await readTicks(path, inSeconds)).toEqual(expected);
  });

  test('packed files are told by their bytes, not by their names', async () => {
    const path = files.write('plain.csv', gzipSync('ts,price\n1,10\n2,11\n'));
    expect(await readTicks(path, inSeconds)).toEqual(expected);
  });

  test('a zip with one file; what the system put beside it does not count', async () => {
    const zip = zipFile({ 'a.csv': 'ts,price\n1,10\n2,11\n', '__MACOSX/._a.csv': 'x' });
    expect(await readTicks(files.write('one.zip', zip), inSeconds)).toEqual(expected);
  });

  test('zstd and Parquet', async () => {
    const database = await DuckDBInstance.create();
    const connection = await database.connect();
    const zstd = join(files.folder, 'rows.csv.zst');
    const parquet = join(files.folder, 'rows.parquet');
    const rows = `SELECT * FROM (VALUES (1, 10.0), (2, 11.0)) rows(ts, price)`;
    await connection.run(`COPY (${rows}) TO '${zstd}' (FORMAT csv, HEADER, COMPRESSION zstd)`);
    await connection.run(`COPY (${rows}) TO '${parquet}'`);
    connection.closeSync();
    expect(await readTicks(zstd, inSeconds)).toEqual(expected);
    expect(await readTicks(parquet, inSeconds)).toEqual(expected);
  });

  test('times of Parquet that say no zone are of the one that is said', async () => {
    const database = await DuckDBInstance.create();
    const connection = await database.connect();
    const write = async (name: string, type: string): Promise<string> => {
      const path = join(files.folder, name);
      const stamp = `'2024-07-02 09:30:00${type === 'TIMESTAMP' ? '' : '+00'}'::${type}`;
      await connection.run(`COPY (SELECT ${stamp} AS ts, 1.5 AS price) TO '${path}'`);
      return path;
    };
    const local = await write('local.parquet', 'TIMESTAMP');
    const universal = await write('universal.parquet', 'TIMESTAMPTZ');
    connection.closeSync();
    const zoned = { ...options, zone: 'America/New_York' };
    const hour = (hours: number): number => Date.UTC(2024, 6, 2, hours, 30) * 1000;
    expect(await readTicks(local, options)).toEqual([[hour(9), 1.5, 0]]);
    expect(await readTicks(local, zoned)).toEqual([[hour(13), 1.5, 0]]);
    expect(await readTicks(universal, zoned)).toEqual([[hour(9), 1.5, 0]]);
    expect(await readTicks(local, { ...zoned, from: hour(13), to: hour(14) })).toHaveLength(1);
    expect(await readTicks(local, { ...zoned, to: hour(13) })).toEqual([]);
  });

  test.each(['a b.csv', "it's.csv", 'a*.csv', 'a[b]?.csv', 'date=2024-08-08'])(
    'a path is taken literally: %s',
    async (name) => {
      files.write('ab.csv', 'ts,price\n9,99\n');
      const folder = join(files.folder, `folder of ${name}`);
      mkdirSync(folder);
      const path = join(folder, name);
      writeFileSync(path, 'ts,price\n1,10\n2,11\n');
      writeFileSync(join(folder, 'ab.csv'), 'ts,price\n9,99\n');
      expect(await readTicks(path, inSeconds)).toEqual(expected);
    },
  );
});
