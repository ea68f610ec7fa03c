import type { Micros } from '../../bars/bar';
import { TICK_COLUMNS } from '../../bars/rows';
import type { RowBatch, TickColumns } from '../../bars/rows';

/** Rows of a block: small enough for the processor's cache, large enough to be worth a file access. */
export const BLOCK_ROWS = 8192;

/**
 * Columns of a number of rows in one piece of memory, so that a block is written and read at once.
 * Ticks have one price, bars four: `prices` are open, high, low and close, all the same for ticks. Ticks
 * with all that they have (`TICK_PRICES`) have the price first, then the columns of `TICK_COLUMNS`.
 */
export interface RowBlock {
  readonly buffer: ArrayBuffer | SharedArrayBuffer;
  readonly time: Float64Array;
  readonly prices: readonly Float64Array[];
  readonly volume: Float64Array;
  readonly symbol: Uint32Array;
  length: number;
}

/** Prices of ticks with sides and quotes. */
export const TICK_PRICES = 1 + TICK_COLUMNS.length;

export const bytesPerRow = (prices: number): number => 8 * (2 + prices) + 4;

export function rowBlock(
  prices: number,
  rows: number = BLOCK_ROWS,
  buffer: ArrayBuffer | SharedArrayBuffer = new ArrayBuffer(rows * bytesPerRow(prices)),
): RowBlock {
  const column = (at: number): Float64Array => new Float64Array(buffer, at * rows * 8, rows);
  return {
    buffer,
    time: column(0),
    volume: column(1),
    prices: Array.from({ length: prices }, (_, at) => column(2 + at)),
    symbol: new Uint32Array(buffer, (2 + prices) * rows * 8, rows),
    length: 0,
  };
}

/** Copies one row; the caller counts. */
export function copyRow(source: RowBlock, from: number, target: RowBlock, to: number): void {
  target.time[to] = source.time[from] as Micros;
  target.volume[to] = source.volume[from] as number;
  target.symbol[to] = source.symbol[from] as number;
  for (let at = 0; at < target.prices.length; at += 1) {
    (target.prices[at] as Float64Array)[to] = (source.prices[at] as Float64Array)[from] as number;
  }
}

export function toBatch(block: RowBlock, symbols: readonly string[]): RowBatch {
  const price = block.prices[0] as Float64Array;
  const common = { length: block.length, symbols, symbol: block.symbol, time: block.time };
  if (block.prices.length === TICK_PRICES) {
    const { volume } = block;
    const four = { open: price, high: price, low: price, close: price };
    return { ...common, ...four, volume, ticks: ticksOf(block) };
  }
  return {
    ...common,
    open: price,
    high: block.prices[1] ?? price,
    low: block.prices[2] ?? price,
    close: block.prices[3] ?? price,
    volume: block.volume,
    ...(block.prices[4] !== undefined && { count: block.prices[4] }),
  };
}

/** What trades and quotes have besides, of a block with `TICK_PRICES` prices. */
export function ticksOf({ prices }: RowBlock): TickColumns {
  const [, price, side, bid, ask, bidSize, askSize] = prices as [Float64Array, ...Float64Array[]];
  return { price, side, bid, ask, bidSize, askSize } as TickColumns;
}
