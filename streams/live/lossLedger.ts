import type { LostRows } from '../bars/rows';
import type { Micros } from '../bars/bar';

/** Rows that were lost, by base window and symbol, until the window's mark takes them along. */
export class LossLedger {
  readonly #windows = new Map<Micros, Map<string, number>>();

  add(symbol: string, end: Micros, rows: number): void {
    let bySymbol = this.#windows.get(end);
    if (bySymbol === undefined) this.#windows.set(end, (bySymbol = new Map<string, number>()));
    bySymbol.set(symbol, (bySymbol.get(symbol) ?? 0) + rows);
  }

  /** Those of windows that end by `end`; they are forgotten. */
  take(end: Micros): LostRows[] {
    if (this.#windows.size === 0) return [];
    const lost: LostRows[] = [];
    for (const [windowEnd, bySymbol] of this.#windows) {
      if (windowEnd > end) continue;
      this.#windows.delete(windowEnd);
      for (const [symbol, rows] of bySymbol) lost.push({ symbol, end: windowEnd, rows });
    }
    return lost;
  }
}
