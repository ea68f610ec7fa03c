import type { Compression } from './compression/compression';
import type { FilePlan } from './filePlan';
import type { BarTimes } from './time/barTimes';
import type { TimeColumn } from './time/timeColumn';

/** A file with columns, in CSV, Parquet or Arrow: all that is needed to read it. */
export interface TickTable {
  /** As it was given. */
  readonly name: string;
  readonly path: string;
  readonly compression: Compression;
  readonly bars: BarTimes;
  readonly plan: FilePlan;
  readonly time: TimeColumn | TypedTime;
  readonly columns: CsvColumns | NamedColumns;
  /** Texts: which of the first times say a zone, where the others would be of another. */
  readonly zones?: 'none' | 'all' | undefined;
}

export interface CsvColumns {
  readonly layout: 'csv';
  readonly width: number;
  readonly delimiter: string;
  readonly hasHeader: boolean;
  /** Of symbols, and of what rows are passed over by. */
  readonly longNames: boolean;
}

interface NamedColumns {
  readonly layout: 'parquet' | 'arrow';
  readonly names: readonly string[];
  /** Of symbols, and of what rows are passed over by. */
  readonly longNames: boolean;
}

/** A column that has a type for times. */
export interface TypedTime {
  readonly written: 'timestamp';
}
