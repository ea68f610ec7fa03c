import type { Micros } from '../bars/bar';
import { ClosingRule } from './closingRule';
import type { FrameSink } from './decoders/frameDecoder';
import type { FeedEvent } from '../feedEvents';
import { FeedAccount } from './feedAccount';
import { FeedNotes } from './feedNotes';
import { IdTracker } from './idTracker';
import type { IngressOptions, IngressSource } from './ingressOptions';
import { liveBatchOf } from './liveBatch';
import type { LiveBatch } from './liveBatch';
import { OpenEnds } from './openEnds';
import { RowQueue } from './rowQueue';
import { SlidingSkew } from './slidingSkew';

interface SourceState {
  readonly source: IngressSource;
  readonly skew: SlidingSkew;
  readonly ids: IdTracker;
  readonly account: FeedAccount;
  readonly seen: Set<string>;
}

/** A row of the current frame. */
interface FrameRow {
  readonly symbol: string;
  readonly time: Micros;
  readonly price: number;
  readonly size: number;
  readonly id: number;
}

/**
 * What happens to frames between the socket and the coordinator: they are decoded, their rows judged by
 * id and by time, windows closed by the closing rule, and rows and marks queued in one order. It knows
 * no clock but the stamps that it is given, which must never fall; so a recording of the same frames
 * with the same stamps gives the same rows, marks and counts.
 */
export class Ingress {
  readonly queue: RowQueue;
  readonly symbols: string[] = [];
  readonly #options: IngressOptions;
  readonly #sources: readonly SourceState[];
  readonly #rule: ClosingRule;
  readonly #open: OpenEnds;
  readonly #symbolIndex = new Map<string, number>();
  readonly #frameRows: FrameRow[] = [];
  readonly #sink: FrameSink;
  /** What else happened. */
  readonly notes = new FeedNotes();
  #present: SourceState | undefined;
  #ordinal = 0;
  #lastDue: Micros = -Infinity;
  /** Windows that end by then are closed for good. */
  #closedThrough: Micros = -Infinity;

