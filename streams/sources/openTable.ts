import { resolve } from 'node:path';
import type { Micros } from '../bar';
import { readCsvTable } from './csvTable';
import type { CsvTable } from './csvTable';
import type { Database } from './duckdb';
import type { FileOptions } from './fileOptions';
import type { FilePlan } from './filePlan';
import { planFile } from './filePlan';
import { badRow } from './locateBadRow';
import { openParquetTable } from './openParquetTable';
import { recordedInterval } from './recordedInterval';
import { whatIsWrongWithRow } from './rowCheck';
import { SourceError } from './sourceError';
import type { TickTable } from './table';
import { readTextHead } from './textHead';
import type { TimeColumn } from './timeColumn';
import { isTimeLike, microsOf, timeColumnOf } from './timeColumn';
import { wrappingOf } from './wrapping';

/** Looks at the beginning of a file and says how it is to be read, or why it cannot be. */
export async function openTable(
  name: string,
  options: FileOptions,
  database: Database,
): Promise<TickTable> {
  const wrapping = await wrappingOf(name);
  const path = resolve(name);
  if (wrapping === 'parquet') return openParquetTable(name, path, options, database);
  const csv = await readCsvTable(name, await readTextHead(name, wrapping, database));
  const plan = planFile(name, csv.probe, options);
  const time = timeOf(name, plan, csv);
  if (options.badRows !== 'skip') {
    for (const { fields, line } of csv.records) {
      const wrong = whatIsWrongWithRow(fields, csv.probe.width, plan, time);
      if (wrong !== undefined) throw badRow(name, line, wrong);
    }
  }
  const interval = plan.kind === 'bars' ? intervalOf(name, plan, csv, time, options) : 0;
  return {
    name,
    path,
    wrapping,
    plan,
    time,
    interval,
    shift: options.barTime === 'end' ? interval : 0,
    columns: {
      layout: 'csv',
      width: csv.probe.width,
      delimiter: csv.delimiter,
      hasHeader: csv.hasHeader,
    },
  };
}

const stampOf = (plan: FilePlan, row: readonly string[]): string =>
  [plan.columns.date, plan.columns.time]
    .map((at) => (at === undefined ? '' : (row[at] ?? '')))
    .join(' ')
    .trim();

function timeOf(name: string, plan: FilePlan, { probe }: CsvTable): TimeColumn {
  const stamps = probe.rows.map((row) => stampOf(plan, row));
  const time = timeColumnOf(stamps);
  if (time !== undefined) return time;
  throw new SourceError(
    'unknown-time',
    name,
    `the times look like "${stamps[0] ?? ''}", which is nothing that can be read`,
    'Needed are seconds, milli-, micro- or nanoseconds since 1970, or ISO 8601, such as 2024-08-08T23:54:15.342Z; ' +
      'another column may hold them: --columns time=….',
  );
}

function intervalOf(
  name: string,
  plan: FilePlan,
  { probe }: CsvTable,
  time: TimeColumn,
  options: FileOptions,
): Micros {
  const { closeTime } = plan.columns;
  const stamps = probe.rows
    .map((row) => ({ stamp: stampOf(plan, row), close: row[closeTime ?? -1] ?? '' }))
    .filter(({ stamp }) => isTimeLike(stamp, time))
    .map(({ stamp, close }) => ({ at: microsOf(stamp, time), close }));
  if (closeTime !== undefined && time.written !== 'text') {
    const [first] = stamps;
    if (first !== undefined) {
      const unit = time.unit === 'ms' ? 1000 : 1;
      return microsOf(first.close, time) + unit - first.at;
    }
  }
  return recordedInterval(
    name,
    stamps.map(({ at }) => at),
    options,
  );
}
