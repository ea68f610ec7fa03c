import type { Bar } from '../../streams';
import { csvToParquet } from '../../streams/sources/csvToParquet';
import { csvField, csvLine } from './csv';
import { openOutputFile } from './outputFile';
import { OutputError, systemCode } from './outputError';
import type { RowsFile } from './rowsFile';

/** Columns of a file of bars, and their types in Parquet. Times are epoch microseconds. */
const COLUMNS = {
  symbol: 'VARCHAR',
  interval: 'VARCHAR',
  start: 'BIGINT',
  end: 'BIGINT',
  open: 'DOUBLE',
  high: 'DOUBLE',
  low: 'DOUBLE',
  close: 'DOUBLE',
  volume: 'DOUBLE',
  count: 'BIGINT',
  complete: 'BOOLEAN',
} as const;

const lineOf = ({ symbol, interval, start, end, ...bar }: Bar): string =>
  `${csvField(symbol)},${interval},${start},${end},${bar.open},${bar.high},${bar.low},` +
  `${bar.close},${bar.volume},${bar.count},${bar.complete}\n`;

/** Base and derived bars, as CSV or, where the name ends so, as Parquet. Throws an `OutputError`. */
export function openBarsFile(path: string): RowsFile<Bar> {
  const kind = /\.(csv|parquet)$/i.exec(path)?.[1]?.toLowerCase();
  if (kind === undefined) {
    throw new OutputError(
      path,
      true,
      'bars are written as CSV or Parquet, and the name says neither',
      'Let it end in .csv or .parquet.',
    );
  }
  const file = openOutputFile(path);
  file.write(csvLine(Object.keys(COLUMNS)));
  return {
    write: (bar) => {
      file.write(lineOf(bar));
    },
    commit: async () => {
      if (kind === 'csv') {
        file.commit();
        return;
      }
      file.close();
      const parquet = file.beside('.parquet');
      try {
        await csvToParquet(file.partial, parquet, COLUMNS);
        file.commit(parquet);
      } catch (error) {
        if (error instanceof OutputError) throw error;
        const found = `cannot be written (${systemCode(error)})`;
        throw new OutputError(path, false, found, 'Choose another place, or .csv.', {
          cause: error,
        });
      }
    },
    discard: file.discard,
  };
}
