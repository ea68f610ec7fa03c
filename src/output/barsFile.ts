import type { Bar } from '../../streams';
import type { CsvField, CsvOptions, CsvTime } from './csv';
import type { RowsFile } from './rowsFile';
import { openTableFile } from './tableFile';

/** Columns of a file of bars, and their types in Parquet. Times are epoch microseconds unless CSV has them in ISO 8601. */
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

const lineOf = (
  { symbol, interval, start, end, ...bar }: Bar,
  field: CsvField,
  time: CsvTime,
): string =>
  `${field(symbol)},${interval},${time(start)},${time(end)},${bar.open},${bar.high},${bar.low},` +
  `${bar.close},${bar.volume},${bar.count},${bar.complete}\n`;

/** Bars of a live feed say how many rows they lack. */
const LIVE_COLUMNS = { ...COLUMNS, gap: 'BIGINT' } as const;

const liveLineOf = (bar: Bar, field: CsvField, time: CsvTime): string =>
  `${lineOf(bar, field, time).slice(0, -1)},${bar.gap ?? 0}\n`;

export interface BarsFileOptions extends CsvOptions {
  /** Bars of a live feed have a column more, `gap`. */
  readonly isLive?: boolean;
}

/** Base and derived bars, as CSV or, where the name ends so, as Parquet or Arrow. Throws an `OutputError`. */
export const openBarsFile = (
  path: string,
  { isLive = false, ...options }: BarsFileOptions = {},
): RowsFile<Bar> => {
  const layout = isLive
    ? { columns: LIVE_COLUMNS, lineOf: liveLineOf }
    : { columns: COLUMNS, lineOf };
  return openTableFile(path, { what: 'bars', ...layout }, options);
};
