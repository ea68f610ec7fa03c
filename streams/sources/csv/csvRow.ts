import type { Micros } from '../../bars/bar';
import type { FileOptions } from '../fileOptions';
import type { BatchOptions } from '../../bars/rows';
import type { FilePlan } from '../filePlan';
import type { LayoutTime } from '../time/layoutTime';
import type { TimeColumn } from '../time/timeColumn';
import { isEpochColumn, isTimeLike, isZoneless, microsOf, unitOf } from '../time/timeColumn';
import { zoneClock } from '../time/zoneClock';
import { quoteColumns, sideReader, TICK_ROLES } from '../tickLayout';
import { numberReader } from './csvNumbers';

/** What the last row held that was read without fault. */
interface CsvRow {
  time: Micros;
  symbol: string;
  /** Trades: price, size. Quotes: bid, ask, size. Bars: open, high, low, close, size. */
  readonly values: number[];
  /** Of how many rows a bar was made, negative while it is unfinished; NaN where that is unknown. */
  madeOf: number;
  /** In the order of `TICK_ROLES`, where that was requested. */
  readonly ticks: number[];
}

interface CsvRowReader {
  readonly row: CsvRow;
  /** Reads a record into `row`; returns what is wrong with it, as the rest of a sentence after "the row". */
  read(fields: readonly string[]): string | undefined;
}

/**
 * Reads rows of a text one by one, as DuckDB reads them in bulk: for the first rows, for bad ones, and
 * for texts that are written as DuckDB reads none.
 */
export function csvRowReader(
  plan: FilePlan,
  width: number,
  time: TimeColumn | LayoutTime,
  options: Pick<FileOptions, 'decimal' | 'thousands'> & BatchOptions = {},
): CsvRowReader {
  const { columns, kind, absent, divisor = 1, emptyBars } = plan;
  const numberOf = numberReader(options);
  const clock = rowClock(time, plan.zone);
  const row: CsvRow = { time: NaN, symbol: plan.symbol ?? '', values: [], madeOf: NaN, ticks: [] };
  const quotes = quoteColumns(plan);
  const readTicks = options.ticks === true ? tickFields(plan, numberOf, divisor) : undefined;
  const roles =
    kind === 'trades'
      ? ([columns.price] as const)
      : kind === 'bars'
        ? ([columns.open, columns.high, columns.low, columns.close] as const)
        : ([columns.bid, columns.ask] as const);
  const isQuotes = kind === 'quotes';
  const text = (fields: readonly string[], at: number | undefined): string =>
    at === undefined ? '' : (fields[at] ?? '').trim();

  return {
    row,
    read: (fields) => {
      const trailing = fields.length === width + 1 && fields[width] === '';
      if (fields.length !== width && !trailing) {
        return `has ${fields.length} ${fields.length === 1 ? 'field' : 'fields'} instead of ${width}`;
      }
      const stamp =
        columns.date === undefined
          ? text(fields, columns.time)
          : `${text(fields, columns.date)} ${text(fields, columns.time)}`;
      const wrong = clock.read(stamp);
      if (wrong !== undefined) return wrong;
      row.time = clock.at;
      if (columns.symbol !== undefined) {
        row.symbol = text(fields, columns.symbol);
        if (row.symbol === '') return 'has no symbol';
      }
      readTicks?.(fields, row.ticks);
      const isQuote =
        quotes.length > 0 &&
        text(fields, columns.price) === '' &&
        quotes.some((at) => text(fields, at) !== '');
      const isEmpty = emptyBars !== undefined && roles.every((at) => text(fields, at) === '');
      if (isQuote || isEmpty) {
        row.values[0] = NaN;
        return undefined;
      }
      for (let role = 0; role < roles.length; role += 1) {
        const field = text(fields, roles[role]);
        const isAbsent = field === '' || field === absent;
        const value = isAbsent ? (isQuotes ? 0 : NaN) : numberOf(field) / divisor;
        if (!Number.isFinite(value)) {
          return `has the price "${field}", which is no number${signHint(field)}`;
        }
        row.values[role] = value;
      }
      if (kind === 'bars' && (row.values[1] as number) < (row.values[2] as number)) {
        return `has a high of ${text(fields, columns.high)} below its low of ${text(fields, columns.low)}`;
      }
      const field = text(fields, columns.size);
      const size = field === '' ? 0 : numberOf(field);
      if (!(size >= 0 && size < Infinity)) return `has the size "${field}"`;
      row.values[roles.length] = size;
      if (columns.count !== undefined) {
        const isOpen = text(fields, columns.complete).toLowerCase() === 'false';
        row.madeOf = numberOf(text(fields, columns.count)) * (isOpen ? -1 : 1);
      }
      return undefined;
    },
  };
}

