import type { Micros } from '../../bars/bar';
import type { RowBatch } from '../../bars/rows';
import type { Origins } from './barFilter';
import { picked } from './barFilter';

interface TickFilter {
  /** Ticks that another file had already and that were left out. */
  readonly duplicates: number;
  filter(batch: RowBatch, origins: Origins): RowBatch;
}

/**
 * Leaves out ticks that several files have, as a month and its days do: of the same symbol, time, price
 * and size there are as many as the file with the most of them has. Batches come in order of time, and of
 * the files where times are equal.
 */
export function tickFilter(): TickFilter {
  let duplicates = 0;
  /** The time that is being gone through, and the files that had rows of it. */
  let time: Micros = NaN;
  let origin = -1;
  /** How many rows of a kind each file had at this time; only where there are several files. */
  let counts: Map<string, Map<number, number>> | undefined;
  /** Rows of this time, of the first file. */
  let firsts: string[] = [];

  const count = (key: string, of: number): boolean => {
    const found = (counts ??= new Map<string, Map<number, number>>());
    let byFile = found.get(key);
    if (byFile === undefined) found.set(key, (byFile = new Map<number, number>()));
    const own = (byFile.get(of) ?? 0) + 1;
    byFile.set(of, own);
    return [...byFile].some(([file, others]) => file !== of && others >= own);
  };
  const isRepeated = (batch: RowBatch, row: number, of: number): boolean => {
    const at = batch.time[row] as Micros;
    if (at !== time) {
      time = at;
      origin = of;
      counts = undefined;
      firsts = [];
    }
    const key = (): string => {
      const common = `${batch.symbol[row] ?? 0} ${batch.close[row] ?? 0} ${batch.volume[row] ?? 0}`;
      const { ticks } = batch;
      return ticks === undefined
        ? common
        : `${common} ${ticks.price[row] ?? 0} ${ticks.bid[row] ?? 0} ${ticks.ask[row] ?? 0}`;
    };
    if (of === origin) {
      firsts.push(key());
      return false;
    }
    if (counts === undefined) for (const known of firsts) count(known, origin);
    return count(key(), of);
  };

  return {
    get duplicates() {
      return duplicates;
    },
    filter: (batch, origins) => {
      const { length } = batch;
      if (length === 0) return batch;
      let row = 0;
      // Of one file's rows, only those of the first and the last time meet another's.
      if (typeof origins === 'number' && batch.time[0] !== time) {
        const last = batch.time[length - 1];
        row = length;
        while (row > 0 && batch.time[row - 1] === last) row -= 1;
      }
      let rows: number[] | undefined;
      for (; row < length; row += 1) {
        const of = typeof origins === 'number' ? origins : (origins[row] as number);
        if (isRepeated(batch, row, of)) {
          duplicates += 1;
          rows ??= Array.from({ length: row }, (_, at) => at);
        } else rows?.push(row);
      }
      return rows === undefined ? batch : picked(batch, rows);
    },
  };
}
