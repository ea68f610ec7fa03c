import type { Micros } from '../bars/bar';
import type { BatchOptions, RowBatch } from '../bars/rows';
import type { FileOptions, RowKind } from './fileOptions';
import type { TickField } from './formats';
import type { BadRow } from './order/badRow';
import type { LocateBars } from './order/barConflict';
import type { RowBlock } from './order/rowBlock';
import type { RowCollector } from './order/rowCollector';
import type { BarTimes } from './time/barTimes';

/** What a reader works with. */
export interface ReadRequest extends Pick<FileOptions, 'from' | 'to' | 'badRows'>, BatchOptions {
  /** Checks the rows and packs them. */
  readonly collector: RowCollector;
  /** A folder for temporary files. */
  readonly folder: string;
  readonly signal: AbortSignal;
  /** Called with rows that are skipped, where their place is known while reading. */
  readonly onBadRow: (row: BadRow) => void;
}

/** Reads one file from end to end, once: first `rows`, then `verify`; `close` in any case. */
export interface TableReader {
  /**
   * The usable rows, in the file's order, in blocks that the caller takes over. Throws a `SourceError`
   * at a row that cannot be used, where these stop the run, and `ReadAgain`.
   */
  rows(): AsyncGenerator<RowBlock>;
  /** Checks, after the last row, that the file was complete and that no row was left out. */
  verify(): Promise<void>;
  close(): Promise<void>;
}

export interface TimeSpan {
  readonly from: Micros;
  readonly to: Micros;
}

/** Rows that can be handed out as they lie in the file, without copying. */
export interface RowView {
  readonly rows: number;
  /** Times of the first and the last row. */
  readonly earliest: number;
  readonly latest: number;
  /** Names of all symbols. */
  readonly symbols: readonly string[];
  batches(symbols: string[]): AsyncGenerator<RowBatch>;
}

/** A file whose beginning was examined: what is in it, and how it is read. */
export interface TickFile {
  /** As it was given. */
  readonly name: string;
  readonly format: string;
  /** By what the format was recognized. */
  readonly evidence: string;
  /** What was found that may be unexpected, a sentence each. */
  readonly notes?: readonly string[] | undefined;
  /** Columns of prices: 4 for bars, 1 for ticks. */
  readonly prices: number;
  readonly bars: BarTimes;
  /** Kind of the rows that bars are made of. */
  readonly kind: RowKind;
  /** What its ticks have besides price and size. */
  readonly fields: readonly TickField[];
  collector(options: Pick<FileOptions, 'from' | 'to'> & BatchOptions): RowCollector;
  open(request: ReadRequest): Promise<TableReader>;
  /** Counts rows that need no copying; undefined where the rows have to be spooled. */
  view?(
    options: Pick<FileOptions, 'from' | 'to'>,
    signal: AbortSignal,
    onScanned: (rows: number) => void,
  ): Promise<RowView | undefined>;
  /** First and last time, to a day or so, where that is known without reading all of the file. */
  span?(): Promise<TimeSpan | undefined>;
  /** Finds rows with a bar; there where rows have lines. */
  readonly locateBars?: LocateBars;
  /** Finds the first bad rows where `onBadRow` is not called while reading. */
  locateBadRows?(limit: number): Promise<readonly BadRow[]>;
}

/** Thrown by a reader that found the file to be different from its beginning. */
export class ReadAgain extends Error {
  constructor(readonly file: TickFile) {
    super(`${file.name} is to be read again in another way`);
  }
}
