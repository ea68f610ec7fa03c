import type { Tick } from '../../streams';
import type { CsvField, CsvOptions } from './csv';
import type { RowsFile } from './rowsFile';
import { openTableFile } from './tableFile';

/** Columns of a file of ticks, and their types in Parquet. Times are epoch microseconds. */
const COLUMNS = { time: 'BIGINT', symbol: 'VARCHAR', price: 'DOUBLE', size: 'DOUBLE' } as const;

const lineOf = ({ time, symbol, price, size = 0 }: Tick, field: CsvField): string =>
  `${time},${field(symbol)},${price},${size}\n`;

/** Ticks as CSV or, where the name ends so, as Parquet or Arrow. Throws an `OutputError`. */
export const openTicksFile = (path: string, options?: CsvOptions): RowsFile<Tick> =>
  openTableFile(path, { what: 'ticks', columns: COLUMNS, lineOf }, options);
