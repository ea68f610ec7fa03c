import type { Micros } from '../../bars/bar';
import { borrowBlock } from './blockMemory';
import { idSet } from './idSet';
import type { PriceOfQuotes, RowKind } from '../fileOptions';
import type { RowBlock } from './rowBlock';
import { BLOCK_ROWS } from './rowBlock';
import { NO_SYMBOL } from '../duckdb/symbolKeys';
import { TICKS } from '../time/barTimes';
import type { BarTimes } from '../time/barTimes';
import type { ZoneClock } from '../time/zoneClock';
import { midRounder } from './midRounder';

export interface RowCollectorCounts {
  rows: number;
  outOfOrder: number;
  badRows: number;
  /** Quotes with one side only, where their mid is requested, or without the side that is. */
  oneSided: number;
  /** Trades whose id was there already; undefined for none. */
  repeated?: number;
  /** Trades at a price of exactly 0, which are real where prices cross it; undefined for none. */
  zeroPrices?: number;
  /** What was passed over because it is no row of this kind, by what it is. */
  skipped: Record<string, number>;
}

/** Rows as they were read, in columns. What is missing is NaN, a size or side of a quote 0. */
export interface ScannedRows {
  readonly length: number;
  readonly time: Float64Array;
  /** Trades: price, size. Quotes: bid, ask, size. Bars: open, high, low, close, size. */
  readonly values: readonly Float64Array[];
  readonly symbol: Uint32Array;
  /** Trades: ids, of which each counts once. Bars: how many rows each was made of. */
  readonly extra?: Float64Array | undefined;
}

export interface RowCollectorOptions {
  readonly kind: RowKind;
  readonly price: PriceOfQuotes;
  /** Times outside it are none. */
  readonly range: { readonly from: Micros; readonly to: Micros };
  /** Where times are local. */
  readonly zone?: ZoneClock | undefined;
  /** How bars come of their times. */
  readonly bars?: Pick<BarTimes, 'shift' | 'startOf'>;
  /** Rows outside it are passed over in silence. */
  readonly window?: { readonly from?: Micros | undefined; readonly to?: Micros | undefined };
  /** The rows have ids, or counts. */
  readonly hasExtra?: boolean;
  /** Only rows of one symbol are expected in order. */
  readonly sortedBySymbol?: boolean | undefined;
}

export interface RowCollector {
  readonly counts: RowCollectorCounts;
  /** Names of the symbols, to which the reader appends. */
  readonly symbols: string[];
  /** Takes the usable rows. Returns the index of the first bad row, −1 if there is none. */
  take(rows: ScannedRows): number;
  /** Whether all rows came in order of time. */
  readonly sorted: boolean;
  /** Full blocks, which the caller takes over by emptying the list. */
  readonly full: RowBlock[];
  /** At the end: the full blocks and the one that is being filled, with its rows counted. */
  drain(): RowBlock[];
}

/** Columns of a block besides time and volume: prices, and of bars how many rows each was made of. */
export const pricesOf = ({ kind }: { readonly kind: RowKind }, hasExtra = false): number =>
  kind === 'bars' ? (hasExtra ? 5 : 4) : 1;

