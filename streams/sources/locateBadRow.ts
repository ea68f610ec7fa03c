import { csvRecords } from './csvRecords';
import type { Database } from './duckdb';
import { whatIsWrongWithRow } from './rowCheck';
import { SourceError } from './sourceError';
import type { TickTable } from './table';
import { textPieces } from './textPieces';

/**
 * The error that names a bad row's line. DuckDB counts rows, not lines, and tells of rows that it
 * could not read only when all is over, so the text is read again, up to the first row that is bad.
 */
export async function locateBadRow(
  table: TickTable,
  path: string,
  database: Database,
  row?: number,
): Promise<SourceError> {
  if (table.columns.layout === 'parquet') return parquetRow(table, row ?? 0);
  const { width, delimiter, hasHeader } = table.columns;
  if (table.time.written === 'timestamp') throw new TypeError('text has no typed times');
  let header = hasHeader;
  const wrapping = table.wrapping === 'zip' ? 'none' : table.wrapping;
  for await (const record of csvRecords(textPieces(path, wrapping, database), delimiter)) {
    if (header) {
      header = false;
      continue;
    }
    const wrong = whatIsWrongWithRow(record.fields, width, table.plan, table.time);
    if (wrong !== undefined) return badRow(table.name, record.line, wrong);
  }
  return new SourceError(
    'bad-row',
    table.name,
    'has a row that cannot be read',
    'Correct it, or skip such rows with --bad-rows skip.',
  );
}

export const badRow = (name: string, line: number, wrong: string): SourceError =>
  new SourceError(
    'bad-row',
    `${name}:${line}`,
    `the row ${wrong}`,
    'Correct it, or skip such rows with --bad-rows skip.',
  );

const parquetRow = (table: TickTable, row: number): SourceError =>
  badRow(table.name, row + 1, 'has a time, price or size that cannot be used');
