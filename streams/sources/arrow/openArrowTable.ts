import type { DataType, Field } from 'apache-arrow';
import type { FileOptions } from '../fileOptions';
import { planFile, withoutDate } from '../filePlan';
import { plainBaseName } from '../csv/csvTable';
import type { Probe } from '../formats';
import { TICKS } from '../time/barTimes';
import { scanRoles } from '../duckdb/scanSql';
import { SourceError } from '../sourceError';
import { isTimeLike, microsOf } from '../time/timeColumn';
import { checkNumeric, isTimestamp, isZoned, textOfValue, timesOf } from './arrowColumns';
import { readerOf, typedBars, untypedTime } from '../time/typedTime';
import { typedRowsFile } from '../csv/typedRows';
import type { TickFile } from '../tableReader';
import { arrowFile } from './arrowTableReader';
import { withZone, zonedPlan } from '../time/zonePlan';
import { damagedArrow, openArrow } from './arrowReader';

const SAMPLE_ROWS = 1000;

/** Columns of Arrow have names and types; otherwise it is treated like a text file with a header. */
export async function openArrowFile(
  name: string,
  path: string,
  options: FileOptions,
): Promise<TickFile> {
  const reader = await openArrow(name, path);
  try {
    const fields: readonly Field<DataType>[] = reader.schema.fields;
    const header = fields.map((field) => field.name);
    const rows: string[][] = [];
    let typed: readonly (Float64Array | undefined)[] = [];
    for await (const batch of reader.batches()) {
      for (let row = 0; row < batch.numRows && rows.length < SAMPLE_ROWS; row += 1) {
        rows.push(header.map((_, at) => textOfValue(batch.getChildAt(at)?.get(row))));
      }
      if (rows.length === 0) continue;
      typed = fields.map(({ type }, at) =>
        isTimestamp(type)
          ? timesOf(batch, at, { written: 'timestamp' }).subarray(0, SAMPLE_ROWS)
          : undefined,
      );
      break;
    }
    if (rows.length === 0) {
      throw new SourceError('SOURCE_NO_ROWS', name, 'has no rows', 'There is nothing to replay.');
    }
    const probe: Probe = { names: [plainBaseName(name)], header, rows, width: header.length };
    const planned = planFile(name, probe, options);
    for (const role of scanRoles[planned.kind]) {
      const at = planned.columns[role];
      const field = at === undefined ? undefined : fields[at];
      if (field !== undefined) checkNumeric(name, field.name, field.type);
    }
    const { time: timeAt } = planned.columns;
    const stamps = rows.map((row) => row[timeAt] ?? '');
    const sample = typed[timeAt];
    const written =
      sample === undefined
        ? untypedTime({ file: name, names: probe.names, rows }, planned, options)
        : undefined;
    const { type } = fields[timeAt] as Field<DataType>;
    const isPair =
      written?.written !== 'layout' &&
      written !== undefined &&
      written.isAlone !== true &&
      planned.columns.date !== undefined;
    if (written !== undefined && (written.written === 'layout' || isPair)) {
      const inZone = zonedPlan(planned, options);
      const known = written.written === 'layout' ? `; ${written.evidence}` : '';
      return typedRowsFile({
        name,
        plan: { ...inZone, evidence: `${planned.evidence}${known}` },
        time: written,
        bars:
          planned.kind === 'bars'
            ? typedBars(
                { file: name, names: probe.names, rows },
                inZone,
                options,
                readerOf(written),
              )
            : TICKS,
        width: probe.width,
        records: (signal) => textRecords(name, path, signal),
      });
    }
    const time = written ?? { written: 'timestamp' as const };
    const plan = withZone(withoutDate(planned), time, stamps, options, isZoned(type));
    const stampAt = (row: number): number =>
      written === undefined
        ? (sample?.[row] ?? NaN)
        : isTimeLike(stamps[row] ?? '', written)
          ? microsOf(stamps[row] ?? '', written)
          : NaN;
    const bars =
      plan.kind === 'bars'
        ? typedBars({ file: name, names: probe.names, rows }, plan, options, (_, row) =>
            stampAt(row),
          )
        : TICKS;
    return arrowFile({
      name,
      path,
      compression: 'arrow',
      plan,
      time,
      bars,
      columns: { layout: 'arrow', names: header, longNames: false },
    });
  } catch (error) {
    throw damagedArrow(name, error);
  } finally {
    await reader.close();
  }
}

/** All rows as texts. */
async function* textRecords(
  name: string,
  path: string,
  signal: AbortSignal,
): AsyncGenerator<readonly (readonly string[])[]> {
  const reader = await openArrow(name, path);
  const width = reader.schema.fields.length;
  try {
    for await (const batch of reader.batches()) {
      if (signal.aborted) return;
      const columns = Array.from({ length: width }, (_, at) => batch.getChildAt(at));
      yield Array.from({ length: batch.numRows }, (_, row) =>
        columns.map((column) => textOfValue(column?.get(row))),
      );
    }
  } catch (error) {
    throw damagedArrow(name, error);
  } finally {
    await reader.close();
  }
}
