import type { Draft } from 'immer';
import type { EdgeEvent, EdgeEventType } from '../../operators/events';
import type { EdgeName, PipelineEvent } from '../../streams/events';
import { entryOf, increment } from './increment';
import { valueOf, withValue, withValues } from './persistentMap';
import { MAX_COUNT, plus } from './saturating';
import type { EdgeState, MetricsState, Saturated, SymbolTally } from './state';

const COUNTER_OF = {
  delivered: 'delivered',
  backpressure: 'backpressure',
  overrun: 'overruns',
  dropped: 'dropped',
  discarded: 'discarded',
} as const satisfies Record<EdgeEventType, keyof EdgeState>;

const noTally: SymbolTally = Object.freeze({ delivered: 0n, backpressure: 0n, behind: 0n });

/** An event that says nothing of due times is *behind* altogether. */
const behindOf = (event: EdgeEvent): number => event.behind ?? event.count - (event.burst ?? 0);

type CountedEvent = EdgeEvent & {
  readonly key: string;
  readonly type: 'delivered' | 'backpressure';
};

/** Whether the event counts for a symbol. */
const isOfSymbol = (event: EdgeEvent): event is CountedEvent =>
  event.key !== undefined && (event.type === 'delivered' || event.type === 'backpressure');

function tallyAfter(before: SymbolTally, event: CountedEvent): SymbolTally {
  const { type, count } = event;
  const behind = type === 'backpressure' ? plus(before.behind, behindOf(event)) : before.behind;
  return Object.freeze({ ...before, [type]: plus(before[type], count), behind });
}

/** As many symbols as an exporter may name. */
const FIRST_PRESSED = 256;

/** The symbols that began to have backpressure events first, after one symbol's count. */
function firstPressedAfter(
  first: readonly string[],
  symbol: string,
  before: SymbolTally,
  after: SymbolTally,
): readonly string[] {
  const begins = before.backpressure === 0n && after.backpressure > 0n;
  if (!begins || first.length >= FIRST_PRESSED) return first;
  return Object.freeze([...first, symbol]);
}

function withSymbol(
  edge: EdgeState,
  event: EdgeEvent,
): Pick<EdgeState, 'bySymbol' | 'firstPressed'> {
  const { bySymbol, firstPressed } = edge;
  if (!isOfSymbol(event)) return { bySymbol, firstPressed };
  const before = valueOf(bySymbol, event.key) ?? noTally;
  const after = tallyAfter(before, event);
  return {
    bySymbol: withValue(bySymbol, event.key, after),
    firstPressed: firstPressedAfter(firstPressed, event.key, before, after),
  };
}

/** What a delivery or a backpressure event is besides one of its kind. */
function partsAfter(edge: EdgeState, event: EdgeEvent, mode: string): Partial<EdgeState> {
  const { open } = edge;
  if (event.type === 'delivered') {
    const arrivals = plus(open.arrivals, event.count);
    return {
      open: Object.freeze({ arrivals, behind: open.behind }),
      ...(mode === 'clock' ? { clockDelivered: plus(edge.clockDelivered, event.count) } : {}),
    };
  }
  if (event.type !== 'backpressure') return {};
  const behind = behindOf(event);
  return {
    burst: plus(edge.burst, event.burst ?? event.count - behind),
    behind: plus(edge.behind, behind),
    open: Object.freeze({ arrivals: open.arrivals, behind: plus(open.behind, behind) }),
  };
}

/** An edge after an event, but for its symbols; and whether the event's counter is full now. */
export function countersAfter(
  before: EdgeState,
  event: EdgeEvent,
  mode: string,
): { readonly after: EdgeState; readonly isFull: boolean } {
  const counter = COUNTER_OF[event.type];
  const count = plus(before[counter], event.count);
  return {
    after: { ...before, ...partsAfter(before, event, mode), [counter]: count },
    isFull: count === MAX_COUNT && before[counter] < MAX_COUNT,
  };
}

const saturation = (event: EdgeEvent): Saturated =>
  Object.freeze({ counter: `edge.${COUNTER_OF[event.type]}`, of: event.edge });

/**
 * The state after something happened to items on an edge. By hand, not with immer: with many symbols
 * nearly all events are of this kind.
 */
