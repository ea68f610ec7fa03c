import type { Micros } from './bar';
import type { Column, Columns } from './barSeries';
import type { ReadonlyFloats } from './readonlyFloats';

/**
 * What a strategy can read of one symbol and interval: the rows that were there when the bar that
 * woke it came about, the newest last, at most as many as are retained. Nothing is copied: the columns
 * lie in memory that is shared with the series, every other view, and other threads. They are there to
 * be read; to sort or reverse one, take a copy of it, `view.close.slice()`.
 */
export interface BarView {
  readonly symbol: string;
  readonly interval: string;
  /** Rows that can be read; 0 where there is no bar yet. */
  readonly length: number;
  /** Ends of the windows, epoch microseconds. */
  readonly end: ReadonlyFloats;
  readonly start: ReadonlyFloats;
  readonly open: ReadonlyFloats;
  readonly high: ReadonlyFloats;
  readonly low: ReadonlyFloats;
  readonly close: ReadonlyFloats;
  readonly volume: ReadonlyFloats;
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
  /** The columns that were requested, so that a loop over `view.close[i]` makes one array. */
  #asked: Partial<Record<Column, ReadonlyFloats>> | undefined;

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

  get start(): ReadonlyFloats {
    return this.#column('start');
  }

  get end(): ReadonlyFloats {
    return this.#column('end');
  }

  get open(): ReadonlyFloats {
    return this.#column('open');
  }

  get high(): ReadonlyFloats {
    return this.#column('high');
  }

  get low(): ReadonlyFloats {
    return this.#column('low');
  }

  get close(): ReadonlyFloats {
    return this.#column('close');
  }

  get volume(): ReadonlyFloats {
    return this.#column('volume');
  }

  get time(): Micros | undefined {
    return this.last('end');
  }

  last(column: Column, back = 0): number | undefined {
    const row = this.#to - 1 - back;
    return row < this.#from || back < 0 ? undefined : this.#columns[column][row];
  }

  #column(name: Column): ReadonlyFloats {
    const asked = (this.#asked ??= {});
    return (asked[name] ??= this.#columns[name].subarray(this.#from, this.#to));
  }
}
