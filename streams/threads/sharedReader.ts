import { Appearances } from '../bars/appearances';
import type { Bar } from '../bars/bar';
import { PinnedView } from '../bars/barView';
import type { BarView } from '../bars/barView';
import { RETENTION } from '../bars/history';
import type { BarReader, Pin } from '../bars/history';
import { placesOf } from '../bars/interval';
import type { Interval } from '../bars/interval';
import { lastQuote, quotesIn } from '../bars/lastQuote';
import type { Quote } from '../bars/tick';
import { sharedColumns, visibleRows } from './sharedSegment';
import type { Announcement, SharedColumns } from './sharedSegment';

interface ReadSegment {
  readonly first: number;
  readonly columns: SharedColumns;
}

/** A series as a reader sees it: the segment it has come to, and those announced since. */
class ReadSeries {
  readonly #segments: ReadSegment[] = [];
  /** The row that was looked for last. */
  #row = -1;

  constructor(readonly symbolName: string) {}

  add(announcement: Announcement): void {
    this.#segments.push({ first: announcement.first, columns: sharedColumns(announcement) });
  }

  /** The columns that have the rows up to `pin`; earlier ones are let go. */
  upTo(pin: number): SharedColumns {
    let next = this.#segments[1];
    while (next !== undefined && next.first <= pin) {
      this.#segments.shift();
      this.#row = -1;
      next = this.#segments[1];
    }
    return (this.#segments[0] as ReadSegment).columns;
  }

  /** The row of an order, which rises from call to call or nearly so. */
  rowOf(order: number): { columns: SharedColumns; row: number } {
    const columns = this.upTo(order);
    const next = this.#row + 1;
    const row = columns.order[next] === order ? next : visibleRows(columns, order) - 1;
    if (columns.order[row] !== order) {
      throw new RangeError(`${this.symbolName}: no row ${order} was published`);
    }
    this.#row = row;
    return { columns, row };
  }
}

/**
 * All series as another thread sees them: rows are read in place, in the columns that their writer
 * appends to. What a pin shows does not depend on how far the writers have come since.
 */
export class SharedReader implements BarReader {
  readonly intervals: readonly Interval[];
  readonly #placeOf: (interval: string) => number;
  readonly #retention: number;
  readonly #catchUp: () => void;
  readonly #series: (ReadSeries | undefined)[][];
  readonly #appeared = new Appearances();
  readonly #symbols = new Map<string, number>();

  /** @param catchUp takes in what has been announced; called before anything is looked for */
  constructor(intervals: readonly Interval[], catchUp: () => void, retention = RETENTION) {
    this.intervals = intervals;
    this.#placeOf = placesOf(intervals);
    this.#catchUp = catchUp;
    this.#retention = retention;
    this.#series = intervals.map(() => []);
  }

  add(announcement: Announcement): void {
    const { interval, symbol, symbolName, first } = announcement;
    const ofInterval = this.#series[interval] as (ReadSeries | undefined)[];
    let series = ofInterval[symbol];
    if (series === undefined) {
      series = ofInterval[symbol] = new ReadSeries(symbolName);
      if (interval === 0) this.#appeared.add(symbolName, first);
      this.#symbols.set(symbolName, symbol);
    }
    series.add(announcement);
  }

  bar(interval: number, symbol: number, pin: Pin): Bar {
    this.#catchUp();
    const series = this.#series[interval]?.[symbol];
    if (series === undefined) {
      throw new RangeError(`no series of symbol ${symbol}, interval ${interval}, was announced`);
    }
    const { columns, row } = series.rowOf(this.#orderIn(interval, pin));
    const coverage = columns.coverage[row] as number;
    const gap = columns.gap[row] as number;
    const bar: Bar = {
      symbol: series.symbolName,
      interval: (this.intervals[interval] as Interval).name,
      start: columns.start[row] as number,
      end: columns.end[row] as number,
      open: columns.open[row] as number,
      high: columns.high[row] as number,
      low: columns.low[row] as number,
      close: columns.close[row] as number,
      volume: columns.volume[row] as number,
      count: columns.count[row] as number,
      complete: true,
    };
    if (Number.isNaN(coverage) && gap === 0) return bar;
    return {
      ...bar,
      ...(Number.isNaN(coverage) ? {} : { coverage }),
      ...(gap === 0 ? {} : { gap }),
    };
  }

  symbols(pin: Pin): readonly string[] {
    this.#catchUp();
    return this.#appeared.upTo(pin.base);
  }

  view(symbol: string, interval: string, pin: Pin): BarView {
    this.#catchUp();
    const index = this.#placeOf(interval);
    const series = this.#series[index]?.[this.#symbols.get(symbol) ?? -1];
    if (series === undefined) return new PinnedView(symbol, interval, NO_COLUMNS, 0, 0);
    const order = this.#orderIn(index, pin);
    const columns = series.upTo(order);
    const to = visibleRows(columns, order);
    return new PinnedView(symbol, interval, columns, Math.max(0, to - this.#retention), to);
  }

  quote(symbol: string, pin: Pin): Quote | undefined {
    this.#catchUp();
    const series = this.#series[quotesIn(this.intervals)]?.[this.#symbols.get(symbol) ?? -1];
    if (series === undefined) return undefined;
    const columns = series.upTo(pin.base);
    return lastQuote(symbol, columns, visibleRows(columns, pin.base));
  }

  /** Derived rows have an order of their own; ticks have that of the base rows. */
  #orderIn(interval: number, { base, derived }: Pin): number {
    return interval === 0 || this.intervals[interval]?.ticks !== undefined ? base : derived;
  }

  /** Segments are let go as they are read past. */
  reached(): void {
    return undefined;
  }
}

const NO_COLUMNS = sharedColumns({ buffer: new SharedArrayBuffer(0), capacity: 0, first: 0 });
