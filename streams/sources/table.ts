import type { FilePlan } from './filePlan';
import type { PriceOfQuotes, RowKind } from './fileOptions';
import type { Reading } from './formats';
import type { TimeColumn } from './time/timeColumn';
import type { Compression } from './compression/compression';
import type { Micros } from '../bars/bar';

/** What is known of any file that was looked at and found good. */
interface OpenFile {
  /** As it was given. */
  readonly name: string;
  readonly path: string;
  readonly wrapping: Compression;
  /** Length of recorded bars; 0 for ticks. */
  readonly interval: Micros;
  /** What is subtracted from a bar's time to have its start. */
  readonly shift: Micros;
}

/** A table: all that is needed to read it. */
export interface TickTable extends OpenFile {
  readonly plan: FilePlan;
  readonly time: TimeColumn | TypedTime;
  readonly columns: CsvColumns | NamedColumns;
}

/** A file that is decoded by its bytes. */
export interface DecodedFile extends OpenFile {
  readonly plan: DecodedPlan;
  readonly reading: Reading;
}

export type TickFile = TickTable | DecodedFile;

export interface DecodedPlan {
  readonly format: string;
  readonly evidence: string;
  readonly kind: RowKind;
  readonly price: PriceOfQuotes;
}

export interface CsvColumns {
  readonly layout: 'csv';
  readonly width: number;
  readonly delimiter: string;
  readonly hasHeader: boolean;
  /** Of symbols, and of what rows are passed over by. */
  readonly longNames: boolean;
}

export interface NamedColumns {
  readonly layout: 'parquet' | 'arrow';
  readonly names: readonly string[];
  /** Of symbols, and of what rows are passed over by. */
  readonly longNames: boolean;
}

/** A column that has a type for times. */
export interface TypedTime {
  readonly written: 'timestamp';
}
