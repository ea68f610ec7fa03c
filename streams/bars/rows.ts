import type { FeedEvent } from '../feedEvents';
import type { Micros } from './bar';

/**
 * Rows of one source in columns, in time order. Rows are what readers move: a tick is a row whose
 * four prices are one and the same column, a recorded bar is a row with four.
 */
export interface RowBatch {
  /** Rows in this batch; the columns may be longer. */
  readonly length: number;
  /** Names of the symbols met so far. The reader appends; an index keeps its meaning for ever. */
  readonly symbols: readonly string[];
  /** Index into `symbols`. */
  readonly symbol: Uint32Array;
  /** Ticks: when it happened. Bars: the window's start. */
  readonly time: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** 0 where the source knows no size. */
  readonly volume: Float64Array;
  /** Recorded bars: of how many rows each was made, negative for one that was unfinished; 1 unless given. */
  readonly count?: Float64Array | undefined;
  /**
   * Ticks: what trades and quotes have besides; only where it was requested. Then a row whose `close` is
   * not a number makes no bars.
   */
  readonly ticks?: TickColumns | undefined;
  /** Live: when each row was received, in microseconds. Such rows close no window; marks do. */
  readonly received?: Float64Array;
  /** Live: index of the source that each row came from. */
  readonly origin?: Uint8Array;
  /** Live: what comes after these rows, of which there may be none. */
  readonly mark?: RowMark;
  /** Live: how many rows of its symbol are known to be missing before each row; absent where none are. */
  readonly gap?: Float64Array;
}

/** Rows that a bar is known to lack. */
export interface LostRows {
  readonly symbol: string;
  /** End of the base window. */
  readonly end: Micros;
  readonly rows: number;
}

/** Closes every window that ends by `end`, at the instant `at` of the receive clock. */
export interface RowMark {
  readonly end: Micros;
  readonly at: Micros;
  readonly lost: readonly LostRows[];
}

/** Trades and quotes as they were; a row may hold both. What a row lacks is not a number. */
export interface TickColumns {
  /** Of a trade; its size is the row's volume. */
  readonly price: Float64Array;
  /** 1: the buyer was the aggressor, -1: the seller, 0: unknown. */
  readonly side: Float64Array;
  /** Of a quote. */
  readonly bid: Float64Array;
  readonly ask: Float64Array;
  readonly bidSize: Float64Array;
  readonly askSize: Float64Array;
}

export const TICK_COLUMNS = ['price', 'side', 'bid', 'ask', 'bidSize', 'askSize'] as const;

/** The same of other columns, each made by `of`. */
export const mapTicks = (
  ticks: TickColumns,
  of: (column: Float64Array) => Float64Array,
): TickColumns => ({
  price: of(ticks.price),
  side: of(ticks.side),
  bid: of(ticks.bid),
  ask: of(ticks.ask),
  bidSize: of(ticks.bidSize),
  askSize: of(ticks.askSize),
});

export interface BatchOptions {
  /** Batches have `ticks`, where the source has ticks. */
  readonly ticks?: boolean;
}

/** The windows of recorded bars. */
export interface RecordedBars {
  /** Length in microseconds, of months the mean; 0 for ticks. */
  readonly interval: Micros;
  /** Where the window that begins at `start` ends; after `interval`, unless given. */
  readonly endOf?: ((start: Micros) => Micros) | undefined;
}

/** What a reader found besides usable rows; it only grows. */
export interface RowCounts {
  /** Rows handed out. */
  readonly rows: number;
  /** Rows that stood in the file before a row with an earlier time, and were put in order. */
  readonly outOfOrder: number;
  /** Rows that could not be used and were skipped. */
  readonly badRows: number;
}

export type BarValues = Readonly<Record<'open' | 'high' | 'low' | 'close' | 'volume', number>>;

/** What happens to rows that several sources have. */
export interface DuplicateRule {
  /** Which of two bars of one symbol and start counts, where they differ. */
  readonly onConflict: 'first' | 'last' | 'error';
  /** Called with how many rows were left out. */
  readonly onFound: (rows: number) => void;
  /** Rows with the bar of a symbol that begins at `start`, with their lines. */
  readonly locate?:
    | ((
        symbol: string,
        start: Micros,
      ) => Promise<readonly { readonly line: number; readonly values: BarValues }[]>)
    | undefined;
}

/** A reader of one file (or anything else that has rows), already checked and ready to be read. */
export interface RowSource extends RecordedBars {
  /** Shown to people: the path as it was given. */
  readonly name: string;
  /**
   * In order of time, rows with equal times as they stood. A batch is good until the next is requested.
   * Returning early frees the file. Read once.
   */
  batches(options?: BatchOptions): AsyncIterable<RowBatch> | Iterable<RowBatch>;
  /** Windows have any length: such bars can only be replayed as they are, and alone. */
  readonly isIrregular?: boolean;
  /** Of ticks: what its bars are made of; trades, unless given. */
  readonly kind?: 'trades' | 'quotes' | 'bars' | undefined;
  /** Names of its symbols, all of them once its first batch is there; unknown unless given. */
  symbols?(): readonly string[];
  counts(): RowCounts;
  /** Files: what to do with rows that another file has too. */
  readonly onDuplicate?: DuplicateRule | undefined;
  /** Share of the input that was handed out, 0 to 1. */
  progress(): number;
  /** Rows read so far, of a source that reads to its end before it hands out any; it only grows. */
  scanned?(): number;
  /** Times of its first and last row, where they are known before the first row is handed out; undefined until then. */
  span?(): { readonly from: Micros; readonly to: Micros } | undefined;
  /** What a live feed has besides rows. A run has one such source, and no other. */
  readonly live?: LiveFacts;
}

/** What a live feed tells besides rows. */
export interface LiveFacts {
  /** Receive time at this moment, in microseconds; absent where a recording is read. */
  readonly now?: () => Micros;
  /** Receive time at which the run's clock starts, once it is known; asked where there is no `now`. */
  readonly origin: () => Micros | undefined;
  /** A row came for a window that had closed already. */
  readonly onLate: (origin: number, symbol: string) => void;
  /** Events since the last call; `at` is filled in by the run. */
  readonly takeEvents: (at: number, isLast?: boolean) => readonly FeedEvent[];
  /** Whether there are any. */
  readonly hasEvents: () => boolean;
}
