import type { CsvLines } from '../csv/csvLines';
import { BUFFER_LINES, LONGEST_LINE, SHORT_LINE } from '../csv/csvLines';
import type { FileOptions, Role, RowKind } from '../fileOptions';
import type { FilePlan } from '../filePlan';
import type { BatchOptions } from '../../bars/rows';
import { quoteColumns, SIDE_WORDS, TICK_ROLES } from '../tickLayout';
import type { Sides, TickRole } from '../tickLayout';
import { quoteName, quotePath, quoteText } from './duckdb';
import type { CsvColumns, TickTable } from '../tickTable';
import { microsSql, timeType } from '../time/timeColumn';

type Request = Pick<FileOptions, 'from' | 'to'> & BatchOptions;
type Window = Pick<FileOptions, 'from' | 'to'>;

/** Columns of a scan's result behind the time; the symbol's come next, if there are any, and what rows are passed over by. */
export const scanRoles: Readonly<Record<RowKind, readonly Role[]>> = {
  trades: ['price', 'size'],
  quotes: ['bid', 'ask', 'size'],
  bars: ['open', 'high', 'low', 'close', 'size'],
};

/** A column behind these, where a file has it: ids of trades that may repeat, how many rows made a bar. */
export const extraColumn = ({ kind, columns }: FilePlan): number | undefined =>
  kind === 'trades' ? columns.id : kind === 'bars' ? columns.count : undefined;

/** What a value is that is not there, of which the scan has nothing: times and prices are no number then. */
export const missingOf = (role: Role, withTicks = false): number =>
  role === 'size' || role === 'side' || (!withTicks && (role === 'bid' || role === 'ask'))
    ? 0
    : NaN;

/**
 * Rows of a table as doubles: time in microseconds (bars: of their start), prices, size, then the symbol,
 * and behind it what rows are passed over by; before each of them its hash, where names are long.
 */
export function scanSql(
  table: TickTable,
  path: string,
  window: Request,
  lines: CsvLines = 'long',
): string {
  const { plan } = table;
  const isCsv = table.columns.layout === 'csv';
  const column = (at: number): string =>
    table.columns.layout === 'csv' ? `c${at}` : quoteName(table.columns.names[at] ?? '');
  const { divisor, absent, only } = plan;
  const { ticks: withTicks = false } = window;
  const roles = rolesOf(plan, withTicks);
  const typed = isCsv ? new Set(scanRoles[plan.kind].map((role) => plan.columns[role])) : NONE;
  const values = roles.map((role) => {
    const at = withTicks ? plan.ticks?.columns[role as TickRole] : plan.columns[role];
    if (at === undefined) return `'${missingOf(role, withTicks)}'::DOUBLE AS "${role}"`;
    if (role === 'side') return `${sideSql(column(at), plan.ticks?.sides)} AS side`;
    let found = typed.has(at) ? column(at) : `TRY_CAST(${column(at)} AS DOUBLE)`;
    if (PRICES.includes(role) && divisor !== undefined) {
      found = `nullif(${found}, ${absent ?? 'NULL'}::DOUBLE) / ${divisor}`;
    }
    const { tradeIf } = plan.ticks ?? {};
    if (withTicks && role === 'price' && tradeIf !== undefined) {
      found = `CASE WHEN ${column(tradeIf.column)}::VARCHAR = ${quoteText(tradeIf.value)} THEN ${found} END`;
    }
    return `${found} AS "${role}"`;
  });
  const extraAt = extraColumn(plan);
  const extra = extraAt === undefined ? '' : ', extra';
  if (extraAt !== undefined) {
    const found = column(extraAt);
    const count = isCsv ? found : `TRY_CAST(${found} AS DOUBLE)`;
    values.push(`${count}${unfinishedSql(plan, column)} AS extra`);
  }
  const names: string[] = [];
  const keys: string[] = [];
  for (const [name, at] of [
    ['name', plan.columns.symbol],
    ['kind', only?.column],
  ] as const) {
    if (at === undefined) continue;
    names.push(`, ${column(at)}::VARCHAR AS ${name}`);
    keys.push(table.columns.longNames ? `, hash(${name}), ${name}` : `, ${name}`);
  }
  const { shift: micros } = table.bars;
  const shift = isLocal(table) || micros === 0 ? '' : ` - ${micros}`;
  const selected = roles.map((role) => `"${role}"`).join(', ');
  const priced = withTicks ? '' : pricedSql(plan, column);
  return `SELECT time, ${selected}${extra}${keys.join('')} FROM (
    SELECT ${timeSql(table, column)}${shift} AS time,
      ${values.join(', ')}${names.join('')}
    FROM ${fromSql(table, path, lines)}${priced})${isLocal(table) ? '' : windowSql(window)}`;
}

/** Rows of quotes among trades have no price; where only trades are wanted they are no bad rows. */
function pricedSql(plan: FilePlan, column: (at: number) => string): string {
  const { price } = plan.columns;
  const quotes = quoteColumns(plan).filter((at) => at !== price);
  if (price === undefined || quotes.length === 0) return '';
  const isThere = quotes.map((at) => `nullif(trim(${column(at)}::VARCHAR), '') IS NOT NULL`);
  return ` WHERE NOT (${column(price)} IS NULL AND (${isThere.join(' OR ')}))`;
}

