import type { RowSink } from '../bytes/decoder';
import type { FileOptions } from '../fileOptions';
import type { FilePlan } from '../filePlan';
import { idSet } from '../order/idSet';
import { QUOTES } from '../tickLayout';
import type { LayoutTime } from '../time/layoutTime';
import type { TimeColumn } from '../time/timeColumn';
import { csvRowReader } from './csvRow';

/** A table whose values are texts, and how they are written. */
interface TextColumns {
  readonly plan: FilePlan;
  readonly time: TimeColumn | LayoutTime;
  readonly width: number;
  readonly dialect?: Pick<FileOptions, 'decimal' | 'thousands'>;
}

/** Reads records row by row into a sink; a record's number is the place of its row. */
export function textRows(
  { plan, time, width, dialect = {} }: TextColumns,
  sink: RowSink,
  ticks = false,
): (fields: readonly string[], line: number) => void {
  const rows = csvRowReader(plan, width, time, { ...dialect, ticks });
  const { row } = rows;
  const { only, kind } = plan;
  const indexes = new Map<string, number>();
  const { id } = plan.columns;
  const ids = kind === 'trades' && id !== undefined ? idSet() : undefined;
  /** The sides before, of formats that write a side only when it has changed. */
  let [bid, ask] = [0, 0];
  /** A row's quote comes before its trade. */
  const addTick = (line: number, symbol: number): void => {
    const [price = NaN, size = 0, side = 0, b = NaN, a = NaN, bidSize, askSize] = row.ticks;
    const isQuote = !(Number.isNaN(b) && Number.isNaN(a));
    if (isQuote || kind === 'quotes') {
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
  return (fields, line) => {
    if (only !== undefined && fields.length >= width) {
      const found = fields[only.column] ?? '';
      if (found !== only.value) {
        sink.pass(only.others ?? (found === '' ? 'rows of no kind' : found));
        return;
      }
    }
    const wrong = rows.read(fields);
    if (wrong !== undefined) {
      sink.bad(line, wrong);
      return;
    }
    if (ids !== undefined && !ids.isNew(Number(fields[id ?? 0]))) {
      sink.pass('trades whose id was there already');
      return;
    }
    const [a = 0, b = 0, c = 0, d = 0, e = 0] = row.values;
    const symbol = symbolOf(row.symbol);
    if (ticks && kind !== 'bars') addTick(line, symbol);
    else if (kind === 'trades') {
      if (Number.isNaN(a)) sink.pass(QUOTES);
      else sink.trade(line, row.time, symbol, a, b);
    } else if (kind === 'quotes') {
      if (plan.carriesSides === true) {
        [bid, ask] = [a === 0 ? bid : a, b === 0 ? ask : b];
        sink.quote(line, row.time, symbol, bid, ask);
      } else sink.quote(line, row.time, symbol, a, b);
    } else if (Number.isNaN(a)) sink.pass(plan.emptyBars ?? 'rows without a price');
    else sink.bar(line, row.time, symbol, [a, b, c, d], e, row.madeOf);
  };
}
