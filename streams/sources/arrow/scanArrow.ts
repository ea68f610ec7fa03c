import type { RecordBatch } from 'apache-arrow';
import type { BadRow } from '../badRow';
import { badRow, whatIsWrongWithValues } from '../badRow';
import type { FileOptions } from '../fileOptions';
import type { RowBlock } from '../rowBlock';
import type { RowIntake, ScannedRows } from '../rowIntake';
import { scanRoles } from '../scanSql';
import { NO_SYMBOL } from '../symbolKeys';
import type { TickTable } from '../table';
import { indexesOf, numbersOf, timesOf } from './arrowColumns';
import { openArrow } from './arrowReader';

export interface ArrowScanOptions extends Pick<FileOptions, 'badRows'> {
  readonly signal: AbortSignal;
  /** Is told of rows that are skipped. */
  readonly isBad: (row: BadRow) => void;
}

/** Reads Arrow IPC from end to end into an intake, as `scanFile` does other tables. */
export async function* scanArrow(
  table: TickTable,
  intake: RowIntake,
  { badRows, signal, isBad }: ArrowScanOptions,
): AsyncGenerator<RowBlock> {
  const reader = await openArrow(table.name, table.path);
  const read = batchReader(table, intake);
  let place = 0;
  try {
    for await (const batch of reader.batches()) {
      if (signal.aborted) return;
      const rows = read(batch);
      const first = intake.take(rows);
      if (first >= 0) {
        for (let row = first; row < rows.length; row += 1) {
          const values = rows.values.map((column) => column[row] as number);
          const wrong =
            rows.symbol[row] === NO_SYMBOL
              ? 'has no symbol'
              : whatIsWrongWithValues(table.plan.kind, rows.time[row] as number, values);
          if (wrong === undefined) continue;
          const bad = { place: place + row + 1, wrong };
          if (badRows !== 'skip') throw badRow(table.name, bad);
          isBad(bad);
        }
      }
      place += rows.length;
      yield* intake.full.splice(0);
    }
  } finally {
    await reader.close();
  }
  const rest = intake.rest();
  intake.counts.rows += rest.length;
  if (rest.length > 0) yield rest;
}

function batchReader(table: TickTable, intake: RowIntake): (batch: RecordBatch) => ScannedRows {
  const { plan, time } = table;
  const { symbols, counts } = intake;
  const { only, divisor } = plan;
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
  return (batch) => {
    const missing = new Float64Array(batch.numRows);
    const rows: ScannedRows = {
      length: batch.numRows,
      time: timesOf(batch, plan.columns.time, time),
      values: scanRoles[plan.kind].map((role) => {
        const at = plan.columns[role];
        if (at === undefined) return missing;
        const numbers = numbersOf(batch, at, role === 'size' || plan.kind === 'quotes' ? 0 : NaN);
        return divisor === undefined || role === 'size'
          ? numbers
          : numbers.map((number) => (number >= 2 ** 63 ? absentOf(plan.kind) : number / divisor));
      }),
      symbol:
        plan.columns.symbol === undefined
          ? new Uint32Array(batch.numRows)
          : indexesOf(batch, plan.columns.symbol, indexOf),
    };
    if (only === undefined) return rows;
    const kinds: string[] = [];
    const kind = indexesOf(batch, only.column, (name) => kinds.push(name) - 1);
    return ofKind(rows, (row) => kinds[kind[row] as number] ?? '', only.value, counts.skipped);
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
    symbol: Uint32Array.from(kept, (row) => rows.symbol[row] as number),
  };
}
