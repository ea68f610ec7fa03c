import type { Row } from '../frame/table';
import { lengthOf } from '../work/barBuilder';
import type { Crossings, Series } from '../work/crossings';
import type { Ticks } from '../work/ticks';
import { DERIVED } from './input';
import { onEightSymbols } from './onEightSymbols';

/** Open bars of one interval in columns, one element a symbol. */
class Windows {
  readonly #length: number;
  readonly #end: Float64Array;
  readonly #open: Float64Array;
  readonly #high: Float64Array;
  readonly #low: Float64Array;
  readonly #close: Float64Array;
  readonly #volume: Float64Array;
  readonly #count: Float64Array;
  readonly #series: readonly Series[];
  readonly #longer: readonly Windows[];
  /** The earliest end of all. */
  next = Infinity;

  constructor(
    interval: string,
    symbols: readonly string[],
    crossings: Crossings,
    longer: readonly Windows[],
  ) {
    const column = (): Float64Array => new Float64Array(symbols.length);
    this.#length = lengthOf(interval);
    this.#end = column();
    this.#open = column();
    this.#high = column();
    this.#low = column();
    this.#close = column();
    this.#volume = column();
    this.#count = column();
    this.#series = symbols.map((symbol) => crossings.series(symbol, interval));
    this.#longer = longer;
  }

  add(
    s: number,
    start: number,
    open: number,
    high: number,
    low: number,
    close: number,
    volume: number,
    count: number,
  ): void {
    const counted = this.#count[s] as number;
    if (counted === 0) {
      const end = start - (start % this.#length) + this.#length;
      this.#end[s] = end;
      if (end < this.next) this.next = end;
      this.#open[s] = open;
      this.#high[s] = high;
      this.#low[s] = low;
      this.#volume[s] = volume;
    } else {
      if (high > (this.#high[s] as number)) this.#high[s] = high;
      if (low < (this.#low[s] as number)) this.#low[s] = low;
      this.#volume[s] = (this.#volume[s] as number) + volume;
    }
    this.#close[s] = close;
    this.#count[s] = counted + count;
  }

  /** Closes all windows that end by `time`. */
  advance(time: number): void {
    this.next = Infinity;
    for (let s = 0; s < this.#end.length; s += 1) {
      const count = this.#count[s] as number;
      if (count === 0) continue;
      const end = this.#end[s] as number;
      if (end > time) {
        if (end < this.next) this.next = end;
        continue;
      }
      const start = end - this.#length;
      const open = this.#open[s] as number;
      const high = this.#high[s] as number;
      const low = this.#low[s] as number;
      const close = this.#close[s] as number;
      const volume = this.#volume[s] as number;
      this.#count[s] = 0;
      const series = this.#series[s] as Series;
      series.saw(start, end, open, high, low, close, volume, count);
      series.next(close);
      for (const longer of this.#longer) {
        longer.add(s, start, open, high, low, close, volume, count);
      }
    }
    for (const longer of this.#longer) if (longer.next <= time) longer.advance(time);
  }
}

function derivedWindows(ticks: Ticks, crossings: Crossings): Windows[] {
  return DERIVED.map((interval) => new Windows(interval, ticks.symbols, crossings, []));
}

function barsByHand(ticks: Ticks, crossings: Crossings): void {
  const { length, symbol, time, price, size, symbols } = ticks;
  const windows = new Windows('1m', symbols, crossings, derivedWindows(ticks, crossings));
  for (let i = 0; i < length; i += 1) {
    const at = time[i] as number;
    if (at >= windows.next) windows.advance(at);
    const p = price[i] as number;
    windows.add(symbol[i] as number, at, p, p, p, p, size[i] as number, 1);
  }
}

function ticksByHand(ticks: Ticks, crossings: Crossings): void {
  const { length, symbol, time, price, size, symbols } = ticks;
  const series = symbols.map((name) => crossings.series(name, 'tick'));
  const derived = derivedWindows(ticks, crossings);
  for (let i = 0; i < length; i += 1) {
    const s = symbol[i] as number;
    const at = time[i] as number;
    const p = price[i] as number;
    const volume = size[i] as number;
    const own = series[s] as Series;
    own.saw(at, at, p, p, p, p, volume, 1);
    own.next(p);
    for (const windows of derived) {
      if (at >= windows.next) windows.advance(at);
      windows.add(s, at, p, p, p, p, volume, 1);
    }
  }
}

/** The floor: what the hardware allows. */
export const hand: Row = {
  name: 'hand',
  title: 'loop over columns, by hand (floor)',
  prepare: onEightSymbols(barsByHand),
};

export const handPerTick: Row = { ...hand, prepare: onEightSymbols(ticksByHand) };
