import { largestOf, smallestOf } from '../../../operators/kernel/extremes';
import { resolve } from 'node:path';
import type { Micros } from '../../bars/bar';
import { byteFile } from '../bytes/byteReader';
import type { Compression } from '../compression/compression';
import type { Database } from '../duckdb/duckdb';
import { duckdbFile } from '../duckdb/duckdbReader';
import { haveLongNames } from '../duckdb/symbolKeys';
import type { FileOptions } from '../fileOptions';
import type { FilePlan } from '../filePlan';
import { droppedVolume, planFile, withoutDate } from '../filePlan';
import type { FileHead } from '../head';
import { textOf } from '../head';
import { badRow } from '../order/badRow';
import type { TickFile, TimeSpan } from '../tableReader';
import { SourceError } from '../sourceError';
import type { BarTimes } from '../time/barTimes';
import type { LayoutTime } from '../time/layoutTime';
import { TICKS } from '../time/barTimes';
import type { TimeColumn } from '../time/timeColumn';
import { isZoned } from '../time/timeColumn';
import { readerOf, typedBars, untypedTime } from '../time/typedTime';
import { withZone, zonedPlan } from '../time/zonePlan';
import { csvRowReader } from './csvRow';
import { locateBars } from './locateBars';
import type { CsvTable } from './csvTable';
import { readCsvTable } from './csvTable';
import { dialectOf, isPlainDialect } from './dialect';
import { textReading } from './textFile';
import { tailStamps } from './tailStamps';
import { triedAdvice } from './triedAdvice';

/**
 * A text with columns: DuckDB scans it where it has types for all that is written there; otherwise it
 * is read row by row.
 */
export async function openText(
  head: FileHead,
  compression: Compression,
  options: FileOptions,
  database: Database,
): Promise<TickFile> {
  const name = head.path;
  const dialect = dialectOf(head.bytes, options);
  const { ended, entry } = head;
  const text = textOf(head, dialect.encoding);
  const csv = await readCsvTable(name, { text, ended, entry }, dialect);
  const table = tableOrAdvice(name, csv, options);
  const { plan, time } = table;
  // A packed file may be damaged, which is known only when it was read to its end.
  if (options.badRows !== 'skip' && compression === 'none') checkFirstRows(name, table, csv);
  const bars = barsOf(name, csv, table, options);
  const path = resolve(name);
  const notes = droppedVolume(plan, csv.probe);
  const locate = { path, compression, plan: table.textPlan, time, bars, csv };
  const found = {
    notes,
    span: () => spanOf(path, compression, csv, table),
    locateBars: (symbol: string, start: Micros) => locateBars(locate, symbol, start),
  };
  const inText = (): TickFile => ({
    ...byteFile({
      name,
      path,
      compression,
      format: plan.format,
      evidence: table.evidence,
      bars,
      reading: textReading({
        plan: table.textPlan,
        time,
        csv,
        dialect: csv.dialect,
        interval: bars.interval,
      }),
    }),
    ...found,
  });
  const isByRow =
    time.written === 'layout' ||
    table.zones === 'some' ||
    plan.carriesSides === true ||
    plan.emptyBars !== undefined;
  if (isByRow || !isPlainDialect(csv.dialect)) {
    return inText();
  }
  const { probe, delimiter, hasHeader } = csv;
  const isGuarded = options.zone !== undefined && options.zone !== 'UTC' && time.written === 'text';
  const scanned = {
    name,
    path,
    compression,
    plan: { ...plan, evidence: table.evidence },
    time,
    bars,
    columns: {
      layout: 'csv' as const,
      width: probe.width,
      delimiter,
      hasHeader,
      longNames: haveLongNames(plan, probe.rows),
    },
    ...(isGuarded && { zones: table.zones }),
  };
  return { ...duckdbFile(scanned, database, isGuarded ? { inText } : {}), ...found };
}

function barsOf(
  name: string,
  { probe: { names, rows } }: CsvTable,
  { plan, textPlan, time }: TextTable,
  options: FileOptions,
): BarTimes {
  if (plan.kind !== 'bars') return TICKS;
  const of = time.written === 'layout' ? textPlan : plan;
  return typedBars({ file: name, names, rows }, of, options, readerOf(time));
}

