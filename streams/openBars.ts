import type { Bar } from './bar';

/** What a bar is besides its numbers. */
type Framing = Pick<Bar, 'symbol' | 'interval' | 'start' | 'end' | 'complete'>;

const SYMBOLS_AT_FIRST = 16;

/** The window that is open, in columns: one place a symbol, empty where it has no row yet. */
export class OpenBars {
  /** Symbols that have rows, in order of the first ones. */
  #symbols: number[] = [];
  #count = new Float64Array(SYMBOLS_AT_FIRST);
  #open = new Float64Array(SYMBOLS_AT_FIRST);
  #high = new Float64Array(SYMBOLS_AT_FIRST);
  #low = new Float64Array(SYMBOLS_AT_FIRST);
  #close = new Float64Array(SYMBOLS_AT_FIRST);
  #volume = new Float64Array(SYMBOLS_AT_FIRST);

  /** True while no symbol has a row. */
  get isEmpty(): boolean {
    return this.#symbols.length === 0;
  }

  /** A row of a symbol. */
  add(s: number, open: number, high: number, low: number, close: number, volume: number): void {
    if (s >= this.#count.length) this.#growTo(s);
    const count = this.#count[s] as number;
    this.#count[s] = count + 1;
    this.#close[s] = close;
    if (count === 0) {
      this.#symbols.push(s);
      this.#open[s] = open;
      this.#high[s] = high;
      this.#low[s] = low;
      this.#volume[s] = volume;
      return;
    }
    if (high > (this.#high[s] as number)) this.#high[s] = high;
    if (low < (this.#low[s] as number)) this.#low[s] = low;
    this.#volume[s] = (this.#volume[s] as number) + volume;
  }

  /** Closes it: the symbols that had rows, in order of their numbers; each one's bar is there to `take`. */
  close(): readonly number[] {
    const symbols = this.#symbols.sort((a, b) => a - b);
    this.#symbols = [];
    return symbols;
  }

  /** The bar of a symbol of the window that was closed; forgets it. */
  take(s: number, { symbol, interval, start, end, complete }: Framing): Bar {
    const count = this.#count[s] as number;
    this.#count[s] = 0;
    return {
      symbol,
      interval,
      start,
      end,
      open: this.#open[s] as number,
      high: this.#high[s] as number,
      low: this.#low[s] as number,
      close: this.#close[s] as number,
      volume: this.#volume[s] as number,
      count,
      complete,
    };
  }

  #growTo(s: number): void {
    const length = Math.max(s + 1, this.#count.length * 2);
    const grown = (column: Float64Array): Float64Array<ArrayBuffer> => {
      const more = new Float64Array(length);
      more.set(column);
      return more;
    };
    this.#count = grown(this.#count);
    this.#open = grown(this.#open);
    this.#high = grown(this.#high);
    this.#low = grown(this.#low);
    this.#close = grown(this.#close);
    this.#volume = grown(this.#volume);
  }
}
