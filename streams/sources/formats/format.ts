import type { Micros } from '../../bars/bar';
import type { Decoder, RowSink } from '../bytes/decoder';
import type { FileOptions, PriceOfQuotes, Role, RowKind } from '../fileOptions';
import type { TickLayout } from '../tickLayout';
import type { LayoutTime } from '../time/layoutTime';
import type { Stamp, TimeUnit } from '../time/timeColumn';

/** The beginning of a table, as far as it says what the file is. */
export interface Probe {
  /** Base names of the file, and of the file inside it, without extensions. */
  readonly names: readonly string[];
  /** Where the file is, resolved: some formats say in the path what is in it. */
  readonly path?: string;
  /** Lines between the names of the columns and the first row. */
  readonly preamble?: readonly (readonly string[])[];
  /** Names of the columns, where the file has any. */
  readonly header?: readonly string[];
  /** The first rows, as text, without the header. */
  readonly rows: readonly (readonly string[])[];
  /** How many columns there are. */
  readonly width: number;
}

/** What of the options a layout may depend on. */
export type LayoutOptions = Pick<FileOptions, 'symbol' | 'clock' | 'bars' | 'price'>;

export interface FormatLayout {
  /** Positions of the columns, counted from 0. */
  readonly columns: Readonly<Partial<Record<Role, number>>>;
  readonly symbol?: string;
  /** Where trades and quotes have more than bars are made of; by default the columns of these names. */
  readonly ticks?: Partial<TickLayout>;
  /** What prices are to be divided by: they are integers. */
  readonly divisor?: number;
  /** How times are written, where that is not detected by the times themselves. */
  readonly stamp?: Stamp;
  /** How times are read that are meaningless without what the format knows. */
  readonly timeLayout?: LayoutTime;
  /** The option `price` has been seen to: bars of one side of the book. */
  readonly isPriced?: boolean;
  /** Bars without any price are passed over, as what this says. */
  readonly emptyBars?: string;
  /** Unit of the times, where the format says it. */
  readonly unit?: TimeUnit;
  /** Where the times are local; an IANA name. */
  readonly zone?: string;
  /** Quotes: a side that is empty is the one before. */
  readonly carriesSides?: boolean;
  /** Whose days recorded bars of a day are, where their times are universal. */
  readonly barZone?: string;
  /** How times are written, where DuckDB has no type for it: see `FileOptions.dateFormat`. */
  readonly dateFormat?: string;
  /** Length of the bars, where the file says it better than their gaps do. */
  readonly interval?: Micros;
  /** Rows of one symbol follow one another, and only among these is their order that of time. */
  readonly sortedBySymbol?: boolean;
  /** Only rows that have this in this column are read; others are passed over, counted by what they have. */
  readonly only?: { readonly column: number; readonly value: string; readonly others?: string };
}

/** What every format says of itself. */
export interface FormatFacts {
  readonly name: string;
  readonly title: string;
  /** Which of the file's times rules, and what it means. */
  readonly clock: string;
  /** What surprises those who read such files, and what is done about it. */
  readonly traps: readonly string[];
}

/** Tables, in CSV, Parquet or Arrow: how one is distinguished from others and where its columns are. */
export interface ColumnFormat extends FormatFacts {
  /** Says by what it was recognized, or nothing. */
  recognise(probe: Probe): string | undefined;
  layout(probe: Probe, options: LayoutOptions): FormatLayout;
}

/** The beginning of a file that may be anything. */
export interface Head {
  /** As it was given. */
  readonly path: string;
  /** The bytes, as they come out of what they are wrapped in. */
  readonly bytes: Buffer;
  /** Whether the whole file is in it. */
  readonly ended: boolean;
}

/** What ticks may have besides price and size. */
export type TickField = 'side' | 'bid' | 'ask' | 'bidSize' | 'askSize';

/** How a file is decoded, once its head was looked at. */
export interface Reading {
  readonly kind: RowKind;
  readonly price: PriceOfQuotes;
  /** Length of the bars, of months the mean; 0 for ticks. */
  readonly interval: Micros;
  /** By what that is known. */
  readonly intervalEvidence?: string;
  /** Whose days recorded bars of a day are, unless `zone` says it. */
  readonly barZone?: string;
  /** Rows of one symbol follow one another, and only among these is their order that of time. */
  readonly sortedBySymbol?: boolean;
  /** Bars say how many rows each was made of. */
  readonly hasCounts?: boolean;
  /** @param withTicks trades and quotes are both wanted, with all that they have */
  decoder(rows: RowSink, withTicks?: boolean): Decoder;
  /** What its ticks have besides price and size; nothing, unless given. */
  readonly fields?: readonly TickField[];
}

/** Anything else: how it is distinguished from others and decoded, a piece of any size at a time. */
export interface ByteFormat extends FormatFacts {
  recognise(head: Head): string | undefined;
  /** Throws a `SourceError` where the head says that it cannot be read, or not as it was requested. */
  open(head: Head, options: FileOptions): Reading;
}

/** A kind of tick file. */
export type Format = ColumnFormat | ByteFormat;
