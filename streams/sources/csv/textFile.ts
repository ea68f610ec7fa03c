import type { Decoder, RowSink } from '../bytes/decoder';
import { fieldsOf } from '../filePlan';
import type { FilePlan } from '../filePlan';
import { QUOTES } from '../tickLayout';
import type { Reading } from '../formats';
import type { LayoutTime } from '../time/layoutTime';
import type { TimeColumn } from '../time/timeColumn';
import { csvRowReader } from './csvRow';
import type { CsvTable } from './csvTable';
import { csvSplitter } from './csvRecords';
import type { Dialect } from './dialect';

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
    decoder: (sink, ticks) => textDecoder(table, sink, ticks),
    fields: fieldsOf(table.plan),
  };
}

function textDecoder(
  { plan, time, csv, dialect }: TextTable,
  sink: RowSink,
  ticks = false,
): Decoder {
  const rows = csvRowReader(plan, csv.probe.width, time, { ...dialect, ticks });
  const { row } = rows;
  const { only } = plan;
  const decoder = new TextDecoder(dialect.encoding);
  const indexes = new Map<string, number>();
  let header = csv.hasHeader;
  /** The sides before, of formats that write a side only when it has changed. */
  let [bid, ask] = [0, 0];
  /** A row's quote comes before its trade. */
  const addTick = (line: number, symbol: number): void => {
    const [price = NaN, size = 0, side = 0, b = NaN, a = NaN, bidSize, askSize] = row.ticks;
    const isQuote = !(Number.isNaN(b) && Number.isNaN(a));
    if (isQuote || plan.kind === 'quotes') {
      if (plan.carriesSides === true) [bid, ask] = [b || bid, a || ask];
      else [bid, ask] = [b || 0, a || 0];
      sink.quote(line, row.time, symbol, bid, ask, bidSize, askSize);
    }
    if (!Number.isNaN(price)) sink.trade(line, row.time, symbol, price, size, side);
  };
  const symbolOf = (name: string): number => {
    let index = indexes.get(name);
    if (index === undefined) {
      index = sink.symbol(name);
      indexes.set(name, index);
    }
    return index;
  };
  const splitter = csvSplitter({ ...dialect, delimiter: csv.delimiter }, ({ fields, line }) => {
    if (header) {
      header = false;
      return;
    }
    if (only !== undefined && fields.length >= csv.probe.width) {
      const found = fields[only.column] ?? '';
      if (found !== only.value) {
        sink.pass(found === '' ? 'rows of no kind' : found);
        return;
      }
    }
    const wrong = rows.read(fields);
    if (wrong !== undefined) {
      sink.bad(line, wrong);
      return;
    }
    const [a = 0, b = 0, c = 0, d = 0, e = 0] = row.values;
    const symbol = symbolOf(row.symbol);
    if (ticks) addTick(line, symbol);
    else if (plan.kind === 'trades') {
      if (Number.isNaN(a)) sink.pass(QUOTES);
      else sink.trade(line, row.time, symbol, a, b);
    } else if (plan.kind === 'quotes') {
      if (plan.carriesSides === true) {
        [bid, ask] = [a === 0 ? bid : a, b === 0 ? ask : b];
        sink.quote(line, row.time, symbol, bid, ask);
      } else sink.quote(line, row.time, symbol, a, b);
    } else sink.bar(line, row.time, symbol, [a, b, c, d], e);
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
