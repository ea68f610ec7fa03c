import type { EdgeEvent } from '../../operators/events';
import { FEW_KEYS } from '../../operators/kernel/edgeEventBatcher';
import type { KeyCounts } from '../../operators/kernel/edgeEventBatcher';
import type { EdgeName, PipelineEvent } from '../events';

type StrategyEvent = Extract<PipelineEvent, { readonly type: 'strategy' }>;
type CountsEvent = Extract<PipelineEvent, { readonly type: 'counts' }>;
type WorkedEvent = Extract<PipelineEvent, { readonly type: 'worked' }>;

const isEdgeEvent = (event: PipelineEvent): event is EdgeEvent =>
  'edge' in event && 'count' in event && !('buckets' in event);

/** A column of nothing but zeros is empty. */
const nothingIfZero = (column: readonly number[]): readonly number[] =>
  column.some((value) => value !== 0) ? column : [];

/** The first symbols of all, in order, need no numbers. */
const symbolsOf = (symbols: readonly number[]): { readonly symbols?: readonly number[] } =>
  symbols.every((symbol, row) => symbol === row) ? {} : { symbols };

/** Nanoseconds are exact enough, and short. */
const rounded = (ms: number): number => Math.round(ms * 1e6) / 1e6;

/** What happened to items of many symbols on one edge, in columns that have a row for each symbol. */
class EdgeColumns {
  symbols: number[] = [];
  delivered: number[] = [];
  backpressure: number[] = [];
  burst: number[] = [];
  overruns = 0;
  dropped = 0;
  discarded = 0;
  /** By a symbol's number, one more than its row; 0 where it has none. */
  readonly #rows: number[] = [];

