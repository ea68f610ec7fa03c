import type { Pullable } from '../../operators';
import { iteratorOf } from '../../operators/kernel/iteratorOf';
import type { PullIterator } from '../../operators/kernel/iteratorOf';
import type { Micros } from './bar';
import { BaseBars } from './baseBars';
import type { BaseBarCounts } from './baseBars';
import { LiveBars } from './liveBars';
import type { BarWriter } from './history';
import type { Item } from './item';
import type { LiveFacts, RowBatch, RowSource } from './rows';
import type { MomentWishes } from './moments';
import { SymbolFilter } from './symbolFilter';
import { stopwatch as realTime } from '../../operators/kernel/stopwatch';
import { mergeRows } from '../sources';
import { mapTicks } from './rows';

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

/** The session [from, to): rows outside it are not read, and its clock starts and ends with it. */
export interface FeedSession {
  /** Instants at which strategies are called besides; none unless given. */
  readonly moments?: MomentWishes | undefined;
  /** Rows from here to `from` are read too, as a history that is not counted. */
  readonly leadFrom?: Micros | undefined;
  /** Rows of other symbols are not read either. */
  readonly symbols?: readonly string[] | undefined;
  readonly from?: Micros | undefined;
  readonly to?: Micros | undefined;
}

/**
 * The coordinator's input: rows of all sources in order of time, made into base bars and watermarks.
 * Read once, a chunk at a time.
 */
export class Feed {
  readonly #sources: readonly RowSource[];
  readonly #bars: BaseBars | LiveBars;
  readonly #live: LiveFacts | undefined;
  readonly #session: FeedSession;
  readonly #wantsTicks: boolean;
  readonly #filter: SymbolFilter | undefined;
  #symbols: readonly string[] = [];
  /** The current rows, and which of them is next. */
  #rows: RowBatch = NO_ROWS;
  #row = 0;
  #start: Micros | undefined;
  #reached = -Infinity;
  /** A row at or after the session's end was met. */
  #past = false;
  /** Rows before the session are read; then what they were made into. */
  #leads: boolean;
  #led: Pick<BaseBarCounts, 'rows' | 'base' | 'late'> = { rows: 0, base: 0, late: 0 };
  /** The session's first rows, until all before them are in bars. */
  #next: RowBatch | undefined;
  /** Of the lead-in, until the session goes on with it. */
  #begun: PullIterator<readonly Item[]> | undefined;
  #freed: Promise<void> | undefined;
  readonly #stopwatch: () => number;
  #buildingMs = 0;

