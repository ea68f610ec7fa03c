import type { Bar } from '../bars/bar';
import { COLUMNS } from '../bars/barSeries';
import { RETENTION } from '../bars/history';
import type { BarWriter } from '../bars/history';
import type { Interval } from '../bars/interval';
import { carryOver, newSegment, sharedColumns } from './sharedSegment';
import type { Announcement, SharedColumns } from './sharedSegment';

const ROWS_AT_FIRST = 16;

/** The series of one symbol and interval as its writer sees it. */
interface Series {
  columns: SharedColumns;
  capacity: number;
  length: number;
}

/**
 * Appends base rows (the coordinator's thread) or derived ones (the processor's) to shared columns.
 * Every new segment is announced before the first row in it can be heard of.
 */
export class SharedWriter implements BarWriter {
  readonly intervals: readonly Interval[];
  readonly #retention: number;
  readonly #announce: (announcement: Announcement) => void;
  /** By interval, then by symbol. */
  readonly #series: (Series | undefined)[][];
  #base = 0;
  #derived = 0;

  constructor(
    intervals: readonly Interval[],
    announce: (announcement: Announcement) => void,
    retention = RETENTION,
  ) {
    this.intervals = intervals;
    this.#announce = announce;
    this.#retention = retention;
    this.#series = intervals.map(() => []);
  }

  get base(): number {
    return this.#base;
  }

  get derived(): number {
    return this.#derived;
  }

  appendBase(symbol: number, bar: Bar): number {
    this.#base += 1;
    this.#append(0, symbol, bar, this.#base);
    return this.#base;
  }

  appendTick(interval: number, symbol: number, row: Bar): number {
    this.#base += 1;
    this.#append(interval, symbol, row, this.#base);
    return this.#base;
  }

  appendDerived(interval: number, symbol: number, bar: Bar): number {
    this.#derived += 1;
    this.#append(interval, symbol, bar, this.#derived);
    return this.#derived;
  }

  #append(interval: number, symbol: number, bar: Bar, order: number): void {
    const ofInterval = this.#series[interval] as (Series | undefined)[];
    let series = ofInterval[symbol];
    if (series === undefined || series.length === series.capacity) {
      series = ofInterval[symbol] = this.#grown(series, {
        symbol,
        symbolName: bar.symbol,
        interval,
        first: order,
      });
    }
    const { columns, length: row } = series;
    for (const name of COLUMNS) columns[name][row] = bar[name];
    columns.coverage[row] = bar.coverage ?? NaN;
    columns.gap[row] = bar.gap ?? 0;
    columns.order[row] = order;
    series.length += 1;
  }

  #grown(before: Series | undefined, of: Omit<Announcement, 'buffer' | 'capacity'>): Series {
    const carried = before === undefined ? 0 : Math.min(before.length, this.#retention);
    const capacity =
      before === undefined
        ? ROWS_AT_FIRST
        : carried > before.capacity / 2
          ? before.capacity * 2
          : before.capacity;
    const segment = newSegment(capacity, of.first);
    const columns = sharedColumns(segment);
    if (before !== undefined) {
      carryOver(before.columns, before.length - carried, before.length, columns);
    }
    this.#announce({ ...of, ...segment });
    return { columns, capacity, length: carried };
  }
}
