import { resolve } from 'node:path';
import type { Micros } from '../bars/bar';
import { arrowFile } from './arrow/arrowTableReader';
import { openArrowTable } from './arrow/openArrowTable';
import { badRow } from './order/badRow';
import { byteFile } from './bytes/byteReader';
import { wholeLines } from './bytes/lines';
import { readCsvTable } from './csv/csvTable';
import type { CsvTable } from './csv/csvTable';
import type { Database } from './duckdb/duckdb';
import { duckdbFile } from './duckdb/duckdbReader';
import type { FileOptions } from './fileOptions';
import type { FilePlan } from './filePlan';
import { planFile } from './filePlan';
import { byteFormats } from './formats';
import { checkFormatName, notOfFormat } from './formatOption';
import type { FileHead } from './head';
import { LARGE_HEAD_BYTES, readHead, textOf } from './head';
import { openParquetTable } from './duckdb/openParquetTable';
import { recordedInterval } from './time/recordedInterval';
import { whatIsWrongWithRow } from './order/rowCheck';
import { haveLongNames } from './duckdb/symbolKeys';
import { SourceError } from './sourceError';
import type { TickFile } from './tableReader';
import type { TickTable } from './tickTable';
import type { TimeColumn } from './time/timeColumn';
import { isTimeLike, microsOf, timeColumnOf } from './time/timeColumn';
import { compressionOf } from './compression/compression';
import type { Compression } from './compression/compression';
import { zoneClock } from './time/zoneClock';
import { withZone } from './time/zonePlan';

/** With fewer lines in its beginning, a text's rows are so long that more of it has to be looked at. */
const FEWEST_LINES = 4;

/** Looks at the beginning of a file and says how it is to be read, or why it cannot be. */
export async function openFile(
  name: string,
  options: FileOptions,
  database: Database,
): Promise<TickFile> {
  checkFormatName(options.format);
  const compression = await compressionOf(name);
  const path = resolve(name);
  if (compression === 'parquet') {
    return duckdbFile(await openParquetTable(name, path, options, database), database);
  }
  if (compression === 'arrow') return arrowFile(await openArrowTable(name, path, options));
  const head = await readHead(name, compression);
  const decoded = openDecoded(head, compression, options);
  if (decoded !== undefined) return decoded;
  if (head.ended || wholeLines(head.bytes, false, FEWEST_LINES).length === FEWEST_LINES) {
    return duckdbFile(await openText(head, compression, options), database);
  }
  const larger = await readHead(name, compression, LARGE_HEAD_BYTES);
  return duckdbFile(await openText(larger, compression, options), database);
}

function openDecoded(
  head: FileHead,
  compression: Compression,
  options: FileOptions,
): TickFile | undefined {
  for (const format of byteFormats) {
    if (options.format !== undefined && options.format !== format.name) continue;
    const evidence = format.recognise(head);
    if (evidence === undefined) {
      if (options.format === undefined) continue;
      throw notOfFormat(head.path, format.name, 'other bytes at its beginning');
    }
    const reading = format.open(head, options);
    return byteFile({
      name: head.path,
      path: resolve(head.path),
      compression,
      format: format.name,
      evidence,
      reading,
      shift: options.barTime === 'end' ? reading.interval : 0,
    });
  }
  return undefined;
}

async function openText(
  head: FileHead,
  compression: Compression,
  options: FileOptions,
): Promise<TickTable> {
  const name = head.path;
  const { ended, entry } = head;
  const csv = await readCsvTable(name, { text: textOf(head), ended, entry });
  const planned = planFile(name, csv.probe, options);
  const time = timeOf(name, planned, csv);
  const stamps = csv.probe.rows.map((row) => stampOf(planned, row));
  const plan = withZone(planned, time, stamps, options);
  // A packed file may be damaged, which is known only when it was read to its end.
  if (options.badRows !== 'skip' && compression === 'none') {
    const zone = plan.zone === undefined ? undefined : zoneClock(plan.zone);
    for (const { fields, line } of csv.records) {
      if (plan.only !== undefined && fields[plan.only.column] !== plan.only.value) continue;
      const wrong = whatIsWrongWithRow(fields, csv.probe.width, plan, time, zone);
      if (wrong !== undefined) throw badRow(name, { place: line, wrong });
    }
  }
  const interval = plan.kind === 'bars' ? intervalOf(name, plan, csv, time, options) : 0;
  return {
    name,
    path: resolve(name),
    compression,
    plan,
    time,
    interval,
    shift: options.barTime === 'end' ? interval : 0,
    columns: {
      layout: 'csv',
      width: csv.probe.width,
      delimiter: csv.delimiter,
      hasHeader: csv.hasHeader,
      longNames: haveLongNames(plan, csv.probe.rows),
    },
  };
}

const stampOf = (plan: FilePlan, row: readonly string[]): string =>
  [plan.columns.date, plan.columns.time]
    .map((at) => (at === undefined ? '' : (row[at] ?? '')))
    .join(' ')
    .trim();

function timeOf(name: string, plan: FilePlan, { probe }: CsvTable): TimeColumn {
  if (plan.stamp !== undefined) return { written: 'stamp', stamp: plan.stamp };
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
  if (plan.interval !== undefined) return plan.interval;
  const { closeTime } = plan.columns;
  const stamps = probe.rows
    .map((row) => ({ stamp: stampOf(plan, row), close: row[closeTime ?? -1] ?? '' }))
    .filter(({ stamp }) => isTimeLike(stamp, time))
    .map(({ stamp, close }) => ({ at: microsOf(stamp, time), close }));
  if (closeTime !== undefined && 'unit' in time) {
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
