import type { EdgeName } from '../../streams/events';
import { named } from '../../streams/topology';
import { entriesOf, initialState } from '../metrics';
import type { MetricsState } from '../metrics';
import { valueOf } from '../metrics/persistentMap';
import type { Heat } from './protocol';
import { thinned } from './timeline';
import type { Mark } from './mark';

/** Rows and columns that fit on a screen. */
export const MOST_SYMBOLS = 50;
const MOST_COLUMNS = 120;

const descending = (a: bigint, b: bigint): number => (a < b ? 1 : a > b ? -1 : 0);

/** The symbols of an edge with most *behind* events, then most events, then most deliveries. */
export function topSymbols(state: MetricsState, edge: EdgeName): string[] {
  return entriesOf(named(state.edges, edge).bySymbol)
    .sort(
      ([nameOfA, a], [nameOfB, b]) =>
        descending(a.behind, b.behind) ||
        descending(a.backpressure, b.backpressure) ||
        descending(a.delivered, b.delivered) ||
        (nameOfA < nameOfB ? -1 : 1),
    )
    .slice(0, MOST_SYMBOLS)
    .map(([symbol]) => symbol);
}

/** *Behind* events and deliveries of an edge, by symbol and time. */
export function heatOf(marks: readonly Mark[], edge: EdgeName): Heat {
  const columns = thinned(marks, MOST_COLUMNS);
  const last = columns.at(-1)?.state ?? initialState;
  const symbols = edge in last.edges ? topSymbols(last, edge) : [];
  const ends = [initialState, ...columns.map(({ state }) => state)];
  /** Per column, what one counter of a symbol or of the whole edge grew by. */
  const growth = (read: (state: MetricsState) => bigint): number[] =>
    ends.slice(1).map((state, i) => Number(read(state) - read(ends[i] ?? initialState)));
  const rows = (counter: 'delivered' | 'behind'): number[][] => {
    const named = symbols.map((symbol) =>
      growth(({ edges }) => valueOf(edges[edge]?.bySymbol ?? NOTHING, symbol)?.[counter] ?? 0n),
    );
    const all = growth(({ edges }) => edges[edge]?.[counter] ?? 0n);
    const rest = all.map((total, i) => named.reduce((left, row) => left - (row[i] ?? 0), total));
    return [...named, rest];
  };
  return {
    edge,
    symbols,
    to: columns.map(({ to }) => to / 1000),
    delivered: rows('delivered'),
    behind: rows('behind'),
  };
}

const NOTHING = { leaf: [], values: [] } as const;
