import type { Micros } from './bar';
import type { Column, Columns } from './barSeries';

/**
 * What a strategy can read of one symbol and interval: the rows that were there when the bar that
 * woke it came about, the newest last, at most as many as are retained. Nothing is copied.
 */
export interface BarView {
  readonly symbol: string;
  readonly interval: string;
  /** Rows that can be read; 0 where there is no bar yet. */
  readonly length: number;
  /** Ends of the windows, epoch microseconds. */
  readonly end: Float64Array;
  readonly start: Float64Array;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly volume: Float64Array;
  /** The value `back` rows before the newest one; undefined where there is none. */
  last(column: Column, back?: number): number | undefined;
  /** When the newest row ended; undefined where there is none. */
  readonly time: Micros | undefined;
}

/** Rows [from, to) of columns that may be left behind by their series, but never change. */
export class PinnedView implements BarView {
  readonly #columns: Columns;
  readonly #from: number;
  readonly #to: number;

  constructor(
    readonly symbol: string,
    readonly interval: string,
    columns: Columns,
    from: number,
    to: number,
  ) {
    this.#columns = columns;
    this.#from = from;
    this.#to = to;
  }

  get length(): number {
    return this.#to - this.#from;
  }

  get start(): Float64Array {
    return this.#columns.start.subarray(this.#from, this.#to);
  }

  get end(): Float64Array {
    return this.#columns.end.subarray(this.#from, this.#to);
  }

  get open(): Float64Array {
    return this.#columns.open.subarray(this.#from, this.#to);
  }

  get high(): Float64Array {
    return this.#columns.high.subarray(this.#from, this.#to);
  }

  get low(): Float64Array {
    return this.#columns.low.subarray(this.#from, this.#to);
  }

  get close(): Float64Array {
    return this.#columns.close.subarray(this.#from, this.#to);
  }

  get volume(): Float64Array {
    return this.#columns.volume.subarray(this.#from, this.#to);
  }

  get time(): Micros | undefined {
    return this.last('end');
  }

  last(column: Column, back = 0): number | undefined {
    const row = this.#to - 1 - back;
    return row < this.#from || back < 0 ? undefined : this.#columns[column][row];
  }
}
