import type { Decoder, RowSink } from '../bytes/decoder';
import { fieldsOf } from '../filePlan';
import type { FilePlan } from '../filePlan';
import type { Reading } from '../formats';
import type { LayoutTime } from '../time/layoutTime';
import type { TimeColumn } from '../time/timeColumn';
import type { CsvTable } from './csvTable';
import { csvSplitter } from './csvRecords';
import type { Dialect } from './dialect';
import { textRows } from './textRows';

/** A text that DuckDB's typed scan does not read: how rows are made of its bytes. */
interface TextTable {
  readonly plan: FilePlan;
  readonly time: TimeColumn | LayoutTime;
  readonly csv: Pick<CsvTable, 'probe' | 'delimiter' | 'hasHeader'>;
  readonly dialect: Dialect;
  readonly interval: number;
}

export function textReading(table: TextTable): Reading {
  const { kind, price, sortedBySymbol } = table.plan;
  return {
    kind,
    price,
    interval: table.interval,
    ...(sortedBySymbol === true && { sortedBySymbol }),
    ...(kind === 'bars' && table.plan.columns.count !== undefined && { hasCounts: true }),
    decoder: (sink, ticks) => textDecoder(table, sink, ticks),
    fields: fieldsOf(table.plan),
  };
}

function textDecoder(
  { plan, time, csv, dialect }: TextTable,
  sink: RowSink,
  ticks = false,
): Decoder {
  const add = textRows({ plan, time, width: csv.probe.width, dialect }, sink, ticks);
  const decoder = new TextDecoder(dialect.encoding);
  let header = csv.hasHeader;
  const splitter = csvSplitter({ ...dialect, delimiter: csv.delimiter }, ({ fields, line }) => {
    if (header) header = false;
    else add(fields, line);
  });
  return {
    push: (bytes) => {
      splitter.push(decoder.decode(bytes, { stream: true }));
    },
    end: () => {
      splitter.push(decoder.decode());
      splitter.end();
    },
  };
}
