import type { Micros } from '../bar';

/** What a column of a file is. `date` stands beside a `time` that holds the time of day only. */
export type Role =
  | 'time'
  | 'date'
  | 'symbol'
  | 'price'
  | 'size'
  | 'bid'
  | 'ask'
  | 'open'
  | 'high'
  | 'low'
  | 'close'
  | 'closeTime';

export type PriceOfQuotes = 'mid' | 'bid' | 'ask';

export interface FileOptions {
  /** The symbol of files in which no column holds it; goes before what a file's name says. */
  readonly symbol?: string;
  /**
   * What each column is: a role (`time`, `date`, `symbol`, `price`, `size` or `volume`, `bid`, `ask`,
   * `open`, `high`, `low`, `close`) and the column's name in the header, or its position, counted
   * from 1. Roles that are not mentioned are found by their usual names, if there is a header.
   */
  readonly columns?: Readonly<Record<string, string>>;
  /** Asks for quotes, also where the file has trades. Unless given, trades go before quotes, and quotes make their mid. */
  readonly price?: PriceOfQuotes;
  /** What recorded bars are stamped with; `start`, unless given. */
  readonly barTime?: 'start' | 'end';
  /** A row that cannot be used stops the run with an error, or is counted and skipped; `stop`, unless given. */
  readonly badRows?: 'stop' | 'skip';
  /** Length of recorded bars whose file is too short to tell it. */
  readonly bars?: Micros;
  /** Session window [from, to): rows outside it are not handed out. Bars are in it by their start. */
  readonly from?: Micros;
  readonly to?: Micros;
  /** Where temporary files go; the system's folder for them, unless given. */
  readonly tempDirectory?: string;
  /** How much memory DuckDB may take, for instance `512MB`; `1GB`, unless given. */
  readonly memoryLimit?: string;
}
