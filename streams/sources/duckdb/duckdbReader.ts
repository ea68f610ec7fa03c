import { join } from 'node:path';
import type { DuckDBConnection, DuckDBDataChunk } from '@duckdb/node-api';
import { checkIntegrity } from '../compression/integrity';
import { unzipTo } from '../compression/zipEntry';
import type { CsvLines } from '../csv/csvLines';
import { linesOf } from '../csv/csvLines';
import { locateBadRows } from '../csv/locateBadRow';
import { messageOf } from '../messageOf';
import type { BadRow } from '../order/badRow';
import { ANY_TIME, badRow } from '../order/badRow';
import type { RowCollector, ScannedRows } from '../order/rowCollector';
import { pricesOf, rowCollector } from '../order/rowCollector';
import { tickCollector } from '../order/tickCollector';
import { fieldsOf } from '../filePlan';
import { SourceError } from '../sourceError';
import type { ReadRequest, TableReader, TickFile } from '../tableReader';
import { ReadAgain } from '../tableReader';
import type { TickTable } from '../tickTable';
import { timeRange } from '../time/timeColumn';
import { zoneClock } from '../time/zoneClock';
import type { Database } from './duckdb';
import { float64Column } from './float64Column';
import { hashedNames } from './hashedNames';
import { extraColumn, isLocal, missingOf, rolesOf, scanSql } from './scanSql';
import { shortNames } from './shortNames';

/** CSV and Parquet, scanned by DuckDB; `lines`: how lines are taken, where that is known already. */
export function duckdbFile(
  table: TickTable,
  database: Database,
  { lines, inText }: Pick<Scan, 'lines' | 'inText'> = {},
): TickFile {
  const { name, plan, bars, time } = table;
  const { kind, price, sortedBySymbol } = plan;
  const zone = isLocal(table) ? (plan.zone ?? 'UTC') : undefined;
  return {
    name,
    format: plan.format,
    evidence: plan.evidence,
    bars,
    prices: pricesOf(plan, extraColumn(plan) !== undefined),
    kind,
    fields: fieldsOf(plan),
    collector: ({ ticks = false, ...window }) =>
      (ticks ? tickCollector : rowCollector)({
        kind,
        price,
        range: time.written === 'timestamp' ? ANY_TIME : timeRange(time),
        sortedBySymbol,
        hasExtra: extraColumn(plan) !== undefined,
        ...(zone !== undefined && { zone: zoneClock(zone), bars, window }),
      }),
    open: (request) => openDuckdbReader({ table, database, lines, inText }, request),
    locateBadRows: (limit) => locateBadRows(table, table, limit),
  };
}

interface Scan {
  readonly table: TickTable;
  readonly database: Database;
  /** As short as they turn out to be, unless given. */
  readonly lines?: CsvLines | undefined;
  /** The same file read row by row, which tells rows with a zone from rows without. */
  readonly inText?: (() => TickFile) | undefined;
}

async function openDuckdbReader(scan: Scan, request: ReadRequest): Promise<TableReader> {
  const { table, database } = scan;
  const { collector, signal } = request;
  const { columns } = table;
  const stop = request.badRows !== 'skip';
  const isZip = table.compression === 'zip';
  const path = isZip ? join(request.folder, 'unpacked') : table.path;
  if (isZip) await unzipTo(table.name, path, signal);
  const compression = isZip ? 'none' : table.compression;
  const located = async (otherwise: BadRow): Promise<SourceError> => {
    const [first] = await locateBadRows(table, { path, compression }, 1);
    return badRow(table.name, first ?? otherwise);
  };
  const whole = checkIntegrity(table, path, signal);
  whole.catch(() => undefined);
  const known =
    scan.lines ??
    (columns.layout === 'csv' ? linesOf(table.name, path, compression, columns) : 'long');
  if (typeof known !== 'string') known.catch(() => undefined);
  const connection = await database.connect();
  const interrupt = (): void => {
    connection.interrupt();
  };
  signal.addEventListener('abort', interrupt);
  let coming: Promise<DuckDBDataChunk | null> | undefined;
  let lines: CsvLines = 'long';
  let sql = '';
  let row = 0;
  const translated = async (error: unknown): Promise<unknown> => {
    if (error instanceof SourceError || error instanceof ReadAgain) return error;
    const { inText } = scan;
    if (error instanceof ScanAgain) {
      return new ReadAgain(duckdbFile(table, database, { lines: error.lines, inText }));
    }
    await whole;
    if (/invalid state/.test(messageOf(error)) && lines !== 'mixed') {
      return new ReadAgain(duckdbFile(table, database, { lines: 'mixed', inText }));
    }
    return unreadable(table, error);
  };
  return {
    rows: async function* () {
      try {
        lines = await known;
        sql = scanSql(table, path, request, lines);
        const result = await connection.stream(sql);
        const read = chunkReader(table, collector, request.ticks === true);
        coming = result.fetchChunk();
        for (;;) {
          const chunk = await coming;
          if (signal.aborted) return;
          if (chunk === null || chunk.rowCount === 0) break;
          // DuckDB goes on while its rows are looked at.
          coming = result.fetchChunk();
          const bad = collector.take(read(chunk));
          if (bad >= 0 && scan.inText !== undefined) throw new ReadAgain(scan.inText());
          if (bad >= 0 && stop) {
            await whole;
            throw await located({ place: row + bad + 1, wrong: 'has a value that cannot be used' });
          }
          row += chunk.rowCount;
          yield* collector.full.splice(0);
        }
      } catch (error) {
        throw await translated(error);
      }
      yield* collector.drain();
    },
    verify: async () => {
      try {
        const rejected = await finish(connection, table, sql, row, lines);
        await whole;
        collector.counts.badRows += rejected.rows;
        if (rejected.rows === 0 || !stop) return;
        const wrong = `cannot be read (${rejected.reason})`;
        throw await located({ place: rejected.line, wrong });
      } catch (error) {
        throw await translated(error);
      }
    },
    close: async () => {
      signal.removeEventListener('abort', interrupt);
      await coming?.catch(() => undefined);
      database.release(connection);
    },
  };
}

