import type { Bar } from './bar';

export const COLUMNS = ['start', 'end', 'open', 'high', 'low', 'close', 'volume', 'count'] as const;
/** A column of a series: times in epoch microseconds, the rest as in a bar. */
export type Column = (typeof COLUMNS)[number];

export type Columns = Readonly<Record<Column | 'order', Float64Array>>;

/** The columns one behind the other; the last one holds the rows' order. */
const ALL = [...COLUMNS, 'order'] as const;
const ORDER = ALL.length - 1;

/** Many symbols have but a few bars. */
const ROWS_AT_FIRST = 4;

/**
 * The bars of one symbol and interval in columns. Rows are appended and never change; old ones are
 * left behind when the columns are full, by moving the rest to new ones, so that anyone who still
 * holds a view of the old ones reads what was there. Columns that nobody has looked at are used again:
 * memory outside of V8's heap, allocated at every turn, would make it collect the whole heap for it.
 */
export class BarSeries {
  readonly #retention: number;
  /** All columns: of 100,000 series an array for each column would be most of the memory. */
  #data = new Float64Array(ROWS_AT_FIRST * ALL.length);
  #capacity = ROWS_AT_FIRST;
  #length = 0;
  /** Made when somebody asks for them, who may hold them. */
  #views: Columns | undefined;

  /** @param retention How many rows each reader finds, at least. */
  constructor(
    readonly symbol: string,
    readonly interval: string,
    retention: number,
  ) {
    this.#retention = retention;
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
    const data = this.#data;
    const rows = this.#capacity;
    data[row] = bar.start;
    data[rows + row] = bar.end;
    data[2 * rows + row] = bar.open;
    data[3 * rows + row] = bar.high;
    data[4 * rows + row] = bar.low;
    data[5 * rows + row] = bar.close;
    data[6 * rows + row] = bar.volume;
    data[7 * rows + row] = bar.count;
    data[ORDER * rows + row] = order;
    this.#length += 1;
  }

  /** How many of the retained rows have an order of at most `pin`. */
  visible(pin: number): number {
    const data = this.#data;
    const order = ORDER * this.#capacity;
    const last = this.#length - 1;
    if (last < 0 || (data[order + last] as number) <= pin) return this.#length;
    let from = 0;
    let to = last;
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((data[order + middle] as number) <= pin) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /** The columns as they are now: rows up to `length` never change in them. */
  get columns(): Columns {
    return (this.#views ??= viewsOf(this.#data, this.#capacity));
  }

  #makeRoom(slowest: number): void {
    const unneeded = Math.max(0, this.visible(slowest) - this.#retention);
    const from = this.#data;
    const rows = this.#capacity;
    const grows = unneeded < rows / 2;
    if (grows) this.#capacity *= 2;
    if (grows || this.#views !== undefined) {
      this.#data = new Float64Array(this.#capacity * ALL.length);
    }
    this.#views = undefined;
    for (let column = 0; column < ALL.length; column += 1) {
      const start = column * rows;
      const kept = from.subarray(start + unneeded, start + this.#length);
      this.#data.set(kept, column * this.#capacity);
    }
    this.#length -= unneeded;
  }
}

function viewsOf(data: Float64Array, rows: number): Columns {
  const column = (index: number): Float64Array => data.subarray(index * rows, (index + 1) * rows);
  return {
    start: column(0),
    end: column(1),
    open: column(2),
    high: column(3),
    low: column(4),
    close: column(5),
    volume: column(6),
    count: column(7),
    order: column(ORDER),
  };
}