  /** @param stopwatch measures how long bars are built */
  constructor(
    sources: readonly RowSource[],
    history: BarWriter,
    session: FeedSession = {},
    stopwatch: () => number = realTime,
  ) {
    this.#sources = sources;
    this.#stopwatch = stopwatch;
    const live = (this.#live = sources[0]?.live);
    this.#bars =
      live === undefined
        ? new BaseBars(history, sources[0], session.to, session.moments)
        : new LiveBars(history, live.onLate, session.moments);
    this.#session = session;
    this.#leads = session.leadFrom !== undefined;
    if (session.symbols !== undefined) this.#filter = new SymbolFilter(session.symbols);
    this.#wantsTicks = history.intervals.some(({ ticks }) => ticks !== undefined);
  }

  counts(): FeedCounts {
    let outOfOrder = 0;
    let badRows = 0;
    let progress = 0;
    for (const source of this.#sources) {
      const counts = source.counts();
      outOfOrder += counts.outOfOrder;
      badRows += counts.badRows;
      progress += source.progress();
    }
    const { rows, base, late } = this.#bars.counts();
    return {
      rows: rows - this.#led.rows,
      base: base - this.#led.base,
      late: late - this.#led.late,
      outOfOrder,
      badRows,
      symbols: this.#symbols,
      start: this.#start,
      progress: this.#sources.length === 0 ? 1 : progress / this.#sources.length,
    };
  }

  /** What a live feed tells besides rows. */
  get live(): LiveFacts | undefined {
    return this.#live;
  }

  /** Base bars built so far. */
  get built(): number {
    return this.#bars.counts().base;
  }

  /** Milliseconds spent on building bars so far. */
  get buildingMs(): number {
    return this.#buildingMs;
  }

  /** From the first to the last row of all sources, where every one of them knows that. */
  get span(): { readonly from: Micros; readonly to: Micros } | undefined {
    const spans = this.#sources.map((source) => source.span?.());
    let [from, to] = [Infinity, -Infinity];
    for (const span of spans) {
      if (span === undefined) return undefined;
      from = Math.min(from, span.from);
      to = Math.max(to, span.to);
    }
    return from <= to ? { from, to } : undefined;
  }

  /** Market time at which the run ends: the session's end, or the last row; undefined where neither is known. */
  get end(): Micros | undefined {
    const { to } = this.#session;
    const last = this.#live === undefined ? this.span?.to : undefined;
    return to === undefined || last === undefined ? (to ?? last) : Math.min(to, last);
  }

  /** How many symbols were met. */
  get breadth(): number {
    return this.#symbols.length;
  }

  /** Market time at which the run's clock starts: the session's beginning, or the first row. */
  get origin(): Micros {
    return this.#session.from ?? this.#live?.origin() ?? this.#start ?? 0;
  }

  /** Settles when the sources that were opened are closed; undefined where that takes no time. */
  get freed(): Promise<void> | undefined {
    return this.#freed;
  }

  /** True until all items before the session have been handed out. */
  get leads(): boolean {
    return this.#leads;
  }

  /** What the rows before the session were made into. */
  get led(): Pick<BaseBarCounts, 'rows' | 'base'> {
    return this.#led;
  }

  /** An iterator over `chunks`; the next reader after that of the lead-in goes on where that one has stopped. */
  read(): PullIterator<readonly Item[]> {
    const begun = this.#begun;
    this.#begun = undefined;
    if (begun !== undefined) return begun;
    const iterator = iteratorOf(this.chunks());
    if (this.#leads) this.#begun = iterator;
    return iterator;
  }

  /** Synchronous where all sources are. Returned early, it closes the sources at once, even while a row is awaited. */
  chunks(): Pullable<readonly Item[]> {
    const [first] = this.#sources;
    const rows =
      first !== undefined && this.#live !== undefined
        ? first.batches({ ticks: this.#wantsTicks })
        : mergeRows(this.#sources, { ticks: this.#wantsTicks });
    return Symbol.asyncIterator in rows
      ? { [Symbol.asyncIterator]: () => this.#readAsync(rows[Symbol.asyncIterator]()) }
      : { [Symbol.iterator]: () => this.#readSync(rows) };
  }

  *#readSync(rows: Iterable<RowBatch>): Generator<readonly Item[]> {
    for (const batch of rows) {
      this.#take(batch);
      while (this.#goesOn) yield this.#build();
      if (this.#past) break;
    }
    yield this.#finish();
  }

  /** Not a generator: that would take `return` only after the row that it waits for. */
  #readAsync(rows: AsyncIterator<RowBatch>): AsyncIterator<readonly Item[]> {
    let free: () => void = () => undefined;
    this.#freed = new Promise((resolve) => {
      free = resolve;
    });
    let ended = false;
    const close = async (): Promise<void> => {
      ended = true;
      try {
        await rows.return?.();
      } finally {
        free();
      }
    };
    return {
      next: async () => {
        if (ended) return { done: true, value: undefined };
        const goesOn = this.#goesOn;
        if (this.#past && !goesOn) {
          await close();
          return { done: false, value: this.#finish() };
        }
        try {
          if (goesOn) return { done: false, value: this.#build() };
          const result = await rows.next();
          if (result.done !== true) {
            this.#take(result.value);
            return { done: false, value: this.#build() };
          }
        } catch (error) {
          ended = true;
          free();
          throw error;
        }
        ended = true;
        free();
        return { done: false, value: this.#finish() };
      },
      return: async () => {
        await close();
        return { done: true, value: undefined };
      },
    };
  }

  #take(batch: RowBatch): void {
    const rows = this.#live === undefined ? this.#chosen(batch) : batch;
    this.#rows = rows;
    this.#row = 0;
    if (rows.length === 0) return;
    this.#symbols = rows.symbols;
    if (!this.#leads) this.#start ??= (rows.received ?? rows.time)[0];
    else this.#split(rows, this.#session.from ?? -Infinity);
    const last = rows.time[rows.length - 1] as number;
    const { interval = 0, endOf = (start: Micros) => start + interval } = this.#sources[0] ?? {};
    this.#reached = Math.max(this.#reached, endOf(last));
  }

  /** The rows of the session and of its symbols. */
  #chosen(batch: RowBatch): RowBatch {
    const rows = this.#inSession(batch);
    return this.#filter?.pick(rows) ?? rows;
  }

  /** Whether there is something to build of what was read. */
  get #goesOn(): boolean {
    return this.#row < this.#rows.length || this.#next !== undefined;
  }

  /** Rows of the session wait until those before it are in bars. */
  #split(rows: RowBatch, from: Micros): void {
    const before = rowsBefore(from, rows.time, rows.length);
    if (before === rows.length) return;
    this.#rows = slice(rows, 0, before);
    this.#next = slice(rows, before, rows.length);
  }

  /** The session begins: what ended before it is closed. */
  #beginSession(next: RowBatch, items: Item[]): void {
    const { from = -Infinity } = this.#session;
    if (this.#bars instanceof BaseBars) this.#bars.closeThrough(from, items);
    this.#led = this.#bars.counts();
    this.#leads = false;
    this.#start = next.time[0];
    this.#rows = next;
    this.#row = 0;
    this.#next = undefined;
  }

  /** What comes of the next rows. */
  #build(): readonly Item[] {
    const items: Item[] = [];
    const began = this.#stopwatch();
    const next = this.#next;
    if (next !== undefined && this.#row === this.#rows.length) this.#beginSession(next, items);
    else this.#row = this.#bars.add(this.#rows, this.#row, items);
    this.#buildingMs += this.#stopwatch() - began;
    return items;
  }

  #inSession(batch: RowBatch): RowBatch {
    const { from: begin = -Infinity, leadFrom: from = begin, to = Infinity } = this.#session;
    const { time, length } = batch;
    if (length === 0) return batch;
    this.#past = (time[length - 1] as number) >= to;
    if (!this.#past && (time[0] as number) >= from) return batch;
    return slice(batch, rowsBefore(from, time, length), rowsBefore(to, time, length));
  }

  #finish(): readonly Item[] {
    const items: Item[] = [];
    // Where no row of the session came, nothing has begun that could end.
    if (this.#leads) this.#led = this.#bars.counts();
    this.#leads = false;
    if (this.#start !== undefined) this.#bars.finish(this.#session.to ?? this.#reached, items);
    return items;
  }
}

const NONE = new Float64Array();
const NO_ROWS: RowBatch = {
  length: 0,
  symbols: [],
  symbol: new Uint32Array(),
  time: NONE,
  open: NONE,
  high: NONE,
  low: NONE,
  close: NONE,
  volume: NONE,
};

/** How many of the rows, which are in order, are earlier than `time`. */
function rowsBefore(time: Micros, times: Float64Array, length: number): number {
  let from = 0;
  let to = length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((times[middle] as number) < time) from = middle + 1;
    else to = middle;
  }
  return from;
}

function slice(batch: RowBatch, from: number, to: number): RowBatch {
  const { symbols, symbol, time, open, high, low, close, volume, count, ticks } = batch;
  return {
    length: to - from,
    symbols,
    symbol: symbol.subarray(from, to),
    time: time.subarray(from, to),
    open: open.subarray(from, to),
    high: high.subarray(from, to),
    low: low.subarray(from, to),
    close: close.subarray(from, to),
    volume: volume.subarray(from, to),
    ...(count !== undefined && { count: count.subarray(from, to) }),
    ...(ticks !== undefined && { ticks: mapTicks(ticks, (column) => column.subarray(from, to)) }),
  };
}