/** Looks at a chunk's columns as they lie there; passes over the rows of other kinds. */
function chunkReader(
  table: TickTable,
  collector: RowCollector,
  withTicks: boolean,
): (chunk: DuckDBDataChunk) => ScannedRows {
  const { plan, columns } = table;
  const hasExtra = extraColumn(plan) !== undefined;
  const roles = rolesOf(plan, withTicks).map((role) => missingOf(role, withTicks));
  const missing = [NaN, ...roles, ...(hasExtra ? [NaN] : [])];
  const symbol = new Uint32Array(2048);
  if (plan.symbol !== undefined) collector.symbols.push(plan.symbol);
  const keysOf = columns.longNames ? hashedNames : shortNames;
  const keys = plan.columns.symbol === undefined ? undefined : keysOf(collector.symbols);
  const kinds: string[] = [];
  const kindKeys = plan.only === undefined ? undefined : keysOf(kinds);
  const kind = new Uint32Array(2048);
  /** A name has one column, or a hash before it. */
  const width = columns.longNames ? 2 : 1;
  const symbolAt = missing.length + width - 1;
  const kindAt = symbolAt + (keys === undefined ? 0 : width);
  return (chunk) => {
    const found = missing.map((value, at) => float64Column(chunk, at, value));
    const [time, ...values] = found as [Float64Array, ...Float64Array[]];
    const extra = hasExtra ? values.pop() : undefined;
    keys?.indexes(chunk, symbolAt, symbol);
    const rows = { length: time.length, time, values, symbol, extra };
    if (kindKeys === undefined) return rows;
    kindKeys.indexes(chunk, kindAt, kind);
    return ofKind(rows, kind, kinds, plan.only?.value ?? '', collector.counts.skipped);
  };
}

function ofKind(
  rows: ScannedRows,
  kind: Uint32Array,
  kinds: readonly string[],
  wanted: string,
  skipped: Record<string, number>,
): ScannedRows {
  const columns = [rows.time, ...rows.values, rows.symbol];
  if (rows.extra !== undefined) columns.push(rows.extra);
  let length = 0;
  for (let row = 0; row < rows.length; row += 1) {
    const found = kinds[kind[row] as number] ?? 'rows of no kind';
    if (found === wanted) {
      for (const column of columns) column[length] = column[row] as number;
      length += 1;
    } else skipped[found] = (skipped[found] ?? 0) + 1;
  }
  return { ...rows, length };
}

/** The file is to be scanned again, and its lines taken in another way. */
class ScanAgain extends Error {
  constructor(readonly lines: CsvLines) {
    super(`its lines are to be taken as ${lines} ones`);
  }
}

interface Rejected {
  readonly rows: number;
  readonly line: number;
  readonly reason: string;
}

/**
 * A stream that fails half-way just ends, in DuckDB's interface for Node: nothing tells that from
 * the end of the file. So the end is looked at: the table of rejected rows is there only if the
 * statement that made it has ended well (Parquet: all rows came).
 */
async function finish(
  connection: DuckDBConnection,
  table: TickTable,
  sql: string,
  rows: number,
  lines: CsvLines,
): Promise<Rejected> {
  const first = async (query: string): Promise<readonly unknown[]> =>
    (await (await connection.run(query)).getRows())[0] ?? [];
  if (table.columns.layout !== 'csv') {
    const [all] = await first(`SELECT count(*) FROM (${sql})`);
    if (Number(all) === rows) return { rows: 0, line: 0, reason: '' };
  } else {
    const made = "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'reject_errors'";
    if (Number((await first(made))[0]) > 0) {
      const [count, line, reason, quote, long] = await first(
        `SELECT count(DISTINCT line), min(line), arg_min(error_message, line),
          min(line) FILTER (error_type = 'UNQUOTED VALUE'
            AND contains(trim(csv_line, chr(10) || chr(13)), chr(10))),
          count(*) FILTER (error_type IN ('UNQUOTED VALUE', 'LINE SIZE OVER MAXIMUM'))
        FROM reject_errors`,
      );
      // A value in quotes that is longer than a buffer looks like one that is not closed.
      if (Number(long) > 0 && lines === 'short') throw new ScanAgain('long');
      if (quote !== null) {
        throw new SourceError(
          'SOURCE_BAD_ROW',
          `${table.name}:${Number(quote)}`,
          'a quote is opened and not closed, so that the rows after it cannot be separated',
          'Correct the line; it cannot be skipped.',
        );
      }
      return { rows: Number(count), line: Number(line), reason: String(reason) };
    }
  }
  await connection.run(`SELECT max(time) FROM (${sql})`);
  throw new Error('the file ended before its rows did');
}

function unreadable(table: TickTable, error: unknown): SourceError {
  return new SourceError(
    'SOURCE_NOT_TABULAR',
    table.name,
    `cannot be read to its end (${messageOf(error)})`,
    'Check that all its rows have the same columns and that all its lines end alike.',
    { cause: error },
  );
}
