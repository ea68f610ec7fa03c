import { plainBaseName } from '../csv/csvTable';
import type { Database } from './duckdb';
import { quotePath } from './duckdb';
import type { FileOptions } from '../fileOptions';
import { planFile, withoutDate } from '../filePlan';
import type { Probe } from '../formats';
import { TICKS } from '../time/barTimes';
import { messageOf } from '../messageOf';
import { haveLongNames } from './symbolKeys';
import { SourceError } from '../sourceError';
import type { TickTable, TypedTime } from '../tickTable';
import type { TimeColumn } from '../time/timeColumn';
import { isTimeLike, microsOf, timeColumnOf } from '../time/timeColumn';
import { typedBars, untypedLayout, untypedTime } from '../time/typedTime';
import { withZone } from '../time/zonePlan';

const SAMPLE_ROWS = 1000;

/** Columns of Parquet have names and types; otherwise it is treated like a text file with a header. */
export async function openParquetTable(
  name: string,
  path: string,
  options: FileOptions,
  database: Database,
): Promise<TickTable> {
  const { probe, types } = await readProbe(name, path, database);
  const planned = planFile(name, probe, options);
  const stamps = probe.rows.map((row) => row[planned.columns.time] ?? '');
  const type = types[planned.columns.time] ?? '';
  const isTyped = /^(TIMESTAMP|DATE)/.test(type);
  const written = isTyped
    ? timeColumnOf(stamps)
    : untypedTime({ file: name, names: probe.names, rows: probe.rows }, planned, options);
  if (written?.written === 'layout') throw untypedLayout(name, written);
  const time: TimeColumn | TypedTime = isTyped
    ? { written: 'timestamp' }
    : (written ?? { written: 'text' });
  const isZoned = !type.startsWith('TIMESTAMP') || type.endsWith('WITH TIME ZONE');
  const isAlone = time.written === 'timestamp' || time.isAlone === true;
  const plan = withZone(isAlone ? withoutDate(planned) : planned, time, stamps, options, isZoned);
  const bars =
    plan.kind === 'bars' && written !== undefined
      ? typedBars({ file: name, names: probe.names, rows: probe.rows }, plan, options, (stamp) =>
          isTimeLike(stamp, written) ? microsOf(stamp, written) : NaN,
        )
      : TICKS;
  return {
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
