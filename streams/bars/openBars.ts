import { SourceError } from '../sources/sourceError';
import type { Bar, Micros } from './bar';

/** What a bar is besides its numbers. */
type Framing = Pick<Bar, 'symbol' | 'interval' | 'start' | 'end' | 'complete'>;

const SYMBOLS_AT_FIRST = 16;
/** What a symbol has, side by side: a row touches one line of the processor's cache, or two. */
const COUNT = 0;
const OPEN = 1;
const HIGH = 2;
const LOW = 3;
const CLOSE = 4;
const VOLUME = 5;
const UNFINISHED = 6;
const WIDTH = 8;

/** The window that is open: a few numbers a symbol, all 0 where it has no row yet. */
export class OpenBars {
  /** Symbols that have rows, in order of the first ones. */
  #symbols: number[] = [];
  #cells = new Float64Array(SYMBOLS_AT_FIRST * WIDTH);

  /** True while no symbol has a row. */
  get isEmpty(): boolean {
    return this.#symbols.length === 0;
  }

  /** Whether a symbol has rows. */
  has(s: number): boolean {
    return (this.#cells[s * WIDTH + COUNT] ?? 0) > 0;
  }

  /**
   * A row of a symbol; of recorded bars, `rows` says of how many rows it was made, negative if it was
   * unfinished: then what it is part of is unfinished too.
   */
  add(
    s: number,
    open: number,
    high: number,
    low: number,
    close: number,
    volume: number,
    rows = 1,
  ): void {
    const at = s * WIDTH;
    if (at >= this.#cells.length) this.#growTo(at);
    const cells = this.#cells;
    const count = cells[at + COUNT] as number;
    cells[at + COUNT] = count + (rows < 0 ? -rows : rows);
    if (rows < 0) cells[at + UNFINISHED] = 1;
    cells[at + CLOSE] = close;
    if (count === 0) {
      this.#symbols.push(s);
      cells[at + OPEN] = open;
      cells[at + HIGH] = high;
      cells[at + LOW] = low;
      cells[at + VOLUME] = volume;
      return;
    }
    if (high > (cells[at + HIGH] as number)) cells[at + HIGH] = high;
    if (low < (cells[at + LOW] as number)) cells[at + LOW] = low;
    cells[at + VOLUME] = (cells[at + VOLUME] as number) + volume;
  }

  /**
   * Closes it: the symbols that had rows, in order of their numbers, or of what `ranks` has for these; each
   * one's bar is there to `take`.
   */
  close(ranks?: readonly number[]): readonly number[] {
    const rank = (s: number): number => ranks?.[s] ?? s;
    const symbols = this.#symbols.sort((a, b) => rank(a) - rank(b));
    this.#symbols = [];
    return symbols;
  }

  /** The bar of a symbol of the window that was closed; forgets it. */
  take(s: number, { symbol, interval, start, end, complete }: Framing): Bar {
    const at = s * WIDTH;
    const cells = this.#cells;
    const count = cells[at + COUNT] as number;
    const isUnfinished = cells[at + UNFINISHED] === 1;
    cells[at + COUNT] = 0;
    cells[at + UNFINISHED] = 0;
    return {
      symbol,
      interval,
      start,
      end,
      open: cells[at + OPEN] as number,
      high: cells[at + HIGH] as number,
      low: cells[at + LOW] as number,
      close: cells[at + CLOSE] as number,
      volume: finiteVolume(cells[at + VOLUME] as number, symbol, start),
      count,
      complete: complete && !isUnfinished,
    };
  }

  #growTo(at: number): void {
    const more = new Float64Array(Math.max(at + WIDTH, this.#cells.length * 2));
    more.set(this.#cells);
    this.#cells = more;
  }
}

/** The sum of a bar's sizes. Throws a `SourceError` where it is past the largest number: no file could hold it. */
export function finiteVolume(sum: number, symbol: string, start: Micros): number {
  if (sum !== Infinity) return sum;
  throw new SourceError(
    'SOURCE_BAD_ROW',
    `${symbol} at ${new Date(Math.floor(start / 1000)).toISOString()}`,
    'sizes add up to more than the largest number, 1.8e308',
    'Correct the sizes of these rows.',
  );
}