/** Reads what trades and quotes have; what cannot be read is absent, as far as no bars are made of it. */
function tickFields(
  { ticks = { columns: {} } }: FilePlan,
  numberOf: (text: string) => number,
  divisor: number,
): (fields: readonly string[], into: number[]) => void {
  const { columns, sides, tradeIf } = ticks;
  const sideOf = sideReader(sides);
  const divisors = TICK_ROLES.map((role) => (/^(price|bid|ask)$/.test(role) ? divisor : 1));
  return (fields, into) => {
    for (const [place, role] of TICK_ROLES.entries()) {
      const at = columns[role];
      const field = at === undefined ? '' : (fields[at] ?? '').trim();
      const isNone = role === 'size' || role === 'side' ? 0 : NaN;
      into[place] =
        field === ''
          ? isNone
          : role === 'side'
            ? sideOf(field)
            : numberOf(field) / (divisors[place] as number);
    }
    if (tradeIf !== undefined && fields[tradeIf.column] !== tradeIf.value) into[0] = NaN;
  };
}

/** What a number with commas may be. */
function signHint(field: string): string {
  if (/^[-+]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(field)) {
    return /\./.test(field) || /,.*,/.test(field)
      ? ': --thousands , reads it'
      : ': --thousands , or --decimal , reads it';
  }
  return /^[-+]?\d+,\d+$/.test(field) ? ': --decimal , reads it' : '';
}

interface RowClock {
  /** The time that was read last. */
  readonly at: Micros;
  read(stamp: string): string | undefined;
}

const NAMES = { s: 'seconds', ms: 'milliseconds', us: 'microseconds', ns: 'nanoseconds' } as const;

/** A row that says its zone keeps it; the others are of the plan's zone, or else of UTC. */
function rowClock(time: TimeColumn | LayoutTime, zone: string | undefined): RowClock {
  const local = zone === undefined ? undefined : zoneClock(zone);
  const parser = time.written === 'layout' ? time.parser() : undefined;
  let at: Micros = NaN;
  const unreadable = (stamp: string): string => {
    const isNumber = /^\d+(\.\d+)?$/.test(stamp);
    if (time.written !== 'layout' && isEpochColumn(time) && isNumber) {
      const unit = unitOf(Number(stamp));
      if (unit !== time.unit) {
        return (
          `has a time in ${NAMES[unit]}, ${stamp}, where other rows have ${NAMES[time.unit]}: ` +
          '--unit per-row reads each row in its own unit'
        );
      }
    }
    return `has the time "${stamp}", unlike the times of other rows`;
  };
  return {
    get at() {
      return at;
    },
    read: (stamp) => {
      let isZoned: boolean;
      if (time.written === 'layout') {
        at = parser?.parse(stamp) ?? NaN;
        isZoned = parser?.isZoned === true;
      } else {
        at = isTimeLike(stamp, time) ? microsOf(stamp, time) : NaN;
        isZoned = isEpochColumn(time) || (local !== undefined && !isZoneless([stamp]));
      }
      if (Number.isNaN(at)) return unreadable(stamp);
      if (local === undefined || isZoned) return undefined;
      at = local.toUtc(at);
      return Number.isNaN(at)
        ? `has the time "${stamp}", which the clocks of its zone jumped over: is it --zone another?`
        : undefined;
    },
  };
}
