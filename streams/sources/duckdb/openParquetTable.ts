import { largestOf, smallestOf } from '../../../operators/kernel/extremes';
import { plainBaseName } from '../csv/csvTable';
import type { Database } from './duckdb';
import { quotePath, quoteText } from './duckdb';
import type { FileOptions } from '../fileOptions';
import { planFile, withoutDate } from '../filePlan';
import type { Probe } from '../formats';
import { TICKS } from '../time/barTimes';
import { messageOf } from '../messageOf';
import { haveLongNames } from './symbolKeys';
import { SourceError } from '../sourceError';
import type { TickTable, TypedTime } from '../tickTable';
import type { TimeColumn } from '../time/timeColumn';
import { timeColumnOf } from '../time/timeColumn';
import { readerOf, typedBars, untypedTime } from '../time/typedTime';
import { typedRowsFile } from '../csv/typedRows';
import { duckdbFile } from './duckdbReader';
import type { TickFile, TimeSpan } from '../tableReader';
import type { Micros } from '../../bars/bar';
import { withZone, zonedPlan } from '../time/zonePlan';

const SAMPLE_ROWS = 1000;

/** Columns of Parquet have names and types; otherwise it is treated like a text file with a header. */
export async function openParquetFile(
  name: string,
  path: string,
  options: FileOptions,
  database: Database,
): Promise<TickFile> {
  const { probe, types } = await readProbe(name, path, database);
  const planned = planFile(name, probe, options);
  const stamps = probe.rows.map((row) => row[planned.columns.time] ?? '');
  const type = types[planned.columns.time] ?? '';
  const isTyped = /^(TIMESTAMP|DATE)/.test(type);
  const written = isTyped
    ? timeColumnOf(stamps)
    : untypedTime({ file: name, names: probe.names, rows: probe.rows }, planned, options);
  const sample = { file: name, names: probe.names, rows: probe.rows };
  if (written?.written === 'layout') {
    const inZone = zonedPlan(planned, options);
    return typedRowsFile({
      name,
      plan: { ...inZone, evidence: `${planned.evidence}; ${written.evidence}` },
      time: written,
      bars: planned.kind === 'bars' ? typedBars(sample, inZone, options, readerOf(written)) : TICKS,
      width: probe.width,
      records: (signal) => textRecords(path, database, signal),
    });
  }
  const time: TimeColumn | TypedTime = isTyped
    ? { written: 'timestamp' }
    : (written ?? { written: 'text' });
  const isZoned = !type.startsWith('TIMESTAMP') || type.endsWith('WITH TIME ZONE');
  const isAlone = time.written === 'timestamp' || time.isAlone === true;
  const plan = withZone(isAlone ? withoutDate(planned) : planned, time, stamps, options, isZoned);
  const bars =
    plan.kind === 'bars' && written !== undefined
      ? typedBars(sample, plan, options, readerOf(written))
      : TICKS;
  const table: TickTable = {
    name,
    path,
    compression: 'parquet',
    plan,
    time,
    bars,
    columns: {
      layout: 'parquet',
      names: probe.header ?? [],
      longNames: haveLongNames(plan, probe.rows),
    },
  };
  const columnName = probe.header?.[plan.columns.time] ?? '';
  const span = (): Promise<TimeSpan | undefined> =>
    written === undefined || plan.columns.date !== undefined
      ? Promise.resolve(undefined)
      : spanOf(path, columnName, readerOf(written), database);
  return { ...duckdbFile(table, database), span };
}

/** The first and last time, as the statistics at the file's end have them. */
async function spanOf(
  path: string,
  column: string,
  read: (stamp: string) => Micros,
  database: Database,
): Promise<TimeSpan | undefined> {
  const connection = await database.connect();
  try {
    const statistics = await connection.run(
      `SELECT stats_min_value, stats_max_value FROM parquet_metadata(${quotePath(path)})
       WHERE path_in_schema = ${quoteText(column)}`,
    );
    const times = (await statistics.getRows()).flat().map((value) => read(String(value)));
    if (times.length === 0 || times.some(Number.isNaN)) return undefined;
    return { from: smallestOf(times), to: largestOf(times) };
  } catch {
    return undefined;
  } finally {
    database.release(connection);
  }
}

/** All rows as texts, as `readProbe` has the first. */
async function* textRecords(
  path: string,
  database: Database,
  signal: AbortSignal,
): AsyncGenerator<readonly (readonly string[])[]> {
  const connection = await database.connect();
  const table = `read_parquet(${quotePath(path)}, hive_partitioning = false)`;
  try {
    const count = await (await connection.run(`SELECT count(*) FROM ${table}`)).getRows();
    const result = await connection.stream(`SELECT COLUMNS(*)::VARCHAR FROM ${table}`);
    let rows = 0;
    for (;;) {
      const chunk = await result.fetchChunk();
      if (signal.aborted) return;
      if (chunk === null || chunk.rowCount === 0) break;
      rows += chunk.rowCount;
      yield chunk.getRows().map((row) => row.map((value) => (value === null ? '' : String(value))));
    }
    // A stream of DuckDB's that fails half-way just ends.
    if (rows !== Number(count[0]?.[0])) throw new Error('the file ended before its rows did');
  } finally {
    database.release(connection);
  }
}

async function readProbe(
  name: string,
  path: string,
  database: Database,
): Promise<{ probe: Probe; types: readonly string[] }> {
  const connection = await database.connect();
  try {
    const table = `read_parquet(${quotePath(path)}, hive_partitioning = false)`;
    const described = await (await connection.run(`DESCRIBE FROM ${table}`)).getRows();
    const sample = await connection.run(
      `SELECT COLUMNS(*)::VARCHAR FROM ${table} LIMIT ${SAMPLE_ROWS}`,
    );
    const header = described.map((row) => String(row[0]));
    const rows = (await sample.getRows()).map((row) =>
      row.map((value) => (value === null ? '' : String(value))),
    );
    if (rows.length === 0) {
      throw new SourceError('SOURCE_NO_ROWS', name, 'has no rows', 'There is nothing to replay.');
    }
    return {
      probe: { names: [plainBaseName(name)], header, rows, width: header.length },
      types: described.map((row) => String(row[1])),
    };
  } catch (error) {
    if (error instanceof SourceError) throw error;
    throw new SourceError(
      'SOURCE_DAMAGED',
      name,
      `is damaged Parquet (${messageOf(error)})`,
      'Fetch or copy the file again.',
      { cause: error },
    );
  } finally {
    database.release(connection);
  }
}
