/** What an id says of its row. */
export type IdVerdict =
  | { readonly kind: 'new' }
  | { readonly kind: 'duplicate' }
  /** `missing` ids lie between the last one and this one. */
  | { readonly kind: 'gap'; readonly missing: number; readonly from: number; readonly to: number };

const NEW: IdVerdict = { kind: 'new' };
const DUPLICATE: IdVerdict = { kind: 'duplicate' };

/**
 * Ids of the rows of each symbol, which rise by one: what is not above the last one was there before,
 * and what is more than one above it has left others out.
 *
 * @param isContiguous false for ids that rise but skip numbers: then nothing is known to be missing
 */
export class IdTracker {
  readonly #last = new Map<string, number>();
  readonly #isContiguous: boolean;

  constructor(isContiguous = true) {
    this.#isContiguous = isContiguous;
  }

  judge(symbol: string, id: number): IdVerdict {
    const last = this.#last.get(symbol);
    if (last !== undefined && id <= last) return DUPLICATE;
    this.#last.set(symbol, id);
    if (last === undefined || id === last + 1 || !this.#isContiguous) return NEW;
    return { kind: 'gap', missing: id - last - 1, from: last + 1, to: id - 1 };
  }

  /** The ids up to this one were there before. */
  setLast(symbol: string, id: number): void {
    this.#last.set(symbol, id);
  }
}
