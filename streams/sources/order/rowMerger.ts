import { Heap } from '../../../operators/kernel/heap';
import type { Micros } from '../../bars/bar';
import { mapTicks, TICK_COLUMNS } from '../../bars/rows';
import type { RowBatch } from '../../bars/rows';
import type { Origins } from './barFilter';
import type { RowBlock } from './rowBlock';
import { rowBlock, TICK_PRICES, toBatch } from './rowBlock';

const BATCH_ROWS = 4096;

/** What a merger wants next: its consumer to take rows, a source's next batch, or nothing any more. */
type MergeStep =
  | { readonly want: 'take'; readonly batch: RowBatch; readonly origins: Origins }
  | { readonly want: 'read'; readonly source: number }
  | { readonly want: 'nothing' };

/** Of which rows no bars are made, because trades make them. */
export interface YieldsToTrades {
  isQuotes(source: number): boolean;
  /** Asked when every source has given a batch. */
  isTraded(symbol: string): boolean;
}

/** Where a source is being read. */
interface Cursor {
  readonly rank: number;
  batch: RowBatch;
  row: number;
  /** Index of the source's symbols among all symbols; undefined for those that were not met yet. */
  readonly symbols: (number | undefined)[];
  /** How many of them were met. */
  met: number;
  /** Whether they all have the same index among all symbols. */
  same: boolean;
  /** Of a source of quotes: by its symbols, whether trades make their bars. */
  readonly yields: (boolean | undefined)[] | undefined;
}

/**
 * Merges batches by time, equal times in order of the sources, without reading any: so that it serves
 * synchronous and asynchronous sources alike. Rows are handed out before more are requested. A batch
 * that lies before all other rows passes as it is, and is good until the next step.
 */
export class RowMerger {
  readonly #names: string[] = [];
  readonly #indexes = new Map<string, number>();
  readonly #cursors: (Cursor | undefined)[];
  readonly #wanted: number[];
  readonly #heads = new Heap<Cursor>(comesBefore);
  readonly #prices: number;
  readonly #block: RowBlock;
  /** Which source each row of the block is of. */
  readonly #origins = new Uint32Array(BATCH_ROWS);
  /** Indexes among all symbols, of the batch that was handed out last. */
  #renamed = new Uint32Array(0);

  readonly #trades: YieldsToTrades | undefined;

  /** @param prices columns of prices, as of a `RowBlock` */
  constructor(sources: number, prices: number, trades?: YieldsToTrades) {
    this.#trades = trades;
    this.#cursors = Array.from({ length: sources }, () => undefined);
    this.#wanted = Array.from({ length: sources }, (_, at) => sources - 1 - at);
    this.#prices = prices;
    this.#block = rowBlock(this.#prices, BATCH_ROWS);
  }

  /** The batch that was wanted of a source, or undefined if it has no more. */
  give(source: number, batch: RowBatch | undefined): void {
    if (batch === undefined) {
      this.#wanted.pop();
      return;
    }
    if (batch.length === 0) return;
    this.#wanted.pop();
    const known = this.#cursors[source];
    const yields = this.#trades?.isQuotes(source) === true ? [] : undefined;
    const cursor = known ?? {
      rank: source,
      batch,
      row: 0,
      symbols: [],
      met: 0,
      same: true,
      yields,
    };
    cursor.batch = batch;
    cursor.row = 0;
    this.#cursors[source] = cursor;
    this.#heads.push(cursor);
  }

