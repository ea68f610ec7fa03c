import type { BadRow } from '../order/badRow';
import { csvRecords } from './csvRecords';
import { textPieces } from './plainBytes';
import { csvRowReader } from './csvRow';
import type { TickTable } from '../tickTable';
import type { Compression } from '../compression/compression';

/**
 * The first bad rows of a text, with their lines. DuckDB counts rows, not lines, and tells of rows
 * that it could not read only when all is over, so the text is read again, up to the last of these.
 *
 * @param path where the text is, and what it is wrapped in there
 */
export async function locateBadRows(
  table: TickTable,
  { path, compression }: { readonly path: string; readonly compression: Compression },
  limit: number,
): Promise<BadRow[]> {
  const { time, plan, columns } = table;
  const found: BadRow[] = [];
  if (columns.layout !== 'csv' || time.written === 'timestamp') return found;
  const rows = csvRowReader(plan, columns.width, time);
  let header = columns.hasHeader;
  const { delimiter } = columns;
  for await (const { fields, line } of csvRecords(textPieces(path, compression), { delimiter })) {
    if (header) {
      header = false;
      continue;
    }
    const { only } = plan;
    if (only !== undefined && fields.length === columns.width) {
      if (fields[only.column] !== only.value) continue;
    }
    const wrong = rows.read(fields);
    if (wrong !== undefined && found.push({ place: line, wrong }) === limit) break;
  }
  return found;
}
