/** `node sqlBars.js FILE MICROSECONDS`: bars of a CSV file by DuckDB's SQL; prints how many there are. */
import { DuckDBInstance } from '@duckdb/node-api';

const [path = '', length = ''] = process.argv.slice(2);

async function main(): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const bars = await connection.runAndReadAll(
    `SELECT symbol, timestamp // ${Number(length)} AS start, first(price ORDER BY timestamp),
      max(price), min(price), last(price ORDER BY timestamp), sum(size), count(*)
    FROM read_csv('${path.replaceAll("'", "''")}') GROUP BY symbol, start ORDER BY start, symbol`,
  );
  console.log(bars.currentRowCount);
}

void main();
