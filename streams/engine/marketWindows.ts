import type { Micros } from '../bars/bar';
import type { PipelineOptions } from '../pipelineOptions';

const SECOND: Micros = 1_000_000;
const WIDTHS: readonly Micros[] = [1, 10, 60, 300, 900, 3_600, 14_400, 43_200, 86_400].map(
  (seconds) => seconds * SECOND,
);
const LONGEST = WIDTHS.at(-1) as Micros;
/** A journal has about so many windows, however long the run. */
const MOST = 1_000;

export interface MarketWindowsOptions {
  /** Length of a base bar: no window is shorter. */
  readonly baseInterval: Micros;
  /** Where it is known beforehand how long the session is. */
  readonly span?: Micros | undefined;
}

/**
 * Divides market time: a window is (end - width, end], aligned with the epoch, so that what is due at
 * a boundary, as every bar is, belongs to the window that ends there. Boundaries depend on the input
 * alone. Where its length is unknown, windows become wider when there are many.
 */
export class MarketWindows {
  /** Of the present window; not a number before the first. */
  #end: Micros = NaN;
  #width: Micros;
  #count = 0;

  constructor({ baseInterval, span = 0 }: MarketWindowsOptions) {
    const least = Math.max(baseInterval, span / MOST);
    this.#width = WIDTHS.find((width) => width >= least) ?? LONGEST;
  }

  get from(): Micros {
    return this.#end - this.#width;
  }

  get to(): Micros {
    return this.#end;
  }

  /** Whether what is due at `market` lies behind the present window. */
  isOverAt(market: Micros): boolean {
    return market > this.#end;
  }

  get hasBegun(): boolean {
    return !Number.isNaN(this.#end);
  }

  /** Goes on to the window of `market`. */
  enter(market: Micros): void {
    if (this.hasBegun) this.#count += 1;
    if (this.#count === MOST && this.#width < LONGEST) {
      this.#count = 0;
      this.#width = WIDTHS.find((width) => width > this.#width) ?? LONGEST;
    }
    this.#end = Math.ceil(market / this.#width) * this.#width;
  }
}

/** How long the session is, where that is said. */
export const spanOf = ({ from, to }: Pick<PipelineOptions, 'from' | 'to'>): Micros | undefined =>
  from === undefined || to === undefined ? undefined : to - from;
