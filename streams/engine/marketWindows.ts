import type { Micros } from '../bars/bar';
import type { Feed } from '../bars/feed';
import { parseInterval } from '../bars/interval';
import type { PipelineOptions } from '../pipelineOptions';
import { WINDOW_WIDTHS } from './windowWidths';

const WIDTHS: readonly Micros[] = WINDOW_WIDTHS.map((name) => parseInterval(name).length);
const LONGEST = WIDTHS.at(-1) as Micros;
/** A journal has at most this many windows of a stage, where it is known how long the session is. */
const MOST = 1_000;

export interface MarketWindowsOptions {
  /** Length of a base bar: no window is shorter, unless `width` says so. */
  readonly baseInterval: Micros;
  /** How long the session is; asked once, when the first item is due. Undefined where that is unknown. */
  readonly span?: (() => Micros | undefined) | undefined;
  /** Of all windows, regardless of the span. */
  readonly width?: Micros | undefined;
}

/** (from, to] of market time. */
export interface MarketWindow {
  readonly from: Micros;
  readonly to: Micros;
}

/**
 * Divides market time: a window is (end - width, end], aligned with the epoch, so that what is due at
 * a boundary, as every bar is, belongs to the window that ends there. Boundaries depend on the input
 * alone. The width is the smallest that gives at most 1,000 windows over the span; where that is
 * unknown, each width is used for 1,000 windows, with or without items, and then the next one.
 */
export class MarketWindows {
  readonly #options: MarketWindowsOptions;
  /** From the first on; none before it. */
  #widths: readonly Micros[] = [];
  /** Of the first window. */
  #start: Micros = NaN;

  constructor(options: MarketWindowsOptions) {
    this.#options = options;
  }

  /** The window of what is due at `market`. The first item to be requested decides where the first one begins. */
  windowOf(market: Micros): MarketWindow {
    if (this.#widths.length === 0) this.#begin(market);
    let start = this.#start;
    for (const [index, width] of this.#widths.entries()) {
      const end = index === this.#widths.length - 1 ? Infinity : start + MOST * width;
      if (market <= end) {
        const to = Math.ceil(market / width) * width;
        return { from: Math.max(to - width, start), to: Math.min(to, end) };
      }
      start = end;
    }
    throw new RangeError('The last width has no end.');
  }

  #begin(market: Micros): void {
    const { baseInterval, span: spanOf, width } = this.#options;
    const span = spanOf?.();
    const least = Math.max(baseInterval, (span ?? 0) / MOST);
    const widths = WIDTHS.filter((each) => each >= least);
    const first = width ?? widths[0] ?? LONGEST;
    this.#widths =
      width !== undefined || span !== undefined ? [first] : [first, ...widths.slice(1)];
    this.#start = Math.ceil(market / first) * first - first;
  }
}

/** How a run's market time is divided. */
export const marketWindowsOf = (
  { from, to, windows }: Pick<PipelineOptions, 'from' | 'to' | 'windows'>,
  baseInterval: Micros,
  feed: Pick<Feed, 'span'>,
): MarketWindowsOptions => ({
  baseInterval,
  ...(windows === undefined ? {} : { width: parseInterval(windows).length }),
  span: () => {
    const scanned = feed.span;
    const start = from ?? scanned?.from;
    const end = to ?? scanned?.to;
    return start === undefined || end === undefined ? undefined : Math.max(0, end - start);
  },
});
