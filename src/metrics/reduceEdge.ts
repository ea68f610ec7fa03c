import type { EdgeEvent, EdgeEventType } from '../../operators/events';
import type { EdgeName, Mode, PipelineEvent } from '../../streams/events';
import type { PendingEntries } from './pendingEntries';
import { MAX_COUNT, plus } from './saturating';
import type { EdgeState, Saturated, SymbolTally } from './state';
import type { Mutable, StateDraft } from './stateDraft';

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

/** Adds to one of an edge's counters; whether that is full now. */
function addCount(
  edge: Mutable<EdgeState>,
  type: EdgeEventType,
  count: number,
  mode: Mode,
): boolean {
  const counter = COUNTER_OF[type];
  const before = edge[counter];
  const after = (edge[counter] = plus(before, count));
  if (type === 'delivered' && mode === 'clock') {
    edge.clockDelivered = plus(edge.clockDelivered, count);
  }
  return after === MAX_COUNT && before < MAX_COUNT;
}

/** Adds an event to an edge, but for its symbols; whether the event's counter is full now. */
export function addEvent(edge: Mutable<EdgeState>, event: EdgeEvent, mode: Mode): boolean {
  const { type, count } = event;
  if (type === 'backpressure') {
    const behind = behindOf(event);
    edge.burst = plus(edge.burst, event.burst ?? count - behind);
    edge.behind = plus(edge.behind, behind);
  }
  return addCount(edge, type, count, mode);
}

function noteFull(draft: StateDraft, edge: EdgeName, type: EdgeEventType): void {
  const saturated: Saturated = { counter: `edge.${COUNTER_OF[type]}`, of: edge };
  draft.append(draft.root, 'saturated', [Object.freeze(saturated)]);
}

function talliesOf(draft: StateDraft, edge: Mutable<EdgeState>): PendingEntries<SymbolTally> {
  return draft.entries(edge, edge.bySymbol, (map) => {
    edge.bySymbol = map;
  });
}

/** As many symbols as an exporter may name. */
const FIRST_PRESSED = 256;

/** A symbol's backpressure events; the first ones that begin to have some are named in order. */
function addPressed(
  draft: StateDraft,
  edge: Mutable<EdgeState>,
  tally: Mutable<SymbolTally>,
  symbol: string,
  { count, behind }: { readonly count: number; readonly behind: number },
): void {
  if (tally.backpressure === 0n && count > 0 && edge.firstPressed.length < FIRST_PRESSED) {
    draft.append(edge, 'firstPressed', [symbol]);
  }
  tally.backpressure = plus(tally.backpressure, count);
  tally.behind = plus(tally.behind, behind);
}

/** Something happened to items on an edge. */
export function addEdgeEvent(draft: StateDraft, event: EdgeEvent): void {
  const { type, count, key } = event;
  const edge = draft.edge(event.edge);
  if (addEvent(edge, event, draft.root.run.mode)) noteFull(draft, event.edge, type);
  if (key === undefined || (type !== 'delivered' && type !== 'backpressure')) return;
  const tally = talliesOf(draft, edge).own(key, noTally);
  if (type === 'delivered') tally.delivered = plus(tally.delivered, count);
  else addPressed(draft, edge, tally, key, { count, behind: behindOf(event) });
}

type CountsEvent = Extract<PipelineEvent, { readonly type: 'counts' }>;

const sum = (column: readonly number[]): number =>
  column.reduce((total, count) => total + count, 0);

/** What happened to items of many symbols on an edge. */
export function addEdgeColumns(draft: StateDraft, event: CountsEvent): void {
  const { edge: name, symbols, delivered, backpressure, burst } = event;
  const edge = draft.edge(name);
  const totals = {
    delivered: sum(delivered),
    backpressure: sum(backpressure),
    overrun: event.overruns,
    dropped: event.dropped,
    discarded: event.discarded,
  };
  for (const type of Object.keys(COUNTER_OF) as EdgeEventType[]) {
    if (totals[type] === 0) continue;
    if (addCount(edge, type, totals[type], draft.root.run.mode)) noteFull(draft, name, type);
  }
  const bursts = sum(burst);
  edge.burst = plus(edge.burst, bursts);
  edge.behind = plus(edge.behind, totals.backpressure - bursts);
  draft.append(draft.own(draft.root, 'market'), 'names', event.names);
  const { names } = draft.root.market;
  const tallies = talliesOf(draft, edge);
  for (let row = 0; row < delivered.length; row += 1) {
    const number = symbols?.[row] ?? row;
    const symbol = names[number] ?? '';
    const tally = tallies.ownNumbered(number, symbol, noTally);
    tally.delivered = plus(tally.delivered, delivered[row] as number);
    const pressed = backpressure[row] ?? 0;
    if (pressed === 0) continue;
    const parts = { count: pressed, behind: pressed - (burst[row] ?? 0) };
    addPressed(draft, edge, tally, symbol, parts);
  }
}
