import { OverflowError } from '../../operators';
import type { BoundedBuffer } from '../../operators/kernel/boundedBuffer';
import { Ring } from '../../operators/kernel/ring';
import type { Bar } from '../bars/bar';
import { isBar } from '../bars/item';
import type { Item } from '../bars/item';
import { ITEM_COLUMNS, readItem, writeItem } from './itemColumns';
import type { Rows } from './itemColumns';
import { ringMemory, RingCells } from './ring';

/** Rows of a chunk. */
const ROWS = 4_096;

/** First in, first out. */
export type Backlog = Pick<BoundedBuffer<Item>, 'length' | 'push' | 'shift' | 'clear'>;

/**
 * What waits for room in a ring, as rows of columns: 60 bytes an item instead of several hundred. Items
 * that leave it have the numbers of those that came, and a bar of the same symbol in place of theirs.
 */
export class RowBacklog implements Backlog {
  readonly #capacity: number;
  readonly #edge: string;
  readonly #chunks = new Ring<RingCells>();
  /** The chunk that is written to; the one that was emptied last. */
  #last: RingCells | undefined;
  #spare: RingCells | undefined;
  /** Rows read of the first chunk, and written of the last. */
  #read = 0;
  #written = ROWS;
  #length = 0;
  #bars = 0;
  /** By number of the symbol. */
  readonly #bySymbol: Bar[] = [];
  readonly #unfinished = new Ring<Bar>();
  readonly #rows: Rows = {
    bar: (_interval, symbol) => this.#bySymbol[symbol] as Bar,
    unfinished: () => this.#unfinished.shift() as Bar,
  };

  /** @param capacity how many bars may wait; one more is an `OverflowError` of the edge */
  constructor(capacity: number, edge: string) {
    this.#capacity = capacity;
    this.#edge = edge;
  }

  get length(): number {
    return this.#length;
  }

  push(item: Item): void {
    const { bar, symbol } = item;
    if (bar !== undefined) {
      if (this.#bars >= this.#capacity) throw new OverflowError(this.#edge, this.#bars);
      this.#bars += 1;
      if (bar.complete) this.#bySymbol[symbol] ??= bar;
      else this.#unfinished.push(bar);
    }
    writeItem(this.#chunk(), this.#written, item, false);
    this.#written += 1;
    this.#length += 1;
  }

  shift(): Item | undefined {
    const first = this.#chunks.peek();
    if (this.#length === 0 || first === undefined) return undefined;
    const item = readItem(first, this.#read, this.#rows) as Item;
    this.#read += 1;
    this.#length -= 1;
    if (isBar(item)) this.#bars -= 1;
    if (this.#read === ROWS || this.#length === 0) this.#free();
    return item;
  }

  clear(): void {
    this.#chunks.clear();
    this.#unfinished.clear();
    this.#last = undefined;
    this.#read = 0;
    this.#written = ROWS;
    this.#length = 0;
    this.#bars = 0;
  }

  /** With a row to write. */
  #chunk(): RingCells {
    if (this.#last !== undefined && this.#written < ROWS) return this.#last;
    const chunk = this.#spare ?? new RingCells(ringMemory({ ...ITEM_COLUMNS, slots: ROWS }));
    this.#spare = undefined;
    this.#last = chunk;
    this.#written = 0;
    this.#chunks.push(chunk);
    return chunk;
  }

  /** The first chunk is empty. */
  #free(): void {
    this.#spare = this.#chunks.shift();
    this.#read = 0;
    if (this.#length > 0) return;
    this.#last = undefined;
    this.#written = ROWS;
  }
}
