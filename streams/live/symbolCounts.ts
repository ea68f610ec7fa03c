/** Numbers of rows by symbol, of the few that have any. */
export class SymbolCounts {
  readonly #counts = new Map<number, number>();

  get isEmpty(): boolean {
    return this.#counts.size === 0;
  }

  add(symbol: number, rows: number): void {
    this.#counts.set(symbol, (this.#counts.get(symbol) ?? 0) + rows);
  }

  /** Of a symbol; it is forgotten. */
  take(symbol: number): number {
    const rows = this.#counts.get(symbol);
    if (rows === undefined) return 0;
    this.#counts.delete(symbol);
    return rows;
  }
}
