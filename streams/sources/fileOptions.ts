import type { OptionNames } from '../../operators/kernel/optionNames';
import type { Micros } from '../bars/bar';

/** What a column of a file is. `date` stands beside a `time` that holds the time of day only. */
export type Role =
  | 'time'
  | 'date'
  | 'symbol'
  | 'price'
  | 'size'
  | 'bid'
  | 'ask'
  | 'bidSize'
  | 'askSize'
  | 'side'
  | 'open'
  | 'high'
  | 'low'
  | 'close'
  | 'closeTime'
  | 'id'
  | 'count'
  | 'complete';

export type RowKind = 'trades' | 'quotes' | 'bars';

export type PriceOfQuotes = 'mid' | 'bid' | 'ask';

/** `receive`: when anyone who recorded the file had it; `exchange`: when it happened there. */
export type RowClock = 'receive' | 'exchange';

export interface FileOptions {
  /** Name of the format, which then is not guessed. */
  readonly format?: string;
  /** The symbol of files in which no column holds it; goes before what a file's name says. */
  readonly symbol?: string;
  /** The symbol of files of which nothing tells it; these are refused, unless given. */
  readonly unknownSymbol?: string;
  /**
   * What each column is: a role (`time`, `date`, `symbol`, `price`, `size` or `volume`, `bid`, `ask`,
   * `open`, `high`, `low`, `close`) and the column's name in the header, or its position, counted
   * from 1. Roles that are not mentioned are found by their usual names, if there is a header.
   */
  readonly columns?: Readonly<Record<string, string>>;
  /** Asks for quotes, also where the file has trades. Unless given, trades go before quotes, and quotes make their mid. */
  readonly price?: PriceOfQuotes;
  /** Which time rules, where a file has both; `receive`, unless given. */
  readonly clock?: RowClock;
  /** Where times are local that say no zone: an IANA name such as `America/New_York`. The format says it, or it is UTC, unless given. */
  readonly zone?: string;
  /** How times are written: `%d/%m/%Y %H:%M:%S` or `DD/MM/YYYY HH:mm:ss`; recognized unless given. */
  readonly dateFormat?: string;
  /**
   * Unit of times that are numbers; detected by magnitude unless given. `per-row`: each row by its own
   * magnitude; `excel`, `filetime`, `dotnet`: counts from another day than 1970-01-01.
   */
  readonly unit?: 's' | 'ms' | 'us' | 'ns' | 'per-row' | 'excel' | 'filetime' | 'dotnet';
  /** The decimal sign of numbers in text; `.` unless given. */
  readonly decimal?: '.' | ',';
  /** What separates thousands in numbers in text, such as `,` or a blank; nothing unless given. */
  readonly thousands?: string;
  /** What separates the columns of a text; found unless given. */
  readonly delimiter?: string;
  /** Lines at the beginning of a text that are passed over, before its header. */
  readonly skipLines?: number;
  /** Lines of a text that begin with this are passed over. */
  readonly comment?: string;
  /** Of a text: a name that `TextDecoder` knows, such as `utf-16le` or `windows-1252`; UTF-8, or what the byte-order mark says, unless given. */
  readonly encoding?: string;
  /** What recorded bars are stamped with; `start`, unless given. */
  readonly barTime?: 'start' | 'end';
  /** Which of two bars of one symbol and start counts, where they differ; `error`, unless given. */
  readonly onConflict?: 'first' | 'last' | 'error';
  /** A row that cannot be used stops the run with an error, or is counted and skipped; `stop`, unless given. */
  readonly badRows?: 'stop' | 'skip';
  /** Reads a file though most of its rows are bad, to say what is wrong with them. */
  readonly acceptsBadFiles?: boolean;
  /** Length of recorded bars, such as `1m`, `1d`, `1w` or `1mo`; detected by format, name or gaps unless given. */
  readonly recorded?: string;
  /** Length of the bars that are wanted, where a file has recorded bars of several lengths. */
  readonly bars?: Micros;
  /** Session window [from, to): rows outside it are not handed out. Bars are in it by their start. */
  readonly from?: Micros;
  readonly to?: Micros;
  /** Where temporary files go; the system's folder for them, unless given. */
  readonly tempDirectory?: string;
  /** How many bytes of rows all files together may keep in memory, before they go to temporary files; 64 MB, unless given. */
  readonly spoolBytes?: number;
  /** How much memory DuckDB may take, for instance `512MB`; `1GB`, unless given. */
  readonly memoryLimit?: string;
}

/** Every option of `openFiles`. */
export const FILE_OPTIONS: OptionNames<FileOptions> = {
  format: true,
  symbol: true,
  unknownSymbol: true,
  columns: true,
  price: true,
  clock: true,
  zone: true,
  dateFormat: true,
  unit: true,
  decimal: true,
  thousands: true,
  delimiter: true,
  skipLines: true,
  comment: true,
  encoding: true,
  barTime: true,
  onConflict: true,
  badRows: true,
  acceptsBadFiles: true,
  recorded: true,
  bars: true,
  from: true,
  to: true,
  tempDirectory: true,
  spoolBytes: true,
  memoryLimit: true,
};
