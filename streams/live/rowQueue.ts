import { OverflowError } from '../../operators';
import type { Overflow } from '../../operators';
import type { Micros } from '../bars/bar';
import type { RowMark } from '../bars/rows';
import { LossLedger } from './lossLedger';
import type { QueuedRow, TakenRows } from './queuedRow';
import { SymbolCounts } from './symbolCounts';

interface RowQueueOptions {
  /** How many rows may wait. */
  readonly capacity: number;
  readonly overflow: Overflow;
  readonly nameOf: (symbol: number) => string;
  /** Called with the place of each row that had to go; see `rowAt`. */
  readonly onDrop: (row: QueuedRow) => void;
}

interface QueuedMark {
  readonly end: Micros;
  readonly at: Micros;
  readonly lost: RowMark['lost'][number][];
  /** Place of the first row behind it. */
  readonly place: number;
}

const AT_FIRST = 256;
const COLUMNS = [
  'ordinal',
  'source',
  'symbol',
  'time',
  'received',
  'price',
  'size',
  'id',
  'end',
] as const;
/** Besides those of a row: how many rows of its symbol are missing before it. */
const ALL = [...COLUMNS, 'before'] as const;
type Columns = Record<(typeof ALL)[number], Float64Array>;

const columnsOf = (length: number): Columns =>
  Object.fromEntries(ALL.map((name) => [name, new Float64Array(length)])) as Columns;

/**
 * Rows and marks, first in, first out. Rows are bounded; marks are not counted and never dropped, because
 * a mark that is missing is a bar that never closes. Places count up for ever; a ring holds them.
 */
export class RowQueue {
  /** While history is replayed, rows wait without bound. */
  isBounded = true;
  readonly #options: RowQueueOptions;
  readonly #losses = new LossLedger();
  /** Rows in no window that were lost before the next row of each symbol: the next one pushed, and the next one taken. */
  readonly #lostBefore = new SymbolCounts();
  readonly #passed = new SymbolCounts();
  #columns = columnsOf(AT_FIRST);
  /** 1 where a row waits, 0 where it was dropped. */
  #waits = new Uint8Array(AT_FIRST);
  #size = AT_FIRST;
  #head = 0;
  #tail = 0;
  #rows = 0;
  #marks: QueuedMark[] = [];
  #firstMark = 0;

  constructor(options: RowQueueOptions) {
    this.#options = options;
  }

  /** Rows that wait. */
  get rows(): number {
    return this.#rows;
  }

  get isEmpty(): boolean {
    return this.#rows === 0 && this.#firstMark === this.#marks.length;
  }

  get hasMark(): boolean {
    return this.#firstMark < this.#marks.length;
  }

