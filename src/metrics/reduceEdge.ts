import type { EdgeEvent, EdgeEventType } from '../../operators/events';
import type { EdgeName } from '../../streams/events';
import { UnknownEventError } from './increment';
import { isEdgeName } from './edges';
import { valueOf, withValue, type PersistentMap } from './persistentMap';
import { MAX_COUNT, plus } from './saturating';
import type { EdgeState, MetricsState, SymbolTally } from './state';

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

function withSymbol(
  tallies: PersistentMap<SymbolTally>,
  event: EdgeEvent,
): PersistentMap<SymbolTally> {
  const { type, key } = event;
  if (key === undefined || (type !== 'delivered' && type !== 'backpressure')) return tallies;
  const before = valueOf(tallies, key) ?? noTally;
  const behind = type === 'backpressure' ? plus(before.behind, behindOf(event)) : before.behind;
  const after = { ...before, [type]: plus(before[type], event.count), behind };
  return withValue(tallies, key, Object.freeze(after));
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

/**
 * The state after something happened to items on an edge. By hand, not with immer: with many symbols
 * nearly all events are of this kind.
 */
export function edgeEvent(state: MetricsState, event: EdgeEvent): MetricsState {
  if (!isEdgeName(event.edge)) throw new UnknownEventError(`an event of the edge "${event.edge}"`);
  const name: EdgeName = event.edge;
  const counter = COUNTER_OF[event.type];
  const before = state.edges[name];
  const count = plus(before[counter], event.count);
  const after: EdgeState = {
    ...before,
    ...partsAfter(before, event, state.run.mode),
    [counter]: count,
    bySymbol: withSymbol(before.bySymbol, event),
  };
  const isFull = count === MAX_COUNT && before[counter] < MAX_COUNT;
  return Object.freeze({
    ...state,
    at: Math.max(state.at, event.at),
    edges: Object.freeze({ ...state.edges, [name]: Object.freeze(after) }),
    saturated: isFull
      ? Object.freeze([...state.saturated, Object.freeze({ counter: `edge.${counter}`, of: name })])
      : state.saturated,
  });
}
