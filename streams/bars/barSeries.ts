import type { Bar } from './bar';

export const COLUMNS = ['start', 'end', 'open', 'high', 'low', 'close', 'volume', 'count'] as const;
/** A column of a series: times in epoch microseconds, the rest as in a bar. */
export type Column = (typeof COLUMNS)[number];

export type Columns = Readonly<Record<Column | 'order', Float64Array>>;

const ROWS_AT_FIRST = 16;

/**
 * The bars of one symbol and interval in columns. Rows are appended and never change; old ones are
 * left behind when the columns are full, by moving the rest to new ones, so that anyone who still
 * holds a view of the old ones reads what was there. Columns that nobody has looked at are used again:
 * memory outside of V8's heap, allocated at every turn, would make it collect the whole heap for it.
 */
export class BarSeries {
  readonly #retention: number;
  #columns: Columns;
  #capacity = ROWS_AT_FIRST;
  #length = 0;
  /** Somebody may hold the columns. */
  #lent = false;

  /** @param retention How many rows each reader finds, at least. */
  constructor(
    readonly symbol: string,
    readonly interval: string,
    retention: number,
  ) {
    this.#retention = retention;
    this.#columns = columnsFor(ROWS_AT_FIRST);
  }

  /** Rows retained. */
  get length(): number {
    return this.#length;
  }

  /**
   * @param order The row's number among all series of its kind, which rises.
   * @param slowest The least order that a reader is still pinned to: what it may read is kept.
   */
  append(bar: Bar, order: number, slowest: number): void {
    if (this.#length === this.#capacity) this.#makeRoom(slowest);
    const row = this.#length;
    const columns = this.#columns;
    columns.start[row] = bar.start;
    columns.end[row] = bar.end;
    columns.open[row] = bar.open;
    columns.high[row] = bar.high;
    columns.low[row] = bar.low;
    columns.close[row] = bar.close;
    columns.volume[row] = bar.volume;
    columns.count[row] = bar.count;
    columns.order[row] = order;
    this.#length += 1;
  }

  /** How many of the retained rows have an order of at most `pin`. */
  visible(pin: number): number {
    const { order } = this.#columns;
    const last = this.#length - 1;
    if (last < 0 || (order[last] as number) <= pin) return this.#length;
    let from = 0;
    let to = last;
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((order[middle] as number) <= pin) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /** The columns as they are now: rows up to `length` never change in them. */
  get columns(): Columns {
    this.#lent = true;
    return this.#columns;
  }

  #makeRoom(slowest: number): void {
    const unneeded = Math.max(0, this.visible(slowest) - this.#retention);
    const grows = unneeded < this.#capacity / 2;
    const from = this.#columns;
    if (grows) this.#capacity *= 2;
    if (grows || this.#lent) this.#columns = columnsFor(this.#capacity);
    this.#lent = false;
    for (const name of [...COLUMNS, 'order'] as const) {
      this.#columns[name].set(from[name].subarray(unneeded, this.#length));
    }
    this.#length -= unneeded;
  }
}

function columnsFor(rows: number): Columns {
  const buffer = new ArrayBuffer(rows * 8 * (COLUMNS.length + 1));
  const column = (index: number): Float64Array => new Float64Array(buffer, index * rows * 8, rows);
  return {
    start: column(0),
    end: column(1),
    open: column(2),
    high: column(3),
    low: column(4),
    close: column(5),
    volume: column(6),
    count: column(7),
    order: column(8),
  };
}
