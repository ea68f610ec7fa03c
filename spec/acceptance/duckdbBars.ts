import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Bar } from '../../streams';
import { unzipTo } from '../../streams/sources/compression/zipEntry';

/** A bar as an array, so that tables of them compare and print shortly: symbol, start, open, high, low, close, volume, rows. */
export type BarRow = readonly [string, number, number, number, number, number, number, number];

export const barRow = (bar: Bar): BarRow => {
  const { symbol, start, open, high, low, close, volume, count } = bar;
  return [symbol, start, open, high, low, close, volume, count];
};

/** All that has to be equal to the last digit: a sum depends on the order in which it is made. */
export const withoutVolume = (rows: readonly BarRow[]): unknown[][] =>
  rows.map(([symbol, start, open, high, low, close, , count]) => [
    symbol,
    start,
    open,
    high,
    low,
    close,
    count,
  ]);

/** Where raw rows stand: a query that gives `symbol`, `t` (epoch microseconds), `open`, `high`, `low`, `close`, `volume`. */
export type RawRows = (file: string) => string;

export const binanceTrades =
  (symbol: string): RawRows =>
  (file) => `
    SELECT '${symbol}' AS symbol, column4::BIGINT * 1000 AS t,
      column1 AS open, column1 AS high, column1 AS low, column1 AS close, column2 AS volume
    FROM read_csv('${file}', header = false, columns = {
      'column0': 'BIGINT', 'column1': 'DOUBLE', 'column2': 'DOUBLE', 'column3': 'DOUBLE',
      'column4': 'BIGINT', 'column5': 'VARCHAR', 'column6': 'VARCHAR'})`;

export const quotes: RawRows = (file) => `
    SELECT symbol, timestamp AS t, round((bid + ask) / 2, 8) AS open, open AS high, open AS low, open AS close,
      0.0 AS volume
    FROM read_csv('${file}', header = true, columns = {
      'timestamp': 'BIGINT', 'symbol': 'VARCHAR', 'bid': 'DOUBLE', 'ask': 'DOUBLE'})
    WHERE bid <> 0 AND ask <> 0`;

export const recordedBars =
  (symbol: string): RawRows =>
  (file) => `
    SELECT '${symbol}' AS symbol, epoch_us(timestamp) AS t, open, high, low, close, volume
    FROM read_csv('${file}', header = true, columns = {
      'timestamp': 'TIMESTAMP', 'open': 'DOUBLE', 'high': 'DOUBLE', 'low': 'DOUBLE',
      'close': 'DOUBLE', 'volume': 'DOUBLE'})`;

/**
 * Bars by SQL over the raw file: first, max, min, last and sum, grouped by window; rows of one stamp
 * in the order of the file. One list for each length, in order of start.
 */
export async function barsBySql(
  path: string,
  rows: RawRows,
  lengths: readonly number[],
): Promise<BarRow[][]> {
  const folder = mkdtempSync(join(tmpdir(), 'barometer-spec-'));
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  try {
    let file = path;
    if (path.endsWith('.zip')) {
      file = join(folder, 'rows.csv');
      await unzipTo(path, file, new AbortController().signal);
    }
    await connection.run("SET TimeZone = 'UTC'");
    await connection.run(
      `CREATE TABLE raw AS SELECT row_number() OVER () AS n, * FROM (${rows(file)})`,
    );
    const tables: BarRow[][] = [];
    for (const length of lengths) {
      const reader = await connection.runAndReadAll(`
        SELECT symbol, (t - t % ${length})::DOUBLE AS start, first(open ORDER BY t, n), max(high),
          min(low), last(close ORDER BY t, n), sum(volume), count(*)::DOUBLE
        FROM raw GROUP BY ALL ORDER BY start, symbol`);
      tables.push(reader.getRows() as unknown as BarRow[]);
    }
    return tables;
  } finally {
    connection.closeSync();
    instance.closeSync();
    rmSync(folder, { recursive: true, force: true });
  }
}