  add(symbol: number, delivered: number, backpressure: number, burst: number): void {
    while (this.#rows.length <= symbol) this.#rows.push(0);
    const row = (this.#rows[symbol] as number) - 1;
    if (row >= 0) {
      this.delivered[row] = (this.delivered[row] as number) + delivered;
      this.backpressure[row] = (this.backpressure[row] as number) + backpressure;
      this.burst[row] = (this.burst[row] as number) + burst;
      return;
    }
    this.#rows[symbol] = this.symbols.push(symbol);
    this.delivered.push(delivered);
    this.backpressure.push(backpressure);
    this.burst.push(burst);
  }

  get isEmpty(): boolean {
    return this.symbols.length === 0 && this.overruns + this.dropped + this.discarded === 0;
  }

  /** As an event; begins anew. */
  take(edge: EdgeName, names: readonly string[], at: number): CountsEvent {
    const { symbols, delivered, backpressure, burst, overruns, dropped, discarded } = this;
    for (const symbol of symbols) this.#rows[symbol] = 0;
    this.symbols = [];
    this.delivered = [];
    this.backpressure = [];
    this.burst = [];
    this.overruns = this.dropped = this.discarded = 0;
    return {
      type: 'counts',
      at,
      edge,
      names,
      ...symbolsOf(symbols),
      delivered,
      backpressure: nothingIfZero(backpressure),
      burst: nothingIfZero(burst),
      overruns,
      dropped,
      discarded,
    };
  }
}

/**
 * Puts what a window says of many symbols into one event an edge, and one for all strategies, in
 * columns. Symbols are named once: columns refer to them by number.
 */
export class WindowColumns {
  readonly #numbers = new Map<string, number>();
  #names: string[] = [];
  readonly #edges = new Map<EdgeName, EdgeColumns>();

  /** What many symbols counted on an edge: to leave with the next events. */
  add(edge: EdgeName, counts: readonly KeyCounts[]): void {
    const columns = this.#edge(edge);
    for (const {
      key = '',
      delivered,
      backpressure,
      burst,
      overrun,
      dropped,
      discarded,
    } of counts) {
      if (delivered > 0 || backpressure > 0) {
        columns.add(this.#numberOf(key), delivered, backpressure, burst);
      }
      columns.overruns += overrun;
      columns.dropped += dropped;
      columns.discarded += discarded;
    }
  }

  /** The same events, those of many symbols together; the others keep their order. */
  compact(events: readonly PipelineEvent[], at: number): readonly PipelineEvent[] {
    const counts = events.filter(isEdgeEvent);
    const strategies = events.filter((event) => event.type === 'strategy');
    const begun = [...this.#edges.values()].some(({ isEmpty }) => !isEmpty);
    const isMany = counts.length > FEW_KEYS || begun;
    const isMuch = strategies.length > FEW_KEYS;
    if (!isMany && !isMuch) return events;
    const others = events.filter(
      (event) => !(isMany && isEdgeEvent(event)) && !(isMuch && event.type === 'strategy'),
    );
    return [
      ...(isMany ? this.#counts(counts, at) : []),
      ...others,
      ...(isMuch ? [this.#worked(strategies, at)] : []),
    ];
  }

  #counts(events: readonly EdgeEvent[], at: number): readonly CountsEvent[] {
    for (const { edge, type, key = '', count, burst = 0 } of events) {
      const columns = this.#edge(edge);
      if (type === 'delivered') columns.add(this.#numberOf(key), count, 0, 0);
      else if (type === 'backpressure') columns.add(this.#numberOf(key), 0, count, burst);
      else columns[type === 'overrun' ? 'overruns' : type] += count;
    }
    // Edges end in an order of their own.
    const names = [...this.#edges.keys()].sort();
    return names.flatMap((edge) => {
      const columns = this.#edge(edge);
      return columns.isEmpty ? [] : [columns.take(edge, this.#newNames(), at)];
    });
  }

  #edge(name: EdgeName): EdgeColumns {
    let columns = this.#edges.get(name);
    if (columns === undefined) this.#edges.set(name, (columns = new EdgeColumns()));
    return columns;
  }

  #worked(events: readonly StrategyEvent[], at: number): WorkedEvent {
    const intervals = [...new Set(events.map(({ interval }) => interval))];
    const totals = new Map<string, StrategyEvent>();
    for (const event of events) {
      const before = totals.get(event.strategy);
      totals.set(event.strategy, before === undefined ? event : plus(before, event));
    }
    const strategies = [...totals.keys()];
    return {
      type: 'worked',
      at,
      totals: [...totals.values()].map(
        ({ strategy, items, signals, errors, totalMs, maxMs, error }) => ({
          strategy,
          items,
          signals,
          errors,
          totalMs,
          maxMs,
          ...(error === undefined ? {} : { error }),
        }),
      ),
      intervals,
      // Numbered before the names that are new are reported.
      ...symbolsOf(events.map(({ symbol }) => this.#numberOf(symbol))),
      names: this.#newNames(),
      strategies: nothingIfZero(events.map(({ strategy }) => strategies.indexOf(strategy))),
      ofIntervals: nothingIfZero(events.map(({ interval }) => intervals.indexOf(interval))),
      items: events.map(({ items }) => items),
      totalMs: nothingIfZero(events.map(({ totalMs }) => rounded(totalMs))),
    };
  }

  #numberOf(name: string): number {
    let number = this.#numbers.get(name);
    if (number === undefined) {
      number = this.#numbers.size;
      this.#numbers.set(name, number);
      this.#names.push(name);
    }
    return number;
  }

  #newNames(): readonly string[] {
    const names = this.#names;
    this.#names = [];
    return names;
  }
}

function plus(a: StrategyEvent, b: StrategyEvent): StrategyEvent {
  const error = a.error ?? b.error;
  return {
    ...a,
    items: a.items + b.items,
    signals: a.signals + b.signals,
    errors: a.errors + b.errors,
    totalMs: a.totalMs + b.totalMs,
    maxMs: Math.max(a.maxMs, b.maxMs),
    ...(error === undefined ? {} : { error }),
  };
}