/** Checks rows one by one, counts, and packs the usable ones into blocks. */
export function rowCollector(options: RowCollectorOptions): RowCollector {
  const { kind, price: side, range, zone, sortedBySymbol = false } = options;
  const { shift, startOf } = options.bars ?? TICKS;
  const { from = -Infinity, to: until = Infinity } = options.window ?? {};
  const symbols: string[] = [];
  const counts: RowCollectorCounts = {
    rows: 0,
    outOfOrder: 0,
    badRows: 0,
    oneSided: 0,
    skipped: {},
  };
  const prices = pricesOf(options, options.hasExtra);
  const ids = options.hasExtra === true && kind === 'trades' ? idSet() : undefined;
  const isTrades = kind === 'trades';
  const isBars = kind === 'bars';
  const full: RowBlock[] = [];
  const latestOf: number[] = [];
  let block = borrowBlock(prices);
  /** In a column: as a variable, each new value would be an object. */
  const latest = Float64Array.of(-Infinity);
  let sorted = true;

  const roundMid = midRounder();

  const take = (rows: ScannedRows): number => {
    const { time, values, symbol, extra } = rows;
    const first = values[0] as Float64Array;
    const second = values[1] as Float64Array;
    const third = kind === 'trades' ? second : (values[2] as Float64Array);
    const fourth = kind === 'bars' ? (values[3] as Float64Array) : third;
    const size = kind === 'bars' ? (values[4] as Float64Array) : third;
    let { length, time: times, volume: volumes, symbol: indexes } = block;
    let [opens, highs, lows, closes] = fourOf(block);
    let madeOf = block.prices[4];
    let firstBad = -1;

    for (let row = 0; row < rows.length; row += 1) {
      const stamp = time[row] as Micros;
      const utc = zone === undefined ? stamp : zone.toUtc(stamp);
      const at = startOf === undefined ? utc - shift : startOf(utc);
      if (at < from || at >= until) continue;
      const a = first[row] as number;
      const b = second[row] as number;
      const volume = size[row] as number;
      const s = symbol[row] as number;
      let usable =
        at >= range.from &&
        at < range.to &&
        a - a === 0 &&
        volume >= 0 &&
        volume < Infinity &&
        s !== NO_SYMBOL;
      let price = a;
      if (isTrades) {
        if (a === 0 && usable) counts.zeroPrices = (counts.zeroPrices ?? 0) + 1;
      } else {
        usable &&= b - b === 0;
        if (kind === 'quotes') {
          if (a === -1 && b === -1) {
            counts.skipped[SENTINELS] = (counts.skipped[SENTINELS] ?? 0) + 1;
            continue;
          }
          price = side === 'mid' ? roundMid((a + b) / 2) : side === 'bid' ? a : b;
          if (usable && (side === 'mid' ? a === 0 || b === 0 : price === 0)) {
            counts.oneSided += 1;
            continue;
          }
        } else {
          const low = third[row] as number;
          const close = fourth[row] as number;
          usable &&= low - low === 0 && close - close === 0 && b >= low;
        }
      }
      if (!usable) {
        if (firstBad < 0) firstBad = row;
        counts.badRows += 1;
        continue;
      }
      if (ids !== undefined && extra !== undefined && !ids.isNew(extra[row] as number)) {
        counts.repeated = (counts.repeated ?? 0) + 1;
        continue;
      }
      times[length] = at;
      volumes[length] = volume;
      indexes[length] = s;
      opens[length] = price;
      if (isBars) {
        highs[length] = b;
        lows[length] = third[row] as number;
        closes[length] = fourth[row] as number;
        if (madeOf !== undefined) madeOf[length] = countOf(extra?.[row]);
      }
      length += 1;
      if (sortedBySymbol) {
        const before = latestOf[s] ?? -Infinity;
        if (at < before) counts.outOfOrder += 1;
        else latestOf[s] = at;
      }
      if (at < (latest[0] as Micros)) {
        sorted = false;
        if (!sortedBySymbol) counts.outOfOrder += 1;
      } else latest[0] = at;
      if (length < BLOCK_ROWS) continue;
      block.length = length;
      full.push(block);
      counts.rows += length;
      block = borrowBlock(prices);
      ({ length, time: times, volume: volumes, symbol: indexes } = block);
      [opens, highs, lows, closes] = fourOf(block);
      madeOf = block.prices[4];
    }
    block.length = length;
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

/** A bar is made of one row at least; the count of an unfinished one is negative. */
function countOf(count = 1): number {
  const rows = Math.abs(count);
  return rows >= 1 && rows < 2 ** 53 ? Math.trunc(count) : count < 0 ? -1 : 1;
}

/** Feeds write -1 for both sides where they have no quote. */
export const SENTINELS = 'quotes of -1/-1, which stand for none';

/** Open, high, low and close, which for ticks are one column. */
function fourOf({
  prices,
}: RowBlock): [open: Float64Array, high: Float64Array, low: Float64Array, close: Float64Array] {
  const [open, high = open, low = open, close = open] = prices as [Float64Array, ...Float64Array[]];
  return [open, high, low, close];
}
