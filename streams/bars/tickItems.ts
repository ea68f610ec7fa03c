import type { BarWriter } from './history';
import type { Item } from './item';
import type { RowBatch } from './rows';
import { quoteRow, quoteSeries, tradeRow, tradeSeries } from './tickSeries';
import type { Bar, Micros } from './bar';

/** Makes items of trades and quotes, where strategies want them: a row's quote first, then its trade. */
export class TickItems {
  readonly #history: BarWriter;
  readonly #trades: number;
  readonly #quotes: number;
  /** False: quotes are kept to be looked up, and make no items. */
  readonly #delivered: boolean;

  constructor(history: BarWriter) {
    this.#history = history;
    this.#trades = tradeSeries(history.intervals);
    this.#quotes = quoteSeries(history.intervals);
    this.#delivered = history.intervals[this.#quotes]?.ticks === 'delivered';
  }

  get isWanted(): boolean {
    return this.#trades >= 0 || this.#quotes >= 0;
  }

  /**
   * A row of ticks; a source that says no more than prices has trades.
   *
   * @param market when they are due; at their own time unless given
   */
  add(batch: RowBatch, row: number, out: Item[], market?: Micros): void {
    const { symbols, symbol, time, close, volume, ticks } = batch;
    const s = symbol[row] as number;
    const name = symbols[s] as string;
    const at = time[row] as number;
    const size = volume[row] as number;
    if (ticks === undefined) {
      if (this.#trades < 0) return;
      const trade = tradeRow(name, at, close[row] as number, size, 0);
      out.push(this.#item(this.#trades, s, trade, market));
      return;
    }
    const bid = ticks.bid[row] as number;
    const ask = ticks.ask[row] as number;
    if (this.#quotes >= 0 && !(Number.isNaN(bid) && Number.isNaN(ask))) {
      const bidSize = ticks.bidSize[row] as number;
      const quote = quoteRow(name, at, bid, ask, bidSize, ticks.askSize[row] as number);
      const item = this.#item(this.#quotes, s, quote, market);
      if (this.#delivered) out.push(item);
    }
    const price = ticks.price[row] as number;
    if (this.#trades < 0 || Number.isNaN(price)) return;
    const trade = tradeRow(name, at, price, size, ticks.side[row] as number);
    out.push(this.#item(this.#trades, s, trade, market));
  }

  #item(interval: number, symbol: number, bar: Bar, market: Micros = bar.end): Item {
    return {
      bar,
      watermark: undefined,
      symbol,
      interval,
      base: this.#history.appendTick(interval, symbol, bar),
      derived: 0,
      market,
      cause: 0,
      due: 0,
      offered: 0,
    };
  }
}