/** The first and last time of a file of one symbol, detected by its beginning and its end; undefined where that tells nothing. */
async function spanOf(
  path: string,
  compression: Compression,
  csv: CsvTable,
  { textPlan, time }: TextTable,
): Promise<TimeSpan | undefined> {
  if (compression !== 'none' || textPlan.columns.symbol !== undefined) return undefined;
  const stampIn = (row: readonly string[]): string => stampOf(textPlan, row);
  const tail = await tailStamps(path, csv, stampIn);
  if (tail === undefined) return undefined;
  const read = readerOf(time);
  const times = [...csv.probe.rows.map(stampIn), ...tail].map(read).filter(Number.isFinite);
  return times.length === 0 ? undefined : { from: smallestOf(times), to: largestOf(times) };
}

/** Where columns are unknown, what is suggested was tried. */
function tableOrAdvice(name: string, csv: CsvTable, options: FileOptions): TextTable {
  try {
    return tableOf(name, csv, options);
  } catch (error) {
    const isUnknown = error instanceof SourceError && error.code === 'SOURCE_UNKNOWN_COLUMNS';
    if (!isUnknown || options.columns !== undefined) throw error;
    throw triedAdvice(error, csv.probe, (columns) => {
      const stated = { unknownSymbol: 'X', ...options, columns };
      const table = tableOf(name, csv, stated);
      checkFirstRows(name, table, csv);
      barsOf(name, csv, table, stated);
    });
  }
}

interface TextTable {
  readonly plan: FilePlan;
  /** For reading row by row: with the zone of the rows that say none, where any does not. */
  readonly textPlan: FilePlan;
  readonly time: TimeColumn | LayoutTime;
  readonly evidence: string;
  /** Which of the first rows say a zone. */
  readonly zones: 'none' | 'some' | 'all';
}

function tableOf(name: string, { probe }: CsvTable, options: FileOptions): TextTable {
  const planned = planFile(name, probe, options);
  const time = timeOf(name, planned, probe, options);
  const isAlone = time.written !== 'layout' && time.isAlone === true;
  const plan = isAlone ? withoutDate(planned) : planned;
  const stamps = probe.rows.map((row) => stampOf(plan, row));
  const zoned = time.written === 'text' ? stamps.filter(isZoned).length : 0;
  const zones = zoned === 0 ? 'none' : zoned === stamps.length ? 'all' : 'some';
  const zone = options.zone ?? plan.zone;
  const layout = time.written === 'layout' ? `; ${time.evidence}` : '';
  return {
    plan: withZone(plan, time, stamps, options),
    textPlan: zonedPlan(plan, options),
    time,
    evidence: `${plan.evidence}${layout}`,
    // Without a zone for the others, they are of UTC, and so is what DuckDB makes of all.
    zones: zones === 'some' && zone === undefined ? 'all' : zones,
  };
}

const stampOf = (plan: FilePlan, row: readonly string[]): string =>
  [plan.columns.date, plan.columns.time]
    .map((at) => (at === undefined ? '' : (row[at] ?? '')))
    .join(' ')
    .trim();

function timeOf(
  name: string,
  plan: FilePlan,
  { names, rows }: CsvTable['probe'],
  options: FileOptions,
): TimeColumn | LayoutTime {
  if (plan.stamp !== undefined && options.dateFormat === undefined) {
    return { written: 'stamp', stamp: plan.stamp };
  }
  const { timeLayout } = plan;
  if (timeLayout !== undefined && options.dateFormat === undefined && options.unit === undefined) {
    return timeLayout;
  }
  return untypedTime({ file: name, names, rows }, plan, options);
}

function checkFirstRows(name: string, { textPlan, time }: TextTable, csv: CsvTable): void {
  const { only } = textPlan;
  const rows = csvRowReader(textPlan, csv.probe.width, time, csv.dialect);
  for (const { fields, line } of csv.records) {
    if (only !== undefined && fields[only.column] !== only.value) continue;
    const wrong = rows.read(fields);
    if (wrong !== undefined) throw badRow(name, { place: line, wrong });
  }
}
