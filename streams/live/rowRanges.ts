export type Lost = 'dropped' | 'discarded';

/** Numbers of rows that were lost, as ranges. */
export class RowRanges {
  readonly #ranges: { readonly from: number; readonly to: number; readonly why: Lost }[] = [];

  /** Rows `from` to `to`, both included. */
  add(from: number, to: number, why: Lost): void {
    this.#ranges.push({ from, to, why });
    this.#isSorted = false;
  }

  whyLost(ordinal: number): Lost | undefined {
    const ranges = this.#ranges;
    if (!this.#isSorted) {
      ranges.sort((a, b) => a.from - b.from);
      this.#isSorted = true;
    }
    let from = 0;
    let to = ranges.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((ranges[middle] as { to: number }).to < ordinal) from = middle + 1;
      else to = middle;
    }
    const found = ranges[from];
    return found !== undefined && found.from <= ordinal ? found.why : undefined;
  }

  #isSorted = true;
}
