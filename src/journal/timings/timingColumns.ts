import { columnsBlockOf } from './timingBlocks';
import { KIND } from './timingFormat';

/** Rows in a block. */
const ROWS = 8192;

/** What the processor served, since the last block. */
export class ItemColumns {
  readonly #time = new Float64Array(ROWS);
  readonly #due = new Float64Array(ROWS);
  readonly #service = new Float64Array(ROWS);
  readonly #series = new Int32Array(ROWS);
  rows = 0;

  /** Returns whether the block is full. */
  add(time: number, due: number, service: number, series: number): boolean {
    const row = this.rows;
    this.#time[row] = time;
    this.#due[row] = due;
    this.#service[row] = service;
    this.#series[row] = series;
    this.rows = row + 1;
    return this.rows === ROWS;
  }

  drain(): Buffer {
    const { rows } = this;
    this.rows = 0;
    const columns = [this.#time, this.#due, this.#service, this.#series];
    return columnsBlockOf(
      KIND.items,
      rows,
      0,
      columns.map((column) => column.subarray(0, rows)),
    );
  }
}

/** What analysis served, and the strategies' parts of it, since the last block. */
export class UpdateColumns {
  readonly #service = new Float64Array(ROWS);
  readonly #cause = new Uint32Array(ROWS);
  readonly #series = new Int32Array(ROWS);
  readonly #count = new Uint32Array(ROWS);
  #took = new Float32Array(ROWS);
  #strategy = new Uint16Array(ROWS);
  /** Parts of whole rows, and of the one that is being worked on. */
  #parts = 0;
  #partsOfRow = 0;
  rows = 0;

  charge(strategy: number, took: number): void {
    const at = this.#parts + this.#partsOfRow;
    if (at === this.#took.length) {
      this.#took = longer(this.#took, new Float32Array(at * 2));
      this.#strategy = longer(this.#strategy, new Uint16Array(at * 2));
    }
    this.#took[at] = took;
    this.#strategy[at] = strategy;
    this.#partsOfRow += 1;
  }

  /** Returns whether the block is full. */
  add(service: number, cause: number, series: number): boolean {
    const row = this.rows;
    this.#service[row] = service;
    this.#cause[row] = cause;
    this.#series[row] = series;
    this.#count[row] = this.#partsOfRow;
    this.#parts += this.#partsOfRow;
    this.#partsOfRow = 0;
    this.rows = row + 1;
    return this.rows === ROWS;
  }

  drain(): Buffer {
    const { rows } = this;
    const parts = this.#parts;
    const columns = [this.#service, this.#cause, this.#series, this.#count];
    const block = columnsBlockOf(KIND.updates, rows, parts, [
      ...columns.map((column) => column.subarray(0, rows)),
      this.#took.subarray(0, parts),
      this.#strategy.subarray(0, parts),
    ]);
    // What was charged of an unfinished update belongs to the next block.
    this.#took.copyWithin(0, parts, parts + this.#partsOfRow);
    this.#strategy.copyWithin(0, parts, parts + this.#partsOfRow);
    this.#parts = 0;
    this.rows = 0;
    return block;
  }
}

/** What inboxes dropped, since the last block. */
export class DroppedColumns {
  readonly #time = new Float64Array(ROWS);
  readonly #due = new Float64Array(ROWS);
  readonly #series = new Int32Array(ROWS);
  readonly #cause = new Uint32Array(ROWS);
  rows = 0;

  /** Returns whether the block is full. */
  add(time: number, due: number, series: number, cause: number): boolean {
    const row = this.rows;
    this.#time[row] = time;
    this.#due[row] = due;
    this.#series[row] = series;
    this.#cause[row] = cause;
    this.rows = row + 1;
    return this.rows === ROWS;
  }

  drain(): Buffer {
    const { rows } = this;
    this.rows = 0;
    const columns = [this.#time, this.#due, this.#series, this.#cause];
    return columnsBlockOf(
      KIND.dropped,
      rows,
      0,
      columns.map((column) => column.subarray(0, rows)),
    );
  }
}

/** For how long strategies were awaited in which updates, since the last block. */
export class AwaitedColumns {
  readonly #updates: number[] = [];
  readonly #ms: number[] = [];

  get rows(): number {
    return this.#updates.length;
  }

  add(update: number, ms: number): void {
    this.#updates.push(update);
    this.#ms.push(ms);
  }

  drain(): Buffer {
    const columns = [Uint32Array.from(this.#updates), Float32Array.from(this.#ms)];
    const block = columnsBlockOf(KIND.awaited, this.rows, 0, columns);
    this.#updates.length = 0;
    this.#ms.length = 0;
    return block;
  }
}

function longer<T extends Float32Array | Uint16Array>(column: T, into: T): T {
  into.set(column);
  return into;
}