  /** Throws an `OverflowError` where there is no room and that is the policy. */
  push(row: QueuedRow): void {
    const { capacity, overflow, onDrop } = this.#options;
    if (this.isBounded && this.#rows >= capacity) {
      if (overflow === 'error') throw new OverflowError('ingress', this.#rows);
      if (overflow === 'dropLatest') {
        this.lose(row);
        onDrop(row);
        return;
      }
      this.#drop(overflow === 'conflate' ? this.#oldestOf(row.symbol) : this.#oldest());
    }
    if (this.#tail - this.#head === this.#size) this.#makeRoom();
    const at = this.#tail & (this.#size - 1);
    for (const name of COLUMNS) this.#columns[name][at] = row[name];
    this.#columns.before[at] = this.#lostBefore.take(row.symbol);
    this.#waits[at] = 1;
    this.#tail += 1;
    this.#rows += 1;
  }

  mark(end: Micros, at: Micros): void {
    this.#marks.push({ end, at, lost: this.#losses.take(end), place: this.#tail });
  }

  /** A row is in no bar: the mark that closes its window says so, or where it has none, the next row of its symbol. */
  lose({ symbol, end }: Pick<QueuedRow, 'symbol' | 'end'>, rows = 1): void {
    if (Number.isNaN(end)) {
      this.#lostBefore.add(symbol, rows);
      return;
    }
    const name = this.#options.nameOf(symbol);
    for (let k = this.#firstMark; k < this.#marks.length; k += 1) {
      const { lost, end: closes } = this.#marks[k] as QueuedMark;
      if (closes < end) continue;
      const found = lost.findIndex((each) => each.symbol === name && each.end === end);
      const before = lost[found]?.rows ?? 0;
      lost[found < 0 ? lost.length : found] = { symbol: name, end, rows: before + rows };
      return;
    }
    this.#losses.add(name, end, rows);
  }

  /** At most `most` rows, no further than the next mark; undefined where nothing waits. */
  take(most: number): TakenRows | undefined {
    if (this.isEmpty) return undefined;
    const mark = this.#marks[this.#firstMark];
    const until = mark?.place ?? this.#tail;
    const places: number[] = [];
    let hasGap = false;
    while (this.#head < until && places.length < most) {
      const at = this.#head & (this.#size - 1);
      if (this.#waits[at] === 1) {
        places.push(at);
        const { symbol, before } = this.#columns;
        const missing = (before[at] as number) + this.#passed.take(symbol[at] as number);
        before[at] = missing;
        hasGap ||= missing > 0;
      } else this.#passDropped(at);
      this.#waits[at] = 0;
      this.#head += 1;
    }
    this.#rows -= places.length;
    this.#skipDropped(until);
    // Rows that were dropped may have left its place behind.
    const isAtMark = mark !== undefined && this.#head >= until;
    if (isAtMark) this.#passMark();
    return {
      length: places.length,
      origin: Uint8Array.from(places, (at) => this.#columns.source[at] as number),
      symbol: Uint32Array.from(places, (at) => this.#columns.symbol[at] as number),
      time: this.#copied('time', places),
      received: this.#copied('received', places),
      price: this.#copied('price', places),
      size: this.#copied('size', places),
      id: this.#copied('id', places),
      mark: isAtMark ? { end: mark.end, at: mark.at, lost: mark.lost } : undefined,
      gap: hasGap ? this.#copied('before', places) : undefined,
    };
  }

  /** Gives up what waits; calls `onDiscard` with each row. */
  discard(onDiscard: (row: QueuedRow) => void): void {
    for (; this.#head < this.#tail; this.#head += 1) {
      const at = this.#head & (this.#size - 1);
      if (this.#waits[at] === 1) onDiscard(this.#rowAt(at));
      this.#waits[at] = 0;
    }
    this.#rows = 0;
    this.#marks = [];
    this.#firstMark = 0;
  }

  #copied(name: keyof Columns, places: readonly number[]): Float64Array {
    const column = this.#columns[name];
    return Float64Array.from(places, (at) => column[at] as number);
  }

  #passMark(): void {
    this.#firstMark += 1;
    if (this.#firstMark < 64 && this.#firstMark < this.#marks.length) return;
    this.#marks = this.#marks.slice(this.#firstMark);
    this.#firstMark = 0;
  }

  #skipDropped(until: number): void {
    for (; this.#head < until; this.#head += 1) {
      const at = this.#head & (this.#size - 1);
      if (this.#waits[at] === 1) return;
      this.#passDropped(at);
    }
  }

  /** What a dropped row in no window leaves behind for the next row of its symbol. */
  #passDropped(at: number): void {
    const { symbol, before, end } = this.#columns;
    if (Number.isNaN(end[at])) this.#passed.add(symbol[at] as number, 1 + (before[at] as number));
  }

  #oldest(): number {
    this.#skipDropped(this.#tail);
    return this.#head;
  }

  /** The oldest row of a symbol; where none waits, the oldest of all. */
  #oldestOf(symbol: number): number {
    for (let place = this.#head; place < this.#tail; place += 1) {
      const at = place & (this.#size - 1);
      if (this.#waits[at] === 1 && this.#columns.symbol[at] === symbol) return place;
    }
    return this.#oldest();
  }

  #drop(place: number): void {
    const at = place & (this.#size - 1);
    const row = this.#rowAt(at);
    this.#waits[at] = 0;
    this.#rows -= 1;
    // In no window, it is counted when its place is passed.
    if (!Number.isNaN(row.end)) this.lose(row);
    this.#options.onDrop(row);
  }

  #rowAt(at: number): QueuedRow {
    const columns = this.#columns;
    return Object.fromEntries(
      COLUMNS.map((name) => [name, columns[name][at]]),
    ) as unknown as QueuedRow;
  }

  /** Grows, unless it is mostly dropped rows that take the room: those go. */
  #makeRoom(): void {
    const isMostlyDropped = this.#rows * 2 <= this.#size;
    const size = isMostlyDropped ? this.#size : this.#size * 2;
    const columns = columnsOf(size);
    const waits = new Uint8Array(size);
    const from = this.#head;
    let place = from;
    let next = this.#firstMark;
    const movedMarks: QueuedMark[] = [];
    const moveMarks = (until: number): void => {
      for (; next < this.#marks.length; next += 1) {
        const mark = this.#marks[next] as QueuedMark;
        if (mark.place > until) return;
        movedMarks.push({ ...mark, place });
      }
    };
    for (let old = from; old < this.#tail; old += 1) {
      moveMarks(old);
      const at = old & (this.#size - 1);
      if (this.#waits[at] === 0) {
        this.#passDropped(at);
        continue;
      }
      const to = place & (size - 1);
      for (const name of ALL) columns[name][to] = this.#columns[name][at] as number;
      (columns.before[to] as number) += this.#passed.take(columns.symbol[to] as number);
      waits[to] = 1;
      place += 1;
    }
    moveMarks(this.#tail);
    this.#columns = columns;
    this.#waits = waits;
    this.#size = size;
    this.#tail = place;
    this.#marks = movedMarks;
    this.#firstMark = 0;
  }
}
