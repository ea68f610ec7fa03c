import type { EdgeEvent } from '../../operators/events';
import { FEW_KEYS } from '../../operators/kernel/edgeEventBatcher';
import type { KeyCounts } from '../../operators/kernel/edgeEventBatcher';
import type { EdgeName, PipelineEvent } from '../events';

type CountsEvent = Extract<PipelineEvent, { readonly type: 'counts' }>;
type WorkedEvent = Extract<PipelineEvent, { readonly type: 'worked' }>;

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

/** In which row the rows of a row's strategy and interval begin. */
function groupsOf({ items, strategies, ofIntervals }: WorkedEvent): (row: number) => number {
  let first = 0;
  const firsts = items.map((_, row) => {
    const goesOn = strategies[row] === strategies[first] && ofIntervals[row] === ofIntervals[first];
    if (!goesOn) first = row;
    return first;
  });
  return (row) => firsts[row] as number;
}

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
  /** By the numbers that `worked` events come with. */
  readonly #worked: number[] = [];

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
    const begun = [...this.#edges.values()].some(({ isEmpty }) => !isEmpty);
    const isMany = counts.length > FEW_KEYS || begun;
    const others = isMany ? events.filter((event) => !isEdgeEvent(event)) : events;
    const all = others.map((event) => (event.type === 'worked' ? this.#renumbered(event) : event));
    return isMany ? [...this.#counts(counts, at), ...all] : all;
  }

  /** Replaces the event's symbol numbers by those that all columns share. */
  #renumbered(event: WorkedEvent): WorkedEvent {
    for (const name of event.names) this.#worked.push(this.#numberOf(name));
    const { symbols = [], ...others } = event;
    const numbers = symbols.map((symbol) => this.#worked[symbol] as number);
    return { ...others, names: this.#newNames(), ...symbolsOf(numbers, groupsOf(event)) };
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
