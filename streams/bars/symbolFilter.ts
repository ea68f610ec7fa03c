import type { RowBatch } from './rows';
import { mapTicks } from './rows';

/** Lets the rows of chosen symbols pass, as if a source had no others. */
export class SymbolFilter {
  readonly #chosen: ReadonlySet<string>;
  /** Of the chosen ones, those met so far: only these have a number further on. */
  readonly #met: string[] = [];
  /** By the number that the source gives a symbol: its number further on, -1 where it is not chosen. */
  readonly #numbers: number[] = [];

  constructor(symbols: readonly string[]) {
    this.#chosen = new Set(symbols);
  }

  pick(batch: RowBatch): RowBatch {
    this.#learn(batch.symbols);
    const rows = this.#rowsOf(batch);
    const { open, high, low, close, count, ticks } = batch;
    const of = (column: Float64Array): Float64Array =>
      Float64Array.from(rows, (row) => column[row] as number);
    // The prices of ticks are one column.
    const opens = of(open);
    const same = (column: Float64Array): Float64Array => (column === open ? opens : of(column));
    return {
      length: rows.length,
      symbols: this.#met,
      symbol: Uint32Array.from(rows, (row) => this.#numberOf(batch, row)),
      time: of(batch.time),
      open: opens,
      high: same(high),
      low: same(low),
      close: same(close),
      volume: of(batch.volume),
      ...(count !== undefined && { count: of(count) }),
      ...(ticks !== undefined && { ticks: mapTicks(ticks, of) }),
    };
  }

  #learn(symbols: readonly string[]): void {
    for (let index = this.#numbers.length; index < symbols.length; index += 1) {
      const name = symbols[index] as string;
      if (!this.#chosen.has(name)) this.#numbers.push(-1);
      else {
        // Sources may give two numbers to one name.
        const known = this.#met.indexOf(name);
        this.#numbers.push(known === -1 ? this.#met.push(name) - 1 : known);
      }
    }
  }

  #rowsOf(batch: RowBatch): number[] {
    const rows: number[] = [];
    for (let row = 0; row < batch.length; row += 1) {
      if (this.#numberOf(batch, row) !== -1) rows.push(row);
    }
    return rows;
  }

  #numberOf({ symbol }: RowBatch, row: number): number {
    return this.#numbers[symbol[row] as number] as number;
  }
}
