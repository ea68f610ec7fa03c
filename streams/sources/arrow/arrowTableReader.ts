import { extraColumn } from '../duckdb/scanSql';
import { NO_SYMBOL } from '../duckdb/symbolKeys';
import { ANY_TIME, badRow, whatIsWrongWithTick, whatIsWrongWithValues } from '../order/badRow';
import { fieldsOf } from '../filePlan';
import { tickCollector } from '../order/tickCollector';
import { pricesOf, rowCollector } from '../order/rowCollector';
import type { ReadRequest, TableReader, TickFile } from '../tableReader';
import type { TickTable } from '../tickTable';
import { timeRange } from '../time/timeColumn';
import { zoneClock } from '../time/zoneClock';
import { damagedArrow, openArrow } from './arrowReader';
import { arrowRows } from './arrowRows';
import { arrowView } from './viewArrow';

/** Arrow IPC: read batch by batch, or handed out in place. */
export function arrowFile(table: TickTable): TickFile {
  const { name, plan, bars } = table;
  const { kind, price, sortedBySymbol, zone } = plan;
  const range = rangeOf(table);
  return {
    name,
    format: plan.format,
    evidence: plan.evidence,
    bars,
    prices: pricesOf(plan, extraColumn(plan) !== undefined),
    kind,
    fields: fieldsOf(plan),
    collector: ({ from, to, ticks = false }) =>
      (ticks ? tickCollector : rowCollector)({
        kind,
        price,
        range,
        bars,
        window: { from, to },
        sortedBySymbol,
        hasExtra: extraColumn(plan) !== undefined,
        zone: zone === undefined ? undefined : zoneClock(zone),
      }),
    open: (request) => openArrowReader(table, request),
    view: (options, signal, onScanned) => arrowView(table, options, signal, onScanned),
  };
}

const rangeOf = ({ time }: TickTable): typeof ANY_TIME =>
  time.written === 'timestamp' ? ANY_TIME : timeRange(time);

async function openArrowReader(
  table: TickTable,
  { collector, badRows, signal, onBadRow, ticks = false }: ReadRequest,
): Promise<TableReader> {
  const reader = await openArrow(table.name, table.path);
  const read = arrowRows(table, collector.symbols, collector.counts.skipped, ticks);
  const wrongWith = ticks ? whatIsWrongWithTick : whatIsWrongWithValues;
  const range = rangeOf(table);
  let place = 0;
  const readBatch: typeof read = (batch) => {
    try {
      return read(batch);
    } catch (error) {
      throw damagedArrow(table.name, error);
    }
  };
  return {
    rows: async function* () {
      for await (const batch of reader.batches()) {
        if (signal.aborted) return;
        const rows = readBatch(batch);
        const first = collector.take(rows);
        if (first >= 0) {
          for (let row = first; row < rows.length; row += 1) {
            const values = rows.values.map((column) => column[row] as number);
            const wrong =
              rows.symbol[row] === NO_SYMBOL
                ? 'has no symbol'
                : wrongWith(table.plan.kind, rows.time[row] as number, values, range);
            if (wrong === undefined) continue;
            const bad = { place: place + row + 1, wrong };
            if (badRows !== 'skip') throw badRow(table.name, bad);
            onBadRow(bad);
          }
        }
        place += rows.length;
        yield* collector.full.splice(0);
      }
      yield* collector.drain();
    },
    // The mark at the end was looked for when the file was opened.
    verify: () => Promise.resolve(),
    close: () => reader.close(),
  };
}
