import { rmSync } from 'node:fs';
import { csvToArrow } from '../../streams/sources/arrow/csvToArrow';
import { csvToParquet } from '../../streams/sources/csv/csvToParquet';
import { csvLine, fieldFor, timeFor } from './csv';
import type { CsvField, CsvOptions, CsvTime } from './csv';
import { openOutputFile } from './outputFile';
import { OutputError, systemCode } from './outputError';
import type { RowsFile } from './rowsFile';

/** What is in a table, and how. */
interface TableLayout<T> {
  /** In the words of an error: bars are written as …. */
  readonly what: string;
  /** Columns, and their types in Parquet and Arrow. */
  readonly columns: Readonly<Record<string, string>>;
  /** A row in CSV, its line feed included. */
  readonly lineOf: (row: T, field: CsvField, time: CsvTime) => string;
}

/** Rows as CSV or, where the name ends so, as Parquet or an Arrow IPC file. Throws an `OutputError`. */
export function openTableFile<T>(
  path: string,
  { what, columns, lineOf }: TableLayout<T>,
  options: CsvOptions = {},
): RowsFile<T> {
  const kind = /\.(csv|parquet|arrow)$/i.exec(path)?.[1]?.toLowerCase();
  if (kind === undefined) {
    throw new OutputError(
      path,
      true,
      `${what} are written as CSV, Parquet or Arrow, and the name says none of them`,
      'Let it end in .csv or .parquet, or .arrow.',
    );
  }
  if (kind !== 'csv' && options.timeFormat === 'iso') {
    const found = 'times in Parquet and Arrow are numbers, and ISO times were requested';
    throw new OutputError(path, true, found, 'Let it end in .csv, or leave out --time-format.');
  }
  const time = timeFor(options);
  // Only what is read as CSV: the other formats are made of it.
  const field = fieldFor(kind === 'csv' ? options : {});
  const file = openOutputFile(path);
  file.write(csvLine(Object.keys(columns)));
  return {
    write: (row) => {
      file.write(lineOf(row, field, time));
    },
    commit: async (options) => {
      if (kind === 'csv') return file.commit(options);
      file.close();
      const packed = file.beside(`.${kind}`);
      try {
        await (kind === 'arrow' ? csvToArrow : csvToParquet)(file.partial, packed, columns);
        return file.commit({ ...options, from: packed });
      } catch (error) {
        if (error instanceof OutputError) throw error;
        const found = `cannot be written (${systemCode(error)})`;
        throw new OutputError(path, false, found, 'Choose another place, or .csv.', {
          cause: error,
        });
      } finally {
        rmSync(packed, { force: true });
      }
    },
    discard: file.discard,
  };
}
