import type { DuckDBDataChunk } from '@duckdb/node-api';
import type { Micros } from '../bar';
import { doubles } from './doubles';
import type { FilePlan } from './filePlan';
import type { RowBlock } from './rowBlock';
import { BLOCK_ROWS, rowBlock } from './rowBlock';
import { NO_SYMBOL, symbolKeys } from './symbolKeys';

export interface IntakeCounts {
  rows: number;
  outOfOrder: number;
  badRows: number;
  /** Quotes with one side only, where their mid is asked for, or without the side that is. */
  oneSided: number;
}

export interface RowIntake {
  readonly counts: IntakeCounts;
  readonly symbols: readonly string[];
  /** Takes the usable rows. Returns the index in the chunk of its first bad row, −1 if it has none. */
  take(chunk: DuckDBDataChunk): number;
  /** Full blocks, which the caller takes over by emptying the list. */
  readonly full: RowBlock[];
  /** The block that is being filled. */
  rest(): RowBlock;
}

export const pricesOf = (plan: FilePlan): number => (plan.kind === 'bars' ? 4 : 1);

/** Checks the rows of a scan one by one, counts, and packs the usable ones into blocks. */
export function rowIntake(plan: FilePlan, range: { from: Micros; to: Micros }): RowIntake {
  const { kind, price: side } = plan;
  const symbols: string[] = plan.symbol === undefined ? [] : [plan.symbol];
  const keys = plan.columns.symbol === undefined ? undefined : symbolKeys(symbols);
  const indexes = new Uint32Array(2048);
  const counts: IntakeCounts = { rows: 0, outOfOrder: 0, badRows: 0, oneSided: 0 };
  const prices = pricesOf(plan);
  const full: RowBlock[] = [];
  let block = rowBlock(prices);
  let latest = -Infinity;

  const take = (chunk: DuckDBDataChunk): number => {
    const time = doubles(chunk, 0);
    const first = doubles(chunk, 1);
    const second = doubles(chunk, 2);
    const third = kind === 'trades' ? second : doubles(chunk, 3);
    const fourth = kind === 'bars' ? doubles(chunk, 4) : third;
    const size = kind === 'bars' ? doubles(chunk, 5) : third;
    keys?.indexes(chunk, kind === 'bars' ? 6 : kind === 'quotes' ? 4 : 3, indexes);
    let firstBad = -1;

    for (let row = 0; row < time.length; row += 1) {
      const at = time[row] as Micros;
      const a = first[row] as number;
      const b = second[row] as number;
      const volume = size[row] as number;
      let usable =
        at >= range.from &&
        at < range.to &&
        a - a === 0 &&
        volume >= 0 &&
        volume < Infinity &&
        indexes[row] !== NO_SYMBOL;
      let price = a;
      if (kind === 'trades') usable &&= a !== 0;
      else {
        usable &&= b - b === 0;
        if (kind === 'quotes') {
          price = side === 'mid' ? (a + b) / 2 : side === 'bid' ? a : b;
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
      const to = block.length;
      block.time[to] = at;
      block.volume[to] = volume;
      block.symbol[to] = indexes[row] as number;
      (block.prices[0] as Float64Array)[to] = price;
      if (kind === 'bars') {
        (block.prices[1] as Float64Array)[to] = b;
        (block.prices[2] as Float64Array)[to] = third[row] as number;
        (block.prices[3] as Float64Array)[to] = fourth[row] as number;
      }
      if (at < latest) counts.outOfOrder += 1;
      else latest = at;
      block.length += 1;
      if (block.length === BLOCK_ROWS) {
        full.push(block);
        counts.rows += BLOCK_ROWS;
        block = rowBlock(prices);
      }
    }
    return firstBad;
  };

  return { counts, symbols, take, full, rest: () => block };
}
