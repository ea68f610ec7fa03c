import { Appearances } from './appearances';
import type { Bar } from './bar';
import { BarSeries } from './barSeries';
import { PinnedView } from './barView';
import type { BarView } from './barView';
import { lastQuote, quotesIn } from './lastQuote';
import { placesOf } from './interval';
import type { Interval } from './interval';
import type { Quote } from './tick';

/** What an item may see: see `Item.base` and `Item.derived`. */
export interface Pin {
  readonly base: number;
  readonly derived: number;
}

export const RETENTION = 1_024;

/** All series of a run: the coordinator appends base rows, the processor derived ones, the analysis reads. */
export class History {
  /** Base first, then the derived ones, shortest first. */
  readonly intervals: readonly Interval[];
  readonly #placeOf: (interval: string) => number;
  readonly #appeared = new Appearances();
  readonly #symbols = new Map<string, number>();
  readonly #series: (BarSeries | undefined)[][];
  readonly #retention: number;
  #base = 0;
  #derived = 0;
  /** Pin of the slowest reader. */
  #slowestBase = 0;
  #slowestDerived = 0;

  constructor(intervals: readonly Interval[], retention = RETENTION) {
    this.intervals = intervals;
    this.#placeOf = placesOf(intervals);
    this.#retention = retention;
    this.#series = intervals.map(() => []);
  }

  /** Base rows so far. */
  get base(): number {
    return this.#base;
  }

  /** Derived rows so far. */
  get derived(): number {
    return this.#derived;
  }

  /** Symbols of which there is a base row, in order of appearance, as seen from `pin`. */
  symbols(pin: Pin): readonly string[] {
    return this.#appeared.upTo(pin.base);
  }

  /** Returns the number of base rows, this one included: the pin of what it causes. */
  appendBase(symbol: number, bar: Bar): number {
    this.#base += 1;
    this.#append(0, symbol, bar, this.#base, this.#slowestBase);
    return this.#base;
  }

  /** A trade or quote; it has a number among the base rows, as its place in the coordinator's order. */
  appendTick(interval: number, symbol: number, row: Bar): number {
    this.#base += 1;
    this.#append(interval, symbol, row, this.#base, this.#slowestBase);
    return this.#base;
  }

  /** Returns the number of derived rows, this one included. */
  appendDerived(interval: number, symbol: number, bar: Bar): number {
    this.#derived += 1;
    this.#append(interval, symbol, bar, this.#derived, this.#slowestDerived);
    return this.#derived;
  }

  /** The slowest reader has come to here: only what it and later ones can see is kept. */
  reached(pin: Pin): void {
    this.#slowestBase = pin.base;
    this.#slowestDerived = pin.derived;
  }

  /** An empty view of a symbol that has not appeared; throws an `OptionError` for an unknown interval. */
  view(symbol: string, interval: string, pin: Pin): BarView {
    const index = this.#placeOf(interval);
    const series = this.#series[index]?.[this.#symbols.get(symbol) ?? -1];
    if (series === undefined) return new PinnedView(symbol, interval, NO_COLUMNS, 0, 0);
    const to = series.visible(index === 0 ? pin.base : pin.derived);
    const from = Math.max(0, to - this.#retention);
    return new PinnedView(symbol, interval, series.columns, from, to);
  }

  /** The latest quote of a symbol; undefined where there is none. Throws an `OptionError` where none are kept. */
  quote(symbol: string, pin: Pin): Quote | undefined {
    const series = this.#series[quotesIn(this.intervals)]?.[this.#symbols.get(symbol) ?? -1];
    return series && lastQuote(symbol, series.columns, series.visible(pin.base));
  }

  #append(interval: number, symbol: number, bar: Bar, order: number, slowest: number): void {
    const ofInterval = this.#series[interval] as (BarSeries | undefined)[];
    let series = ofInterval[symbol];
    if (series === undefined) {
      series = new BarSeries(bar.symbol, bar.interval, this.#retention);
      ofInterval[symbol] = series;
      if (interval === 0) this.#appeared.add(bar.symbol, order);
      this.#symbols.set(bar.symbol, symbol);
    }
    series.append(bar, order, slowest);
  }
}

const NO_COLUMNS = new BarSeries('', '', 0).columns;

/** What appends bars: all that the feed and the processor need of a history. */
export type BarWriter = Pick<
  History,
  'intervals' | 'base' | 'derived' | 'appendBase' | 'appendTick' | 'appendDerived'
>;

/** What strategies read through. */
export type BarReader = Pick<History, 'intervals' | 'symbols' | 'view' | 'quote' | 'reached'>;
