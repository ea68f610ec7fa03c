import { ANY_TIME } from '../order/badRow';
import type { FileOptions } from '../fileOptions';
import type { RowBatch } from '../../bars/rows';
import { BLOCK_ROWS } from '../order/rowBlock';
import type { ScannedRows } from '../order/rowCollector';
import { extraColumn } from '../duckdb/scanSql';
import { NO_SYMBOL } from '../duckdb/symbolKeys';
import type { RowView } from '../tableReader';
import type { TickTable } from '../tickTable';
import { timeRange } from '../time/timeColumn';
import { quoteColumns } from '../tickLayout';
import { damagedArrow, openArrow } from './arrowReader';
import { arrowRows } from './arrowRows';

/** The rows in place, where no row needs a change, all are good, and they are in order. */
export async function arrowView(
  table: TickTable,
  options: Pick<FileOptions, 'from' | 'to'>,
  signal: AbortSignal,
  onScanned: (rows: number) => void,
): Promise<RowView | undefined> {
  if (!mayBeViewed(table, options)) return undefined;
  const symbols: string[] = [];
  const good = await countGoodRows(table, symbols, signal, onScanned);
  if (good === undefined) return undefined;
  return { ...good, symbols, batches: (names) => viewBatches(table, names, signal) };
}

/** Whether rows can be handed out as they lie, if they turn out to be good and in order. */
const mayBeViewed = (
  { plan, bars }: TickTable,
  options: Pick<FileOptions, 'from' | 'to'>,
): boolean =>
  plan.kind !== 'quotes' &&
  quoteColumns(plan).length === 0 &&
  (plan.kind === 'bars' || extraColumn(plan) === undefined) &&
  plan.zone === undefined &&
  plan.only === undefined &&
  plan.divisor === undefined &&
  bars.shift === 0 &&
  bars.startOf === undefined &&
  options.from === undefined &&
  options.to === undefined;

/**
 * How many rows there are, if all of them are usable and in order of time: they need not be copied
 * then, nor written to a temporary file, to be handed out as they lie. Reading twice costs less, but for
 * what is packed, of which nothing is said.
 */
async function countGoodRows(
  table: TickTable,
  symbols: string[],
  signal: AbortSignal,
  isAt: (row: number) => void,
): Promise<Pick<RowView, 'rows' | 'earliest' | 'latest'> | undefined> {
  const reader = await openArrow(table.name, table.path);
  const read = arrowRows(table, symbols, {});
  const range = table.time.written === 'timestamp' ? ANY_TIME : timeRange(table.time);
  let count = 0;
  let earliest = Infinity;
  let latest = range.from;
  try {
    for await (const batch of reader.batches()) {
      if (signal.aborted || reader.packed) return undefined;
      const rows = read(batch);
      if (!areGood(rows, table.plan.kind === 'bars', latest, range.to)) return undefined;
      count += rows.length;
      isAt(count);
      if (rows.length === 0) continue;
      earliest = Math.min(earliest, rows.time[0] as number);
      latest = rows.time[rows.length - 1] as number;
    }
  } catch (error) {
    throw damagedArrow(table.name, error);
  } finally {
    await reader.close();
  }
  return { rows: count, earliest, latest };
}

function areGood(
  { length, time, values, symbol }: ScannedRows,
  isBars: boolean,
  from: number,
  to: number,
): boolean {
  const [first, high, low, close] = values as [Float64Array, ...Float64Array[]];
  const size = values.at(-1) as Float64Array;
  let latest = from;
  for (let row = 0; row < length; row += 1) {
    const at = time[row] as number;
    const price = first[row] as number;
    const volume = size[row] as number;
    const good = at >= latest && at < to && price - price === 0 && volume >= 0 && volume < Infinity;
    if (!good || symbol[row] === NO_SYMBOL) return false;
    if (isBars) {
      const top = high?.[row] as number;
      const bottom = low?.[row] as number;
      const last = close?.[row] as number;
      if (!(top >= bottom) || top - top !== 0 || bottom - bottom !== 0 || last - last !== 0)
        return false;
    } else if (price === 0) return false;
    latest = at;
  }
  return true;
}

/** The rows as they lie in the file, in views on its columns. */
async function* viewBatches(
  table: TickTable,
  symbols: string[],
  signal: AbortSignal,
): AsyncGenerator<RowBatch> {
  const reader = await openArrow(table.name, table.path);
  const read = arrowRows(table, symbols, {});
  const isBars = table.plan.kind === 'bars';
  try {
    for await (const batch of reader.batches()) {
      const { length, time, values, symbol, extra } = read(batch);
      const [open, high = open, low = open, close = open] = (
        isBars ? values : values.slice(0, 1)
      ) as [Float64Array, ...Float64Array[]];
      const volume = values.at(-1) as Float64Array;
      for (let from = 0; from < length; from += BLOCK_ROWS) {
        if (signal.aborted) return;
        const to = Math.min(from + BLOCK_ROWS, length);
        const price = open.subarray(from, to);
        const view = (column: Float64Array): Float64Array =>
          column === open ? price : column.subarray(from, to);
        yield {
          length: to - from,
          symbols,
          symbol: symbol.subarray(from, to),
          time: time.subarray(from, to),
          open: price,
          high: view(high),
          low: view(low),
          close: view(close),
          volume: volume.subarray(from, to),
          ...(extra !== undefined && { count: extra.subarray(from, to) }),
        };
      }
    }
  } finally {
    await reader.close();
  }
}
