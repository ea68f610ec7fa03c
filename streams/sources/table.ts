import type { FilePlan } from './filePlan';
import type { TimeColumn } from './timeColumn';
import type { Wrapping } from './wrapping';
import type { Micros } from '../bar';

/** A file that was looked at and found good: all that is needed to read it. */
export interface TickTable {
  /** As it was given. */
  readonly name: string;
  readonly path: string;
  readonly wrapping: Wrapping;
  readonly plan: FilePlan;
  readonly time: TimeColumn | ParquetTime;
  /** Length of recorded bars; 0 for ticks. */
  readonly interval: Micros;
  /** What is subtracted from a bar's time to have its start. */
  readonly shift: Micros;
  readonly columns: CsvColumns | ParquetColumns;
}

export interface CsvColumns {
  readonly layout: 'csv';
  readonly width: number;
  readonly delimiter: string;
  readonly hasHeader: boolean;
}

export interface ParquetColumns {
  readonly layout: 'parquet';
  readonly names: readonly string[];
}

/** A column that has a type for times. */
export interface ParquetTime {
  readonly written: 'timestamp';
}
