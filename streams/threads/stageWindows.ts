import type { Micros } from '../bars/bar';
import { MarketWindows } from '../engine/marketWindows';
import type { MarketWindow } from '../engine/marketWindows';

interface StageWindowsOptions {
  readonly baseInterval: Micros;
  readonly width: Micros | undefined;
  /** Known when there is an item; `span` is NaN where the session's length is unknown. */
  readonly session: () => { readonly first: Micros; readonly span: number };
}

/** The windows of one stage in its own thread: those of the coordinator, which had the first item of all. */
export class StageWindows {
  readonly #options: StageWindowsOptions;
  #windows: MarketWindows | undefined;
  /** The present one; undefined before the first item. */
  market: MarketWindow | undefined;
  /** An item due later ends it. */
  until = -Infinity;

  constructor(options: StageWindowsOptions) {
    this.#options = options;
  }

  /** The stage is handed an item due at `market`, after `until`: the window that ends, if there was one. */
  reach(market: Micros): MarketWindow | undefined {
    const ended = this.market;
    this.#windows ??= this.#begin();
    this.market = this.#windows.windowOf(market);
    this.until = this.market.to;
    return ended;
  }

  #begin(): MarketWindows {
    const { baseInterval, width, session } = this.#options;
    const { first, span } = session();
    const windows = new MarketWindows({
      baseInterval,
      width,
      span: () => (Number.isNaN(span) ? undefined : span),
    });
    // The first item to be requested decides where the first window begins.
    windows.windowOf(first);
    return windows;
  }
}
