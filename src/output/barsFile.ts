import type { Bar } from '../../streams';
import type { CsvField, CsvOptions } from './csv';
import type { RowsFile } from './rowsFile';
import { openTableFile } from './tableFile';

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

const lineOf = ({ symbol, interval, start, end, ...bar }: Bar, field: CsvField): string =>
  `${field(symbol)},${interval},${start},${end},${bar.open},${bar.high},${bar.low},` +
  `${bar.close},${bar.volume},${bar.count},${bar.complete}\n`;

/** Base and derived bars, as CSV or, where the name ends so, as Parquet or Arrow. Throws an `OutputError`. */
export const openBarsFile = (path: string, options?: CsvOptions): RowsFile<Bar> =>
  openTableFile(path, { what: 'bars', columns: COLUMNS, lineOf }, options);
