import type { Micros } from '../../bars/bar';
import { borrowBlock } from './blockMemory';
import { idSet } from './idSet';
import { midRounder } from './midRounder';
import type { RowBlock } from './rowBlock';
import { BLOCK_ROWS, TICK_PRICES, ticksOf } from './rowBlock';
import type { RowCollector, RowCollectorCounts, RowCollectorOptions } from './rowCollector';
import { SENTINELS } from './rowCollector';
import { NO_SYMBOL } from '../duckdb/symbolKeys';

/**
 * Collects trades and quotes with all that they have: values in the order of `TICK_ROLES`. The same rows
 * make bars as where only prices are collected; of the others the price that bars are made of is not a number.
 */
export function tickCollector(options: RowCollectorOptions): RowCollector {
  const { kind, price: side, range, zone, sortedBySymbol = false } = options;
  const { from = -Infinity, to: until = Infinity } = options.window ?? {};
  const symbols: string[] = [];
  const counts: RowCollectorCounts = {
    rows: 0,
    outOfOrder: 0,
    badRows: 0,
    oneSided: 0,
    skipped: {},
  };
  const ids = options.hasExtra === true && kind === 'trades' ? idSet() : undefined;
  const full: RowBlock[] = [];
  const latestOf: number[] = [];
  const roundMid = midRounder();
  let block = borrowBlock(TICK_PRICES);
  let latest = -Infinity;
  let latestPriced = -Infinity;
  let sorted = true;

  const write = (
    at: Micros,
    symbol: number,
    values: readonly Float64Array[],
    row: number,
    ofBars: number,
  ): void => {
    const value = (place: number): number => (values[place] as Float64Array)[row] as number;
    const { length } = block;
    const price = value(0);
    const { price: prices, side: sides, bid, ask, bidSize, askSize } = ticksOf(block);
    block.time[length] = at;
    block.symbol[length] = symbol;
    block.volume[length] = Number.isNaN(price) ? 0 : value(1);
    (block.prices[0] as Float64Array)[length] = ofBars;
    prices[length] = price;
    sides[length] = Number.isNaN(price) ? 0 : value(2);
    bid[length] = presentOr(value(3));
    ask[length] = presentOr(value(4));
    bidSize[length] = Number.isNaN(presentOr(value(3))) ? NaN : value(5);
    askSize[length] = Number.isNaN(presentOr(value(4))) ? NaN : value(6);
    block.length = length + 1;
    if (block.length < BLOCK_ROWS) return;
    full.push(block);
    counts.rows += block.length;
    block = borrowBlock(TICK_PRICES);
  };

  /** Of the row that was written last: a trade's, which stands. */
  const dropQuote = (): void => {
    const into = block.length > 0 ? block : (full.at(-1) as RowBlock);
    for (const column of [3, 4, 5, 6]) {
      (into.prices[column] as Float64Array)[into.length - 1] = NaN;
    }
  };

  /** What bars are made of; undefined for a row that cannot be used, or is none. */
  const priceOfBars = (
    price: number,
    size: number,
    bid: number,
    ask: number,
  ): number | undefined => {
    const isQuote = Number.isFinite(presentOr(bid)) || Number.isFinite(presentOr(ask));
    if (kind === 'trades') {
      if (Number.isNaN(price) && isQuote) return NaN;
      if (price - price !== 0 || !(size >= 0 && size < Infinity)) return undefined;
      if (price === 0) counts.zeroPrices = (counts.zeroPrices ?? 0) + 1;
      return price;
    }
    if (Math.abs(bid) === Infinity || Math.abs(ask) === Infinity) return undefined;
    // A trade among quotes.
    if (!isQuote && !Number.isNaN(price)) return NaN;
    const [a, b] = [orZero(bid), orZero(ask)];
    const one = side === 'mid' ? roundMid((a + b) / 2) : side === 'bid' ? a : b;
    if (side === 'mid' ? a === 0 || b === 0 : one === 0) {
      counts.oneSided += 1;
      return NaN;
    }
    return one;
  };

  const take: RowCollector['take'] = ({ length, time, values, symbol, extra }) => {
    const value = (place: number, row: number): number =>
      (values[place] as Float64Array)[row] as number;
    let firstBad = -1;
    for (let row = 0; row < length; row += 1) {
      const stamp = time[row] as Micros;
      const at = zone === undefined ? stamp : zone.toUtc(stamp);
      if (at < from || at >= until) continue;
      const s = symbol[row] as number;
      const [bid, ask] = [value(3, row), value(4, row)];
      const isSentinel = bid === -1 && ask === -1;
      if (isSentinel && (kind === 'quotes' || Number.isNaN(value(0, row)))) {
        counts.skipped[SENTINELS] = (counts.skipped[SENTINELS] ?? 0) + 1;
        continue;
      }
      const isTimed = at >= range.from && at < range.to && s !== NO_SYMBOL;
      const ofBars = isTimed ? priceOfBars(value(0, row), value(1, row), bid, ask) : undefined;
      if (ofBars === undefined) {
        if (firstBad < 0) firstBad = row;
        counts.badRows += 1;
        continue;
      }
      if (ids !== undefined && extra !== undefined && !ids.isNew(extra[row] as number)) {
        counts.repeated = (counts.repeated ?? 0) + 1;
        continue;
      }
      write(at, s, values, row, ofBars);
      if (isSentinel) dropQuote();
      if (at < latest) sorted = false;
      else latest = at;
      // Counted among the rows that make bars, as where only these are read.
      if (Number.isNaN(ofBars)) continue;
      const before = sortedBySymbol ? (latestOf[s] ?? -Infinity) : latestPriced;
      if (at < before) counts.outOfOrder += 1;
      else if (sortedBySymbol) latestOf[s] = at;
      else latestPriced = at;
    }
    return firstBad;
  };

  return {
    counts,
    symbols,
    take,
    get sorted() {
      return sorted;
    },
    full,
    drain: () => {
      counts.rows += block.length;
      const rest = block.length > 0 ? [block] : [];
      return [...full.splice(0), ...rest];
    },
  };
}

const orZero = (side: number): number => (Number.isNaN(side) ? 0 : side);

/** A side that is absent is written as 0 as well. */
const presentOr = (side: number): number => (side === 0 ? NaN : side);
