import type { DataType, Field } from 'apache-arrow';
import type { FileOptions } from '../fileOptions';
import { planFile, withoutDate } from '../filePlan';
import { plainBaseName } from '../csv/csvTable';
import type { Probe } from '../formats';
import { TICKS } from '../time/barTimes';
import { scanRoles } from '../duckdb/scanSql';
import { SourceError } from '../sourceError';
import type { TickTable } from '../tickTable';
import { isTimeLike, microsOf } from '../time/timeColumn';
import { checkNumeric, isTimestamp, isZoned, textOfValue, timesOf } from './arrowColumns';
import { typedBars, untypedLayout, untypedTime } from '../time/typedTime';
import { withZone } from '../time/zonePlan';
import { damagedArrow, openArrow } from './arrowReader';

const SAMPLE_ROWS = 1000;

/** Columns of Arrow have names and types; otherwise it is treated like a text file with a header. */
export async function openArrowTable(
  name: string,
  path: string,
  options: FileOptions,
): Promise<TickTable> {
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
    if (written?.written === 'layout') throw untypedLayout(name, written);
    const time = written ?? { written: 'timestamp' as const };
    if (written !== undefined && written.isAlone !== true && planned.columns.date !== undefined) {
      throw untypedLayout(name, {
        written: 'layout',
        evidence: 'date and time in two columns',
        parser: () => ({ isZoned: false, parse: () => NaN }),
      });
    }
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
    return {
      name,
      path,
      compression: 'arrow',
      plan,
      time,
      bars,
      columns: { layout: 'arrow', names: header, longNames: false },
    };
  } catch (error) {
    throw damagedArrow(name, error);
  } finally {
    await reader.close();
  }
}
