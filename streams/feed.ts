import type { Pullable } from '../operators';
import type { Micros } from './bar';
import { BaseBars } from './baseBars';
import type { History } from './history';
import type { Item } from './item';
import type { RowBatch, RowSource } from './rows';
import { mergeRows } from './sources';

/** What a feed has read and built so far. */
export interface FeedCounts {
  readonly rows: number;
  readonly base: number;
  readonly late: number;
  readonly outOfOrder: number;
  readonly badRows: number;
  /** Every symbol met, in order of first appearance. */
  readonly symbols: readonly string[];
  /** Time of the first row; undefined before it. */
  readonly start: Micros | undefined;
  /** Share of the input read, 0 to 1. */
  readonly progress: number;
}

/**
 * The coordinator's input: rows of all sources in order of time, made into base bars and watermarks.
 * Read once, a chunk at a time.
 */
export class Feed {
  readonly #sources: readonly RowSource[];
  readonly #bars: BaseBars;
  readonly #from: Micros | undefined;
  readonly #to: Micros | undefined;
  #symbols: readonly string[] = [];
  #start: Micros | undefined;
  #reached = -Infinity;
  #freed: Promise<void> = Promise.resolve();

  /** @param session The session [from, to): where its clock starts and ends, whatever rows there are. */
  constructor(
    sources: readonly RowSource[],
    history: History,
    session: { readonly from?: Micros | undefined; readonly to?: Micros | undefined } = {},
  ) {
    this.#sources = sources;
    this.#bars = new BaseBars(history);
    this.#from = session.from;
    this.#to = session.to;
  }

  counts(): FeedCounts {
    let outOfOrder = 0;
    let badRows = 0;
    let progress = 0;
    for (const source of this.#sources) {
      const counts = source.counts();
      outOfOrder += counts.outOfOrder;
      badRows += counts.badRows;
      progress += source.progress() / this.#sources.length;
    }
    const { rows, base, late } = this.#bars.counts();
    const symbols = this.#symbols;
    return { rows, base, late, outOfOrder, badRows, symbols, start: this.#start, progress };
  }

  /** Market time at which the run's clock starts: the session's beginning, or the first row. */
  get origin(): Micros {
    return this.#from ?? this.#start ?? 0;
  }

  /** Settles when the sources that were opened are closed. */
  get freed(): Promise<void> {
    return this.#freed;
  }

  /** Synchronous where all sources are. */
  chunks(): Pullable<readonly Item[]> {
    const rows = mergeRows(this.#sources);
    return Symbol.asyncIterator in rows
      ? { [Symbol.asyncIterator]: () => this.#readAsync(rows) }
      : { [Symbol.iterator]: () => this.#readSync(rows) };
  }

  *#readSync(rows: Iterable<RowBatch>): Generator<readonly Item[]> {
    for (const batch of rows) yield this.#build(batch);
    yield this.#finish();
  }

  async *#readAsync(rows: AsyncIterable<RowBatch>): AsyncGenerator<readonly Item[]> {
    let free: () => void = () => undefined;
    this.#freed = new Promise((resolve) => {
      free = resolve;
    });
    try {
      for await (const batch of rows) yield this.#build(batch);
      yield this.#finish();
    } finally {
      free();
    }
  }

  #build(batch: RowBatch): readonly Item[] {
    const items: Item[] = [];
    if (batch.length === 0) return items;
    this.#symbols = batch.symbols;
    this.#start ??= batch.time[0];
    const last = batch.time[batch.length - 1] as number;
    this.#reached = Math.max(this.#reached, last + (this.#sources[0]?.interval ?? 0));
    this.#bars.add(batch, items);
    return items;
  }

  #finish(): readonly Item[] {
    const items: Item[] = [];
    if (this.#start !== undefined) this.#bars.finish(this.#to ?? this.#reached, items);
    return items;
  }
}
