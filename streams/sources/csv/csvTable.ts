import { basename, resolve } from 'node:path';
import { csvRecords, delimiterOf } from './csvRecords';
import type { CsvRecord } from './csvRecords';
import type { Dialect } from './dialect';
import type { Probe } from '../formats/format';
import { SourceError } from '../sourceError';

interface TextHead {
  readonly text: string;
  /** Whether the whole file is in it. */
  readonly ended: boolean;
  /** Name of the file in the zip. */
  readonly entry?: string | undefined;
}

/** How a text file is cut into rows and columns, and its first rows. */
export interface CsvTable {
  readonly probe: Probe;
  readonly delimiter: string;
  readonly hasHeader: boolean;
  /** The rows of the probe with their lines. */
  readonly records: readonly CsvRecord[];
  /** With the lines that were found to stand before the header. */
  readonly dialect: Dialect;
}

const SAMPLE_ROWS = 1000;

export async function readCsvTable(
  path: string,
  head: TextHead,
  stated: Dialect,
): Promise<CsvTable> {
  const dialect = withPreamble(head.text, withoutAddress(head.text, stated));
  if (/^\ufeff?\s*[{[]\s*["{[\d]/.test(head.text)) {
    throw new SourceError(
      'SOURCE_NOT_TABULAR',
      path,
      'is JSON of a shape that is not known',
      'Convert it to CSV with one row a line; what is read of JSON is listed by barometer formats.',
    );
  }
  const [top = ''] = head.text.split('\n', 1);
  const isRemark = /^(#|\/\/|%)\s/.test(top) && dialect.comment === undefined;
  if (isRemark && dialect.skipLines === 0) {
    throw new SourceError(
      'SOURCE_UNKNOWN_COLUMNS',
      `${path}:1`,
      'begins with a remark, not with a header or a row',
      `Pass over such lines with --comment '${top.startsWith('//') ? '//' : top.charAt(0)}', or the first ones with --skip-lines.`,
    );
  }
  if (!head.text.includes('\n') && /\r./.test(head.text)) {
    throw new SourceError(
      'SOURCE_NOT_TABULAR',
      path,
      'its lines end in a carriage return alone',
      `Write them with line feeds: tr '\\r' '\\n'.`,
    );
  }
  const delimiter = dialect.delimiter ?? delimiterOf(tableOf(head.text, dialect));
  const records: CsvRecord[] = [];
  for await (const record of csvRecords([head.text], { ...dialect, delimiter })) {
    if (record.ended || head.ended) records.push(record);
    if (records.length > SAMPLE_ROWS) break;
  }
  const [first] = records;
  if (first === undefined) {
    throw new SourceError(
      'SOURCE_NOT_TABULAR',
      path,
      'its first line has no end',
      'Give CSV with one row a line.',
    );
  }
  const header = isHeader(first.fields) ? first.fields.map((name) => name.trim()) : undefined;
  const rows = header === undefined ? records : records.slice(1);
  if (rows.length === 0) {
    throw new SourceError(
      'SOURCE_NO_ROWS',
      path,
      'has a header and no rows',
      'Check how the file was made; there is nothing to replay.',
    );
  }
  const width = header === undefined ? usualWidth(rows) : headerWidth(path, header, rows);
  return {
    probe: {
      names: [head.entry, path].filter((name) => name !== undefined).map(plainBaseName),
      path: resolve(path),
      ...(dialect.preamble !== undefined && {
        preamble: head.text
          .split(/\r?\n/, dialect.preamble + 1)
          .slice(1)
          .map((line) => line.split(delimiter)),
      }),
      ...(header !== undefined && { header: header.slice(0, width) }),
      rows: rows.map((row) => row.fields.slice(0, Math.max(width, 1))),
      width,
    },
    delimiter,
    hasHeader: header !== undefined,
    records: rows,
    dialect,
  };
}

/** Vendors of free data put their address into the first line, where a header is expected. */
const withoutAddress = (text: string, dialect: Dialect): Dialect =>
  dialect.skipLines === 0 && /^https?:\/\/[^\s,;]+\r?\n/i.test(text)
    ? { ...dialect, skipLines: 1 }
    : dialect;

/** Data frames whose columns have two levels of names are written with a line for each, and one for the index. */
const withPreamble = (text: string, dialect: Dialect): Dialect =>
  /^Price,.*\r?\nTicker,.*\r?\nDate/.test(text) ? { ...dialect, preamble: 2 } : dialect;

/** What is left of a text without the lines that are passed over. */
function tableOf(text: string, { skipLines, comment }: Dialect): string {
  if (skipLines === 0 && comment === undefined) return text;
  const lines = text.split('\n').slice(skipLines, skipLines + 1000);
  return lines.filter((line) => comment === undefined || !line.startsWith(comment)).join('\n');
}

/** The base name up to its first extension. */
export const plainBaseName = (path: string): string =>
  basename(path).replace(/(\.(csv|txt|tsv|gz|zst|zip|parquet|arrow|feather))+$/i, '');

/** Names only: a row of data has at least one number in it. */
const isHeader = (fields: readonly string[]): boolean =>
  fields.some((field) => /[a-z]/i.test(field)) && !fields.some((field) => /^[-+.]?\d/.test(field));

function usualWidth(rows: readonly CsvRecord[]): number {
  const times = new Map<number, number>();
  for (const { fields } of rows) times.set(fields.length, (times.get(fields.length) ?? 0) + 1);
  return [...times].reduce((best, next) => (next[1] > best[1] ? next : best))[0];
}

/** How many columns there are; a comma at the end of rows, or of the header, makes no column. */
function headerWidth(path: string, header: readonly string[], rows: readonly CsvRecord[]): number {
  const width = usualWidth(rows);
  if (width === header.length) return width;
  if (rows.some((row) => row.fields.length === header.length)) return header.length;
  if (width === header.length - 1 && header.at(-1) === '') return width;
  const trailing = rows.every((row) => row.fields.length !== width || row.fields.at(-1) === '');
  if (width === header.length + 1 && trailing) return header.length;
  throw new SourceError(
    'SOURCE_HEADER_MISMATCH',
    `${path}:${rows[0]?.line ?? 2}`,
    `the header names ${header.length} columns (${header.join(', ')}), and the rows have ${width}`,
    'Correct the header, so that it names every column.',
  );
}
