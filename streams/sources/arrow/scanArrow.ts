import type { BadRow } from '../order/badRow';
import { ANY_TIME, badRow, whatIsWrongWithValues } from '../order/badRow';
import type { FileOptions } from '../fileOptions';
import type { RowBlock } from '../order/rowBlock';
import type { RowCollector } from '../order/rowCollector';
import { NO_SYMBOL } from '../duckdb/symbolKeys';
import type { TickTable } from '../table';
import { timeRange } from '../time/timeColumn';
import { arrowRows } from './arrowRows';
import { openArrow } from './arrowReader';

export interface ArrowScanOptions extends Pick<FileOptions, 'badRows'> {
  readonly signal: AbortSignal;
  /** Is told of rows that are skipped. */
  readonly isBad: (row: BadRow) => void;
}

/** Reads Arrow IPC from end to end into an intake, as `scanFile` does other tables. */
export async function* scanArrow(
  table: TickTable,
  intake: RowCollector,
  { badRows, signal, isBad }: ArrowScanOptions,
): AsyncGenerator<RowBlock> {
  const reader = await openArrow(table.name, table.path);
  const read = arrowRows(table, intake.symbols, intake.counts.skipped);
  const range = table.time.written === 'timestamp' ? ANY_TIME : timeRange(table.time);
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
              : whatIsWrongWithValues(table.plan.kind, rows.time[row] as number, values, range);
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
