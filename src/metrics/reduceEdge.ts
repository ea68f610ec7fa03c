import type { Draft } from 'immer';
import type { EdgeEvent, EdgeEventType } from '../../operators/events';
import type { EdgeName } from '../../streams/events';
import { increment, UnknownEventError } from './increment';
import { isEdgeName } from './edges';
import { valueOf, withValue, type PersistentMap } from './persistentMap';
import { plus } from './saturating';
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

function countParts(edge: Draft<EdgeState>, event: EdgeEvent, mode: string): void {
  if (event.type === 'delivered') {
    edge.open.arrivals = plus(edge.open.arrivals, event.count);
    if (mode === 'clock') edge.clockDelivered = plus(edge.clockDelivered, event.count);
  } else if (event.type === 'backpressure') {
    const behind = behindOf(event);
    edge.burst = plus(edge.burst, event.burst ?? event.count - behind);
    edge.behind = plus(edge.behind, behind);
    edge.open.behind = plus(edge.open.behind, behind);
  }
}

/** Something happened to items on an edge. */
export function edgeEvent(
  draft: Draft<MetricsState>,
  event: EdgeEvent,
  before: MetricsState,
): void {
  if (!isEdgeName(event.edge)) throw new UnknownEventError(`an event of the edge "${event.edge}"`);
  const name: EdgeName = event.edge;
  const counter = COUNTER_OF[event.type];
  const edge = draft.edges[name];
  edge[counter] = increment(
    draft,
    `edge.${counter}`,
    before.edges[name][counter],
    event.count,
    name,
  );
  countParts(edge, event, before.run.mode);
  edge.bySymbol = withSymbol(before.edges[name].bySymbol, event);
}
