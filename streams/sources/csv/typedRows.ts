import type { FilePlan } from '../filePlan';
import { fieldsOf } from '../filePlan';
import { rowSink } from '../bytes/rowSink';
import { ANY_TIME, badRow } from '../order/badRow';
import { pricesOf, rowCollector } from '../order/rowCollector';
import { tickCollector } from '../order/tickCollector';
import type { TickFile } from '../tableReader';
import type { BarTimes } from '../time/barTimes';
import type { LayoutTime } from '../time/layoutTime';
import type { TimeColumn } from '../time/timeColumn';
import { textRows } from './textRows';

/** A table with typed columns whose times are written as no type has them: dates as numbers, time in two columns. */
interface TypedRows {
  /** As it was given. */
  readonly name: string;
  readonly plan: FilePlan;
  readonly time: TimeColumn | LayoutTime;
  readonly bars: BarTimes;
  readonly width: number;
  /** The values of the rows as texts, some rows at a time. */
  records(signal: AbortSignal): AsyncGenerator<readonly (readonly string[])[]>;
}

/** Reads such a table row by row, as a text would be; places are the numbers of the rows. */
export function typedRowsFile(table: TypedRows): TickFile {
  const { name, plan, time, bars, width } = table;
  const { kind, price, sortedBySymbol } = plan;
  const hasExtra = kind === 'bars' && plan.columns.count !== undefined;
  return {
    name,
    format: plan.format,
    evidence: plan.evidence,
    bars,
    prices: pricesOf(plan, hasExtra),
    kind,
    fields: fieldsOf(plan),
    collector: ({ ticks = false, ...window }) =>
      (ticks ? tickCollector : rowCollector)({
        kind,
        price,
        range: ANY_TIME,
        bars,
        window,
        sortedBySymbol,
        hasExtra,
      }),
    open: ({ badRows, collector, signal, onBadRow, ticks = false }) => {
      const sink = rowSink(
        kind,
        collector,
        (row) => {
          if (badRows !== 'skip') throw badRow(name, row);
          onBadRow(row);
        },
        ticks,
      );
      const add = textRows({ plan, time, width }, sink, ticks);
      return Promise.resolve({
        rows: async function* () {
          let number = 0;
          for await (const rows of table.records(signal)) {
            if (signal.aborted) return;
            for (const fields of rows) add(fields, (number += 1));
            yield* collector.full.splice(0);
          }
          sink.flush();
          yield* collector.drain();
        },
        // What reads the records sees to their end.
        verify: () => Promise.resolve(),
        close: () => Promise.resolve(),
      });
    },
  };
}
