import { csvRecords } from './csvRecords';
import type { Database } from './duckdb';
import { whatIsWrongWithRow } from './rowCheck';
import { SourceError } from './sourceError';
import type { TickTable } from './table';
import { textPieces } from './textPieces';

/**
 * The error that names the line of a text's first bad row. DuckDB counts rows, not lines, and tells
 * of rows that it could not read only when all is over, so the text is read again, up to that row.
 */
export async function locateBadRow(
  table: TickTable,
  path: string,
  database: Database,
): Promise<SourceError | undefined> {
  const { name, time, plan, columns } = table;
  if (columns.layout !== 'csv' || time.written === 'timestamp') return undefined;
  let header = columns.hasHeader;
  const wrapping = table.wrapping === 'zip' ? 'none' : table.wrapping;
  for await (const record of csvRecords(textPieces(path, wrapping, database), columns.delimiter)) {
    if (header) {
      header = false;
      continue;
    }
    const wrong = whatIsWrongWithRow(record.fields, columns.width, plan, time);
    if (wrong !== undefined) return badRow(name, record.line, wrong);
  }
  return undefined;
}

export const badRow = (name: string, line: number, wrong: string): SourceError =>
  new SourceError(
    'bad-row',
    `${name}:${line}`,
    `the row ${wrong}`,
    'Correct it, or skip such rows with --bad-rows skip.',
  );