  step(): MergeStep {
    for (;;) {
      const wanted = this.#wanted.at(-1);
      if (wanted !== undefined) return this.#taken() ?? { want: 'read', source: wanted };
      const head = this.#heads.pop();
      if (head === undefined) return this.#taken() ?? { want: 'nothing' };
      const next = this.#heads.peek();
      if (head.yields === undefined && isAllBefore(head, next)) {
        const merged = this.#taken();
        if (merged !== undefined) {
          this.#heads.push(head);
          return merged;
        }
        this.#wanted.push(head.rank);
        return { want: 'take', batch: this.#rest(head), origins: head.rank };
      }
      this.#copyRun(head, next);
      if (head.row < head.batch.length) this.#heads.push(head);
      else this.#wanted.push(head.rank);
      if (this.#block.length === BATCH_ROWS) return this.#taken() as MergeStep;
    }
  }

  #taken(): MergeStep | undefined {
    if (this.#block.length === 0) return undefined;
    const batch = toBatch(this.#block, this.#names);
    this.#block.length = 0;
    return { want: 'take', batch, origins: this.#origins };
  }

  /** Copies the head's rows up to the first that comes after the next head's, or as many as there is room for. */
  #copyRun(head: Cursor, next: Cursor | undefined): void {
    const { batch, symbols } = head;
    const block = this.#block;
    const limit = next === undefined ? Infinity : (next.batch.time[next.row] as Micros);
    const first = next === undefined || head.rank < next.rank;
    const isTicks = this.#prices === TICK_PRICES;
    const [open, high, low, close, count] = block.prices;
    let to = block.length;
    let row = head.row;
    while (row < batch.length && to < BATCH_ROWS) {
      const time = batch.time[row] as Micros;
      if (time > limit || (time === limit && !first)) break;
      const symbol = batch.symbol[row] as number;
      const isYielding = head.yields !== undefined && this.#yields(head, symbol);
      if (isYielding && !isTicks) {
        row += 1;
        continue;
      }
      block.time[to] = time;
      block.symbol[to] = symbols[symbol] ?? this.#meet(head, symbol);
      block.volume[to] = batch.volume[row] as number;
      this.#origins[to] = head.rank;
      (open as Float64Array)[to] = isYielding ? NaN : (batch.open[row] as number);
      if (isTicks) this.#copyTick(batch, row, to);
      else if (close !== undefined) {
        (high as Float64Array)[to] = batch.high[row] as number;
        (low as Float64Array)[to] = batch.low[row] as number;
        close[to] = batch.close[row] as number;
        (count as Float64Array)[to] = batch.count?.[row] ?? 1;
      }
      to += 1;
      row += 1;
    }
    block.length = to;
    head.row = row;
  }

  #yields({ yields = [], batch }: Cursor, symbol: number): boolean {
    return (yields[symbol] ??= this.#trades?.isTraded(batch.symbols[symbol] ?? '') === true);
  }

  /** A source that says no more than prices has trades. */
  #copyTick({ ticks, close }: RowBatch, row: number, to: number): void {
    const { prices } = this.#block;
    for (const [at, name] of TICK_COLUMNS.entries()) {
      const column = prices[at + 1] as Float64Array;
      if (ticks !== undefined) column[to] = ticks[name][row] as number;
      else column[to] = name === 'price' ? (close[row] as number) : name === 'side' ? 0 : NaN;
    }
  }

  /** The head's remaining rows, without copying them. */
  #rest(head: Cursor): RowBatch {
    const { batch, row } = head;
    const symbol = this.#symbolsOf(head);
    if (row === 0) return { ...batch, symbols: this.#names, symbol };
    const close = batch.close.subarray(row, batch.length);
    const rest = (column: Float64Array): Float64Array =>
      column === batch.close ? close : column.subarray(row, batch.length);
    return {
      length: batch.length - row,
      symbols: this.#names,
      symbol,
      time: rest(batch.time),
      open: rest(batch.open),
      high: rest(batch.high),
      low: rest(batch.low),
      close,
      volume: rest(batch.volume),
      ...(batch.count !== undefined && { count: rest(batch.count) }),
      ...(batch.ticks !== undefined && { ticks: mapTicks(batch.ticks, rest) }),
    };
  }

  /** The same column, if the symbols' indexes are the same among all symbols. */
  #symbolsOf(head: Cursor): Uint32Array {
    const { batch, row, symbols } = head;
    const own = batch.symbol.subarray(row, batch.length);
    for (let at = 0; at < own.length && head.met < batch.symbols.length; at += 1) {
      const symbol = own[at] as number;
      if (symbols[symbol] === undefined) this.#meet(head, symbol);
    }
    if (head.same) return own;
    if (this.#renamed.length < own.length) this.#renamed = new Uint32Array(own.length);
    const merged = this.#renamed;
    for (let at = 0; at < own.length; at += 1) {
      merged[at] = symbols[own[at] as number] as number;
    }
    return merged;
  }

  #meet(cursor: Cursor, symbol: number): number {
    const name = cursor.batch.symbols[symbol] ?? '';
    let index = this.#indexes.get(name);
    if (index === undefined) {
      index = this.#names.push(name) - 1;
      this.#indexes.set(name, index);
    }
    cursor.symbols[symbol] = index;
    cursor.met += 1;
    if (index !== symbol) cursor.same = false;
    return index;
  }
}

function comesBefore(a: Cursor, b: Cursor): boolean {
  const before = (a.batch.time[a.row] as Micros) - (b.batch.time[b.row] as Micros);
  return before < 0 || (before === 0 && a.rank < b.rank);
}

function isAllBefore({ batch, rank }: Cursor, next: Cursor | undefined): boolean {
  if (next === undefined) return true;
  const before = (batch.time[batch.length - 1] as Micros) - (next.batch.time[next.row] as Micros);
  return before < 0 || (before === 0 && rank < next.rank);
}
