import type { Tick } from '../../streams';
import type { TickField } from '../../streams/sources';
import type { CsvField, CsvOptions } from './csv';
import type { RowsFile } from './rowsFile';
import { openTableFile } from './tableFile';

/** A trade, a quote, or both: a price that is not a number is none. */
type TickRow = Tick;

/** Columns of a file of ticks, and their types in Parquet. Times are epoch microseconds. */
const TYPES = {
  time: 'BIGINT',
  symbol: 'VARCHAR',
  price: 'DOUBLE',
  size: 'DOUBLE',
  side: 'VARCHAR',
  bid: 'DOUBLE',
  ask: 'DOUBLE',
  bid_size: 'DOUBLE',
  ask_size: 'DOUBLE',
} as const;

type Column = keyof typeof TYPES;

const COLUMN_OF = {
  side: 'side',
  bid: 'bid',
  ask: 'ask',
  bidSize: 'bid_size',
  askSize: 'ask_size',
} as const satisfies Record<TickField, Column>;

const number = (value = NaN): string => (Number.isNaN(value) ? '' : String(value));

const TEXT: Readonly<Record<Column, (tick: TickRow, field: CsvField) => string>> = {
  time: ({ time }) => String(time),
  symbol: ({ symbol }, field) => field(symbol),
  price: ({ price }) => number(price),
  size: ({ price, size = 0 }) => (Number.isNaN(price) ? '' : String(size)),
  side: ({ side = '' }) => side,
  bid: ({ bid }) => number(bid),
  ask: ({ ask }) => number(ask),
  bid_size: ({ bidSize }) => number(bidSize),
  ask_size: ({ askSize }) => number(askSize),
};

interface TicksFileOptions extends CsvOptions {
  /** What is written besides time, symbol, price and size. */
  readonly fields?: readonly TickField[];
  /** False where there are quotes only. */
  readonly hasPrices?: boolean;
}

/** Ticks as CSV or, where the name ends so, as Parquet or Arrow. Throws an `OutputError`. */
export function openTicksFile(
  path: string,
  { fields = [], hasPrices = true, ...options }: TicksFileOptions = {},
): RowsFile<TickRow> {
  const names: readonly Column[] = [
    'time',
    'symbol',
    ...(hasPrices ? (['price', 'size'] as const) : []),
    ...fields.map((name) => COLUMN_OF[name]),
  ];
  const texts = names.map((name) => TEXT[name]);
  const columns = Object.fromEntries(names.map((name) => [name, TYPES[name]]));
  const lineOf = (tick: TickRow, field: CsvField): string =>
    `${texts.map((text) => text(tick, field)).join(',')}\n`;
  return openTableFile(path, { what: 'ticks', columns, lineOf }, options);
}
