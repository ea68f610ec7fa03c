import type { Tick } from '../../streams';
import { csvField } from './csv';
import type { RowsFile } from './rowsFile';
import { openTableFile } from './tableFile';

/** Columns of a file of ticks, and their types in Parquet. Times are epoch microseconds. */
const COLUMNS = { time: 'BIGINT', symbol: 'VARCHAR', price: 'DOUBLE', size: 'DOUBLE' } as const;

const lineOf = ({ time, symbol, price, size = 0 }: Tick): string =>
  `${time},${csvField(symbol)},${price},${size}\n`;

/** Ticks as CSV or, where the name ends so, as Parquet or Arrow. Throws an `OutputError`. */
export const openTicksFile = (path: string): RowsFile<Tick> =>
  openTableFile(path, { what: 'ticks', columns: COLUMNS, lineOf });