/** The count of a bar that was unfinished is negative. */
function unfinishedSql({ columns }: FilePlan, column: (at: number) => string): string {
  const { complete } = columns;
  if (complete === undefined) return '';
  return ` * CASE WHEN lower(${column(complete)}::VARCHAR) = 'false' THEN -1 ELSE 1 END`;
}

const NONE: ReadonlySet<number | undefined> = new Set();
const PRICES: readonly Role[] = ['price', 'bid', 'ask', 'open', 'high', 'low', 'close'];

/** Columns of a scan behind the time. */
export const rolesOf = ({ kind }: FilePlan, withTicks: boolean): readonly Role[] =>
  withTicks ? TICK_ROLES : scanRoles[kind];

/** Whether the times are to be made universal, or starts of days and months, which SQL leaves to others. */
export const isLocal = ({ plan, bars }: TickTable): boolean =>
  plan.zone !== undefined || bars.startOf !== undefined;

function timeSql(table: TickTable, column: (at: number) => string): string {
  const { time, plan } = table;
  const sql = column(plan.columns.time);
  if (time.written === 'timestamp') return `epoch_us(${sql})::DOUBLE`;
  if (plan.columns.date !== undefined && time.written === 'stamp') {
    return microsSql(`(${column(plan.columns.date)}::VARCHAR || ' ' || ${sql}::VARCHAR)`, time);
  }
  if (plan.columns.date !== undefined) {
    const joined = `${column(plan.columns.date)}::VARCHAR || ' ' || ${sql}::VARCHAR`;
    return `epoch_us(TRY_CAST(${joined} AS TIMESTAMP_NS))::DOUBLE`;
  }
  if (table.zones !== undefined && time.written === 'text') {
    const zoned = `regexp_matches(${sql}, ${ZONED})`;
    const alike = table.zones === 'all' ? zoned : `NOT ${zoned}`;
    return `CASE WHEN ${alike} THEN epoch_us(TRY_CAST(${sql} AS TIMESTAMP_NS))::DOUBLE END`;
  }
  if (table.columns.layout === 'csv') return microsSql(sql, time);
  return microsSql(`TRY_CAST(${sql} AS ${timeType(time)})`, time);
}

/** A zone behind the seconds. */
const ZONED = String.raw`':\d\d(\.\d*)?\s*(Z|UTC|[-+]\d\d(:?\d\d)?)\s*$'`;

/** A time that is none passes, so that it is seen and counted. */
function windowSql({ from, to }: Window): string {
  const bounds: string[] = [];
  if (from !== undefined) bounds.push(`time >= ${from}`);
  if (to !== undefined) bounds.push(`time < ${to}`);
  if (bounds.length === 0) return '';
  return ` WHERE time IS NULL OR isnan(time) OR (${bounds.join(' AND ')})`;
}

/**
 * Where lines end differently, DuckDB reads with its strictness off, and then takes a quote that is not
 * closed for a value to the end of the file, without a word: so quotes mean nothing there.
 */
function fromSql(table: TickTable, path: string, lines: CsvLines): string {
  if (table.columns.layout !== 'csv') {
    return `read_parquet(${quotePath(path)}, hive_partitioning = false)`;
  }
  const { delimiter, hasHeader } = table.columns;
  const longest = lines === 'short' ? SHORT_LINE : LONGEST_LINE;
  const quotes =
    lines === 'mixed'
      ? `strict_mode = false, quote = '', escape = ''`
      : `strict_mode = true, quote = '"', escape = '"'`;
  const compression =
    table.compression === 'gzip' || table.compression === 'zstd' ? table.compression : 'none';
  return `read_csv(${quotePath(path)}, auto_detect = false, columns = ${typesSql(table, table.columns)},
    delim = ${quoteText(delimiter)}, ${quotes}, header = ${hasHeader},
    compression = '${compression}', hive_partitioning = false,
    max_line_size = ${longest}, buffer_size = ${BUFFER_LINES * longest},
    store_rejects = true, rejects_limit = 0)`;
}

/** Only what is read has a type, so that nothing else can be wrong. */
function typesSql(table: TickTable, { width }: CsvColumns): string {
  const { plan, time } = table;
  const types = Array.from({ length: width }, () => 'VARCHAR');
  for (const role of scanRoles[plan.kind]) {
    const at = plan.columns[role];
    if (at !== undefined) types[at] = 'DOUBLE';
  }
  const extra = extraColumn(plan);
  if (extra !== undefined) types[extra] = 'DOUBLE';
  if (plan.columns.date === undefined && time.written !== 'timestamp') {
    types[plan.columns.time] = table.zones === undefined ? timeType(time) : 'VARCHAR';
  }
  return `{${types.map((type, at) => `c${at}: '${type}'`).join(', ')}}`;
}

/** 1 for a buy, -1 for a sell, 0 for anything else. */
function sideSql(sql: string, { buy, sell }: Sides = SIDE_WORDS): string {
  const list = (words: readonly string[]): string => words.map(quoteText).join(', ');
  return `CASE WHEN lower(trim(${sql}::VARCHAR)) IN (${list(buy)}) THEN 1
    WHEN lower(trim(${sql}::VARCHAR)) IN (${list(sell)}) THEN -1 ELSE 0 END::DOUBLE`;
}
