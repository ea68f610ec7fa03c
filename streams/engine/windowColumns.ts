import type { EdgeEvent } from '../../operators/events';
import type { PipelineEvent } from '../events';

type StrategyEvent = Extract<PipelineEvent, { readonly type: 'strategy' }>;
type CountsEvent = Extract<PipelineEvent, { readonly type: 'counts' }>;
type WorkedEvent = Extract<PipelineEvent, { readonly type: 'worked' }>;

/** So few are reported one by one. */
const FEW = 4;

const isEdgeEvent = (event: PipelineEvent): event is EdgeEvent =>
  'edge' in event && 'count' in event && !('buckets' in event);

/** A column of nothing but zeros is empty. */
const nothingIfZero = (column: readonly number[]): readonly number[] =>
  column.some((value) => value !== 0) ? column : [];

/** The first symbols of all, in order, need no numbers: `firstOf` says in which row a group begins that has them anew. */
const symbolsOf = (
  symbols: readonly number[],
  firstOf: (row: number) => number = () => 0,
): { readonly symbols?: readonly number[] } =>
  symbols.every((symbol, row) => symbol === row - firstOf(row)) ? {} : { symbols };

/** Nanoseconds are exact enough, and short. */
const rounded = (ms: number): number => Math.round(ms * 1e6) / 1e6;

/** In which row the rows of a row's strategy and interval begin. */
function groupsOf(
  rows: readonly { readonly strategy: number; readonly interval: number }[],
): (row: number) => number {
  const firsts: number[] = [];
  for (const [row, { strategy, interval }] of rows.entries()) {
    const before = rows[row - 1];
    const goesOn = before?.strategy === strategy && before.interval === interval;
    firsts.push(goesOn ? (firsts[row - 1] as number) : row);
  }
  return (row) => firsts[row] as number;
}

/**
 * Puts what a window says of many symbols into one event an edge, and one for all strategies, in
 * columns. Symbols are named once: columns refer to them by number.
 */
export class WindowColumns {
  readonly #numbers = new Map<string, number>();
  #names: string[] = [];

  /** The same events, those of many symbols together; the others keep their order. */
  compact(events: readonly PipelineEvent[], at: number): readonly PipelineEvent[] {
    const counts = events.filter(isEdgeEvent);
    const strategies = events.filter((event) => event.type === 'strategy');
    const isMany = counts.length > FEW;
    const isMuch = strategies.length > FEW;
    if (!isMany && !isMuch) return events;
    const others = events.filter(
      (event) => !(isMany && isEdgeEvent(event)) && !(isMuch && event.type === 'strategy'),
    );
    // Edges end in an order of their own.
    const edges = isMany ? [...new Set(counts.map(({ edge }) => edge))].sort() : [];
    return [
      ...edges.map((edge) =>
        this.#counts(
          counts.filter((event) => event.edge === edge),
          edge,
          at,
        ),
      ),
      ...others,
      ...(isMuch ? [this.#worked(strategies, at)] : []),
    ];
  }

  #counts(events: readonly EdgeEvent[], edge: CountsEvent['edge'], at: number): CountsEvent {
    const rows = new Map<number, { delivered: number; backpressure: number; burst: number }>();
    const others = { overrun: 0, dropped: 0, discarded: 0 };
    for (const { type, key = '', count, burst = 0 } of events) {
      if (type !== 'delivered' && type !== 'backpressure') {
        others[type] += count;
        continue;
      }
      const number = this.#numberOf(key);
      const row = rows.get(number) ?? { delivered: 0, backpressure: 0, burst: 0 };
      rows.set(number, row);
      row[type] += count;
      if (type === 'backpressure') row.burst += burst;
    }
    const columns = [...rows.values()];
    return {
      type: 'counts',
      at,
      edge,
      names: this.#newNames(),
      ...symbolsOf([...rows.keys()]),
      delivered: columns.map(({ delivered }) => delivered),
      backpressure: nothingIfZero(columns.map(({ backpressure }) => backpressure)),
      burst: nothingIfZero(columns.map(({ burst }) => burst)),
      overruns: others.overrun,
      dropped: others.dropped,
      discarded: others.discarded,
    };
  }

  #worked(events: readonly StrategyEvent[], at: number): WorkedEvent {
    const intervals = [...new Set(events.map(({ interval }) => interval))];
    const totals = new Map<string, StrategyEvent>();
    for (const event of events) {
      const before = totals.get(event.strategy);
      totals.set(event.strategy, before === undefined ? event : plus(before, event));
    }
    const strategies = [...totals.keys()];
    const rows = events
      .map(({ strategy, interval, symbol, items, totalMs }) => ({
        strategy: strategies.indexOf(strategy),
        interval: intervals.indexOf(interval),
        symbol: this.#numberOf(symbol),
        items,
        totalMs: rounded(totalMs),
      }))
      .sort((a, b) => a.strategy - b.strategy || a.interval - b.interval || a.symbol - b.symbol);
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
      ...symbolsOf(
        rows.map(({ symbol }) => symbol),
        groupsOf(rows),
      ),
      names: this.#newNames(),
      strategies: nothingIfZero(rows.map(({ strategy }) => strategy)),
      ofIntervals: nothingIfZero(rows.map(({ interval }) => interval)),
      items: rows.map(({ items }) => items),
      totalMs: nothingIfZero(rows.map(({ totalMs }) => totalMs)),
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