  constructor(options: IngressOptions) {
    const { sources, intervals, grace, stale, capacity, overflow } = options;
    this.#options = options;
    this.#sources = sources.map((source) => ({
      source,
      skew: new SlidingSkew(),
      ids: new IdTracker(source.ids === 'contiguous'),
      account: new FeedAccount(source.name),
      seen: new Set<string>(),
    }));
    this.#rule = new ClosingRule({ sources: sources.length, grace, stale });
    this.#open = new OpenEnds(intervals);
    this.queue = new RowQueue({
      capacity,
      overflow,
      nameOf: (symbol) => this.symbols[symbol] as string,
      onDrop: ({ source, symbol, ordinal }) => {
        this.#accountOf(source).count(this.symbols[symbol] as string, 'dropped');
        options.onLost?.(ordinal, 'dropped');
      },
    });
    this.#sink = {
      row: (symbol, time, price, size, id) => {
        this.#frameRows.push({ symbol, time, price, size, id });
      },
      other: () => {
        this.#present?.account.countUnusable('other');
      },
      bad: () => {
        this.#present?.account.countUnusable('bad');
      },
    };
  }

  /** When the next window closes if no frame comes before; Infinity where none is open. */
  get nextDue(): Micros {
    const end = this.#open.first;
    return end === Infinity ? Infinity : Math.max(this.#rule.closesAt(end), this.#lastDue);
  }

  /** A frame of text was received. Throws an `OverflowError` where the queue is full and that is its policy. */
  frame(source: number, at: Micros, text: string): void {
    const state = this.#begin(source, at);
    state.source.decode(text, this.#sink);
    this.#takeRows(source, state, at);
  }

  /** A frame of bytes, which no decoder reads. */
  binary(source: number, at: Micros): void {
    this.#begin(source, at).account.countUnusable('bad');
  }

  opened(source: number, at: Micros): void {
    this.advance(at);
    const { name, ids, isInCode = false } = (this.#sources[source] as SourceState).source;
    this.notes.connected(name, at, { isInCode, hasNoIds: ids === 'none' });
  }

  closed(source: number, at: Micros, reason: string): void {
    this.advance(at);
    this.notes.disconnected(this.#nameOf(source), at, reason);
  }

  /** Closes the windows whose instants have come, at these instants. */
  advance(at: Micros): void {
    for (let end = this.#open.first; end < Infinity; end = this.#open.first) {
      const closesAt = this.#rule.closesAt(end);
      if (closesAt > at) return;
      this.#lastDue = Math.max(closesAt, this.#lastDue);
      this.#open.close();
      this.#closedThrough = end;
      this.queue.mark(end, this.#lastDue);
    }
  }

  /** What waits for the coordinator: at most `most` rows, no further than the next mark. */
  take(most: number): LiveBatch | undefined {
    const rows = this.queue.take(most);
    return rows === undefined ? undefined : liveBatchOf(rows, this.symbols);
  }

  /** Whether something that could not be read was counted since events were taken. */
  get hasBadRows(): boolean {
    return this.#sources.some(({ account }) => account.hasBadRows);
  }

  get hasEvents(): boolean {
    return !this.notes.isEmpty || this.#sources.some(({ account }) => !account.isEmpty);
  }

  /** What happened and was counted since the last call; `at` is the receive time in milliseconds. */
  takeEvents(at: Micros, isLast = false): readonly FeedEvent[] {
    const counted = this.#sources
      .filter(({ account }) => !account.isEmpty || (isLast && account.hasArrears))
      .map(({ account, skew }) => account.take(at / 1_000, skew.value, isLast));
    return [...this.notes.take(), ...counted];
  }

  /** Gives up what waits, and counts it. */
  discard(): void {
    this.queue.discard(({ source, symbol, ordinal }) => {
      this.#accountOf(source).count(this.symbols[symbol] as string, 'discarded');
      this.#options.onLost?.(ordinal, 'discarded');
    });
  }

  #nameOf(source: number): string {
    return (this.#sources[source] as SourceState).source.name;
  }

  #begin(source: number, at: Micros): SourceState {
    this.advance(at);
    // If this frame raises the skew, windows close at once, and not before now: what closes them was not there.
    this.#lastDue = Math.max(at, this.#lastDue);
    this.#rule.heard(source, at);
    this.#frameRows.length = 0;
    return (this.#present = this.#sources[source] as SourceState);
  }

  #accountOf(source: number): FeedAccount {
    return (this.#sources[source] as SourceState).account;
  }

  /** The rows of one frame, and what its latest one says of the clocks. */
  #takeRows(source: number, state: SourceState, at: Micros): void {
    const rows = this.#frameRows;
    let latest: FrameRow | undefined;
    for (const row of rows) {
      state.account.count(row.symbol, 'received');
      state.seen.add(row.symbol);
      if (latest === undefined || row.time > latest.time) latest = row;
    }
    if (latest === undefined) return;
    const { skew } = state;
    const difference = differenceOf(latest, at);
    let isDoubted = skew.isImplausible(difference);
    if (isDoubted) {
      const jump = skew.doubt(difference, latest.symbol, state.seen.size === 1);
      if (jump !== undefined) {
        isDoubted = false;
        this.notes.skew(state.source.name, at, jump);
      }
    }
    for (const row of rows) this.#takeRow(source, state, at, row);
    if (isDoubted) return;
    const jump = skew.update(at, difference);
    if (jump !== undefined) this.notes.skew(state.source.name, at, jump);
    this.#rule.setSkew(source, skew.value);
  }

  #takeRow(source: number, state: SourceState, at: Micros, row: FrameRow): void {
    const { symbol, id } = row;
    const time = Number.isNaN(row.time) ? at : row.time;
    let before = 0;
    if (!Number.isNaN(id)) {
      const verdict = state.ids.judge(symbol, id);
      if (verdict.kind === 'duplicate') {
        state.account.count(symbol, 'duplicate');
        return;
      }
      if (verdict.kind === 'gap') {
        before = verdict.missing;
        state.account.count(symbol, 'gaps');
        state.account.count(symbol, 'missing', before);
        this.notes.gap(state.source.name, at, symbol, verdict);
      }
    }
    if (state.skew.isImplausible(time - at)) {
      state.account.count(symbol, 'implausible');
      return;
    }
    if (this.#open.isOutside(time)) {
      state.account.count(symbol, 'other');
      return;
    }
    const end = this.#open.endOf(time);
    if (end <= this.#closedThrough || this.#rule.closesAt(end) <= at) {
      state.account.count(symbol, 'late');
      return;
    }
    if (state.skew.value > -Infinity) {
      state.account.lag(state.skew.value - (time - at));
    }
    this.#open.open(time);
    const barEnd = this.#open.barEndOf(time);
    // Where missing rows belong is not known; the bar of the row behind them says so.
    if (before > 0) this.queue.lose({ symbol: this.#indexOf(symbol), end: barEnd }, before);
    this.#enqueue(source, state, row, { time, at, barEnd });
  }

  #enqueue(
    source: number,
    state: SourceState,
    { symbol: name, price, size, id }: FrameRow,
    { time, at, barEnd }: { readonly time: Micros; readonly at: Micros; readonly barEnd: Micros },
  ): void {
    const symbol = this.#indexOf(name);
    const ordinal = this.#ordinal;
    this.#ordinal += 1;
    const why = this.#options.lost?.whyLost(ordinal);
    if (why !== undefined) {
      state.account.count(name, why);
      if (why === 'dropped') this.queue.lose({ symbol, end: barEnd });
      return;
    }
    this.queue.push({ ordinal, source, symbol, time, received: at, price, size, id, end: barEnd });
  }

  #indexOf(name: string): number {
    let index = this.#symbolIndex.get(name);
    if (index === undefined) {
      index = this.symbols.push(name) - 1;
      this.#symbolIndex.set(name, index);
    }
    return index;
  }
}

const differenceOf = ({ time }: FrameRow, at: Micros): Micros =>
  Number.isNaN(time) ? 0 : time - at;
