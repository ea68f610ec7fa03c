/** The symbols of a run in order of appearance, as seen from any item. */
export class Appearances {
  readonly #all: { readonly symbol: string; readonly base: number }[] = [];
  /** The names that were requested last: mostly they are requested again. */
  #names: readonly string[] = [];

  /** @param base the number of the symbol's first base row, among all base rows */
  add(symbol: string, base: number): void {
    this.#all.push({ symbol, base });
  }

  /** The symbols of which there is a row among the first `base` base rows. */
  upTo(base: number): readonly string[] {
    const all = this.#all;
    let count = all.length;
    while (count > 0 && (all[count - 1] as { base: number }).base > base) count -= 1;
    if (count !== this.#names.length) {
      this.#names = all.slice(0, count).map(({ symbol }) => symbol);
    }
    return this.#names;
  }
}
