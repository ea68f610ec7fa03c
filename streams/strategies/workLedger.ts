import { causeText } from '../causeText';
import type { PipelineEvent } from '../events';

type WorkedEvent = Extract<PipelineEvent, { readonly type: 'worked' }>;

export type StrategyTotals = Extract<PipelineEvent, { readonly type: 'worked' }>['totals'];

/** What leaves at the end of a window; `end` is that of the run. */
export type FlushKind = 'partial' | 'window' | 'end';

/** Nanoseconds are exact enough, and short. */
const rounded = (ms: number): number => Math.round(ms * 1e6) / 1e6;

/** A column of nothing but zeros is empty. */
const nothingIfZero = (column: readonly number[]): readonly number[] =>
  column.some((value) => value !== 0) ? column : [];

/** After this many windows, work by symbol leaves with each so-manieth. */
const SELDOM = 32;

/** Whether work by symbol leaves with this window: soon in short runs, at a constant cost in long ones. */
const isDetailed = (windows: number): boolean =>
  windows % SELDOM === 0 || (windows < SELDOM && (windows & (windows - 1)) === 0);

/** One strategy's account since the last window. */
class Totals {
  items = 0;
  signals = 0;
  errors = 0;
  totalMs = 0;
  maxMs = 0;
  error: string | undefined;

  constructor(readonly strategy: string) {}

  take(): StrategyTotals[number] {
    const { strategy, items, signals, errors, totalMs, maxMs, error } = this;
    this.items = this.signals = this.errors = 0;
    this.totalMs = this.maxMs = 0;
    this.error = undefined;
    const failure = error === undefined ? {} : { error };
    return { strategy, items, signals, errors, totalMs, maxMs, ...failure };
  }

  get isEmpty(): boolean {
    return this.items === 0 && this.signals === 0 && this.errors === 0;
  }
}

/** What one strategy worked on the bars of one interval, by the numbers of their symbols. */
interface Columns {
  readonly items: number[];
  readonly totalMs: number[];
}

/**
 * The accounts of all strategies. Each window has their totals; what they worked by symbol leaves more
 * seldom, and at the end: with 1,000 windows of 200 symbols it would be most of a journal.
 */
export class WorkLedger {
  readonly #totals: readonly Totals[];
  readonly #intervals: readonly string[];
  /** By strategy, then by interval. */
  readonly #columns: readonly (readonly Columns[])[];
  /** By the numbers that items have; and the numbers that events have, in order of first mention. */
  readonly #symbols: string[] = [];
  readonly #numbers: (number | undefined)[] = [];
  #mentioned = 0;
  #windows = 0;
  /** Work by symbol waits to leave. */
  #waits = false;

  constructor(strategies: readonly string[], intervals: readonly string[]) {
    this.#totals = strategies.map((name) => new Totals(name));
    this.#intervals = intervals;
    this.#columns = strategies.map(() => intervals.map(() => ({ items: [], totalMs: [] })));
  }

  /** A strategy was called with a bar, which took this many milliseconds. */
  onCall(strategy: number, interval: number, symbol: number, name: string, took: number): void {
    const totals = this.#totals[strategy] as Totals;
    totals.items += 1;
    totals.totalMs += took;
    if (took > totals.maxMs) totals.maxMs = took;
    const { items, totalMs } = this.#columns[strategy]?.[interval] as Columns;
    while (items.length <= symbol) {
      items.push(0);
      totalMs.push(0);
    }
    items[symbol] = (items[symbol] as number) + 1;
    totalMs[symbol] = (totalMs[symbol] as number) + took;
    this.#symbols[symbol] ??= name;
    this.#waits = true;
  }

  onSignal(strategy: number): void {
    (this.#totals[strategy] as Totals).signals += 1;
  }

  onError(strategy: number, cause: unknown): void {
    const totals = this.#totals[strategy] as Totals;
    totals.errors += 1;
    totals.error ??= causeText(cause);
  }

  /** What happened since the last flush, as at most one event. Symbols are numbers of all its names so far. */
  flush(at: number, kind: FlushKind): readonly WorkedEvent[] {
    if (kind === 'window') this.#windows += 1;
    const isWhole = kind === 'end' || (kind === 'window' && isDetailed(this.#windows));
    const hasColumns = isWhole && this.#waits;
    const changed = this.#totals.map((totals, index) => ({ totals, index }));
    const reported = hasColumns ? changed : changed.filter(({ totals }) => !totals.isEmpty);
    if (reported.length === 0) return [];
    const columns = hasColumns ? this.#takeColumns() : NO_COLUMNS;
    return [
      { type: 'worked', at, totals: reported.map(({ totals }) => totals.take()), ...columns },
    ];
  }

  #takeColumns(): Omit<WorkedEvent, 'type' | 'at' | 'totals'> {
    this.#waits = false;
    const rows = { strategies: [], ofIntervals: [], symbols: [], items: [], totalMs: [] } as Record<
      'strategies' | 'ofIntervals' | 'symbols' | 'items' | 'totalMs',
      number[]
    >;
    const names: string[] = [];
    for (const [strategy, ofStrategy] of this.#columns.entries()) {
      for (const [interval, { items, totalMs }] of ofStrategy.entries()) {
        for (let symbol = 0; symbol < items.length; symbol += 1) {
          const count = items[symbol] as number;
          if (count === 0) continue;
          rows.strategies.push(strategy);
          rows.ofIntervals.push(interval);
          rows.symbols.push(this.#mention(symbol, names));
          rows.items.push(count);
          rows.totalMs.push(rounded(totalMs[symbol] as number));
          items[symbol] = 0;
          totalMs[symbol] = 0;
        }
      }
    }
    return {
      ...rows,
      names,
      intervals: this.#intervals,
      strategies: nothingIfZero(rows.strategies),
      ofIntervals: nothingIfZero(rows.ofIntervals),
      totalMs: nothingIfZero(rows.totalMs),
    };
  }

  #mention(symbol: number, names: string[]): number {
    let number = this.#numbers[symbol];
    if (number === undefined) {
      number = this.#mentioned;
      this.#mentioned += 1;
      this.#numbers[symbol] = number;
      names.push(this.#symbols[symbol] as string);
    }
    return number;
  }
}

const NO_COLUMNS = {
  names: [],
  intervals: [],
  symbols: [],
  strategies: [],
  ofIntervals: [],
  items: [],
  totalMs: [],
};