export function edgeEvent(state: MetricsState, event: EdgeEvent): MetricsState {
  const { edge: name } = event;
  const before = entryOf(state.edges, name, 'edge');
  const { after, isFull } = countersAfter(before, event, state.run.mode);
  const edge = Object.freeze({ ...after, ...withSymbol(before, event) });
  return Object.freeze({
    ...state,
    at: Math.max(state.at, event.at),
    edges: Object.freeze({ ...state.edges, [name]: edge }),
    saturated: isFull ? Object.freeze([...state.saturated, saturation(event)]) : state.saturated,
  });
}

/** The state after many of them: what they touch is copied once. */
export function edgeEvents(state: MetricsState, events: readonly EdgeEvent[]): MetricsState {
  const edges = new Map<EdgeName, EdgeState>();
  const tallies = new Map<EdgeName, Map<string, SymbolTally>>();
  const saturated = [...state.saturated];
  let { at } = state;
  for (const event of events) {
    const { edge: name } = event;
    const { after, isFull } = countersAfter(
      edges.get(name) ?? entryOf(state.edges, name, 'edge'),
      event,
      state.run.mode,
    );
    edges.set(name, after);
    if (isFull) saturated.push(saturation(event));
    at = Math.max(at, event.at);
    if (!isOfSymbol(event)) continue;
    const ofEdge = tallies.get(name) ?? new Map<string, SymbolTally>();
    tallies.set(name, ofEdge);
    const before = ofEdge.get(event.key) ?? valueOf(after.bySymbol, event.key) ?? noTally;
    const tally = tallyAfter(before, event);
    ofEdge.set(event.key, tally);
    const firstPressed = firstPressedAfter(after.firstPressed, event.key, before, tally);
    if (firstPressed !== after.firstPressed) edges.set(name, { ...after, firstPressed });
  }
  const all = { ...state.edges };
  for (const [name, edge] of edges) {
    const bySymbol = withValues(edge.bySymbol, tallies.get(name) ?? new Map<string, SymbolTally>());
    all[name] = Object.freeze({ ...edge, bySymbol });
  }
  return Object.freeze({
    ...state,
    at,
    edges: Object.freeze(all),
    saturated:
      saturated.length === state.saturated.length ? state.saturated : Object.freeze(saturated),
  });
}

type CountsEvent = Extract<PipelineEvent, { readonly type: 'counts' }>;

const sum = (column: readonly number[]): number =>
  column.reduce((total, count) => total + count, 0);

/** What happened to items of many symbols on an edge. */
export function edgeCounts(
  draft: Draft<MetricsState>,
  event: CountsEvent,
  before: MetricsState,
): void {
  const { edge: name, symbols, delivered, backpressure, burst } = event;
  const was = entryOf(before.edges, name, 'edge');
  const edge = entryOf(draft.edges, name, 'edge');
  const totals = {
    delivered: sum(delivered),
    backpressure: sum(backpressure),
    overruns: event.overruns,
    dropped: event.dropped,
    discarded: event.discarded,
  };
  for (const counter of Object.values(COUNTER_OF)) {
    if (totals[counter] === 0) continue;
    edge[counter] = increment(draft, `edge.${counter}`, was[counter], totals[counter], name);
  }
  const bursts = sum(burst);
  const behind = totals.backpressure - bursts;
  if (before.run.mode === 'clock') edge.clockDelivered = plus(was.clockDelivered, totals.delivered);
  edge.burst = plus(was.burst, bursts);
  edge.behind = plus(was.behind, behind);
  edge.open.arrivals = plus(was.open.arrivals, totals.delivered);
  edge.open.behind = plus(was.open.behind, behind);
  const names =
    event.names.length === 0 ? before.market.names : [...before.market.names, ...event.names];
  if (event.names.length > 0) draft.market.names = names as string[];
  const tallies = new Map<string, SymbolTally>();
  let { firstPressed } = was;
  for (const [row, count] of delivered.entries()) {
    const key = names[symbols?.[row] ?? row] ?? '';
    const tally = valueOf(was.bySymbol, key) ?? noTally;
    const pressed = backpressure[row] ?? 0;
    const after: SymbolTally = {
      delivered: plus(tally.delivered, count),
      backpressure: plus(tally.backpressure, pressed),
      behind: plus(tally.behind, pressed - (burst[row] ?? 0)),
    };
    tallies.set(key, Object.freeze(after));
    firstPressed = firstPressedAfter(firstPressed, key, tally, after);
  }
  if (firstPressed !== was.firstPressed) edge.firstPressed = firstPressed as string[];
  const bySymbol = withValues(was.bySymbol, tallies);
  edge.bySymbol = bySymbol as Draft<typeof bySymbol>;
}
