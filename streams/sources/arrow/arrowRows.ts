import type { RecordBatch } from 'apache-arrow';
import type { ScannedRows } from '../order/rowCollector';
import { extraColumn, scanRoles } from '../duckdb/scanSql';
import { NO_SYMBOL } from '../duckdb/symbolKeys';
import type { TickTable } from '../tickTable';
import { QUOTES, quoteColumns, sideReader, TICK_ROLES } from '../tickLayout';
import { columnMemory, nameReader, numbersOf, textOfValue, timesOf } from './arrowColumns';

/** Reads the rows of a table's batches, which are good until the next is read; appends to `symbols` and counts what is passed over in `skipped`. */
export function arrowRows(
  table: TickTable,
  symbols: string[],
  skipped: Record<string, number>,
  withTicks = false,
): (batch: RecordBatch) => ScannedRows {
  const { plan, time } = table;
  const quotes = withTicks ? [] : quoteColumns(plan).filter((at) => at !== plan.columns.price);
  const readTicks = withTicks ? arrowTicks(plan) : undefined;
  const { only, divisor } = plan;
  const extraAt = extraColumn(plan);
  const known = new Map<string, number>();
  if (plan.symbol !== undefined) symbols.push(plan.symbol);
  const indexOf = (name: string): number => {
    const trimmed = name.trim();
    if (trimmed === '') return NO_SYMBOL;
    let index = known.get(trimmed);
    if (index === undefined) {
      index = symbols.push(trimmed) - 1;
      known.set(trimmed, index);
    }
    return index;
  };
  const names = nameReader(indexOf);
  const times = columnMemory((length) => new Float64Array(length));
  const noNumbers = columnMemory((length) => new Float64Array(length));
  const oneSymbol = columnMemory((length) => new Uint32Array(length));
  return (batch) => {
    const rows: ScannedRows = {
      length: batch.numRows,
      time: timesOf(batch, plan.columns.time, time, times),
      values:
        readTicks?.(batch) ??
        scanRoles[plan.kind].map((role) => {
          const at = plan.columns[role];
          if (at === undefined) return noNumbers(batch.numRows);
          const numbers = numbersOf(batch, at, role === 'size' || plan.kind === 'quotes' ? 0 : NaN);
          return divisor === undefined || role === 'size'
            ? numbers
            : numbers.map((number) => (number >= 2 ** 63 ? absentOf(plan.kind) : number / divisor));
        }),
      symbol:
        plan.columns.symbol === undefined
          ? oneSymbol(batch.numRows)
          : names(batch, plan.columns.symbol),
      extra:
        extraAt === undefined
          ? undefined
          : unfinished(numbersOf(batch, extraAt, NaN), batch, plan.columns.complete),
    };
    if (quotes.length > 0) return withoutQuotes(rows, batch, quotes, skipped);
    if (only === undefined) return rows;
    const kinds: string[] = [];
    const kind = nameReader((name) => kinds.push(name) - 1)(batch, only.column);
    return ofKind(rows, (row) => kinds[kind[row] as number] ?? '', only.value, skipped);
  };
}

/** The count of a bar that was unfinished is negative. */
function unfinished(
  counts: Float64Array,
  batch: RecordBatch,
  complete: number | undefined,
): Float64Array {
  if (complete === undefined) return counts;
  const vector = batch.getChildAt(complete);
  return counts.map((count, row) => (vector?.get(row) === false ? -count : count));
}

/** Rows of quotes among trades have no price. */
function withoutQuotes(
  rows: ScannedRows,
  batch: RecordBatch,
  quotes: readonly number[],
  skipped: Record<string, number>,
): ScannedRows {
  const [price] = rows.values;
  const sides = quotes.map((at) => numbersOf(batch, at, NaN));
  const isQuote = (row: number): boolean =>
    Number.isNaN(price?.[row]) && sides.some((side) => Number.isFinite(side[row]));
  let isPlain = true;
  for (let row = 0; row < rows.length && isPlain; row += 1) isPlain = !isQuote(row);
  return isPlain ? rows : ofKind(rows, (row) => (isQuote(row) ? QUOTES : ''), '', skipped);
}

/** What trades and quotes have, in the order of `TICK_ROLES`. */
function arrowTicks(plan: TickTable['plan']): (batch: RecordBatch) => Float64Array[] {
  const { columns = {}, sides, tradeIf } = plan.ticks ?? {};
  const { divisor = 1 } = plan;
  const sideOf = sideReader(sides);
  return (batch) => {
    const { numRows } = batch;
    const isTrade = (row: number): boolean =>
      tradeIf === undefined ||
      textOfValue(batch.getChildAt(tradeIf.column)?.get(row)) === tradeIf.value;
    return TICK_ROLES.map((role) => {
      const at = columns[role];
      const isNone = role === 'size' || role === 'side' ? 0 : NaN;
      if (at === undefined) return new Float64Array(numRows).fill(isNone);
      if (role === 'side') {
        const vector = batch.getChildAt(at);
        return Float64Array.from({ length: numRows }, (_, row) =>
          sideOf(textOfValue(vector?.get(row))),
        );
      }
      const numbers = numbersOf(batch, at, isNone);
      const isPrice = role === 'price' || role === 'bid' || role === 'ask';
      if (!isPrice || (divisor === 1 && (role !== 'price' || tradeIf === undefined)))
        return numbers;
      return numbers.map((number, row) =>
        number >= 2 ** 63 || (role === 'price' && !isTrade(row)) ? NaN : number / divisor,
      );
    });
  };
}

const absentOf = (kind: TickTable['plan']['kind']): number => (kind === 'quotes' ? 0 : NaN);

function ofKind(
  rows: ScannedRows,
  kindOf: (row: number) => string,
  wanted: string,
  skipped: Record<string, number>,
): ScannedRows {
  const kept: number[] = [];
  for (let row = 0; row < rows.length; row += 1) {
    const found = kindOf(row);
    if (found === wanted) kept.push(row);
    else skipped[found] = (skipped[found] ?? 0) + 1;
  }
  const of = (column: Float64Array): Float64Array =>
    Float64Array.from(kept, (row) => column[row] as number);
  return {
    length: kept.length,
    time: of(rows.time),
    values: rows.values.map(of),
    extra: rows.extra === undefined ? undefined : of(rows.extra),
    symbol: Uint32Array.from(kept, (row) => rows.symbol[row] as number),
  };
}
