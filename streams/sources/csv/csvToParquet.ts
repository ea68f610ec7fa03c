import { dirname } from 'node:path';
import { database, quotePath, quoteText } from '../duckdb/duckdb';

/**
 * Writes a CSV file of ours again as Parquet, its columns having the DuckDB types that are said. It
 * streams: memory stays bounded, and what does not fit spills beside the file.
 */
export async function csvToParquet(
  csv: string,
  parquet: string,
  columns: Readonly<Record<string, string>>,
): Promise<void> {
  const duckdb = database({ tempDirectory: dirname(parquet), memoryLimit: '512MB' });
  const connection = await duckdb.connect();
  try {
    await connection.run(
      `COPY (SELECT * FROM ${ownCsvSql(csv, columns)})
       TO ${quoteText(parquet)} (FORMAT parquet, COMPRESSION zstd)`,
    );
  } finally {
    duckdb.release(connection);
  }
}

/** A CSV file of ours: commas, double quotes, one header line, line feeds. */
export function ownCsvSql(csv: string, columns: Readonly<Record<string, string>>): string {
  const types = Object.entries(columns).map(
    ([name, type]) => `${quoteText(name)}: ${quoteText(type)}`,
  );
  return `read_csv(${quotePath(csv)}, auto_detect = false, header = true,
    delim = ',', quote = '"', escape = '"', new_line = '\\n', max_line_size = 16777216,
    buffer_size = 33554432, allow_quoted_nulls = false, columns = {${types.join(', ')}})`;
}
