import type { PipelineEvent } from '../../streams/events';
import { addEdgeColumns, addEdgeEvent } from './reduceEdge';
import { addEvidence } from './reduceEvidence';
import {
  feedConnected,
  feedCounted,
  feedDisconnected,
  feedGapFound,
  feedSkewJumped,
  feedUnrecorded,
} from './reduceFeed';
import {
  conditionsKnown,
  finished,
  handedOver,
  held,
  ingested,
  ledIn,
  modeChanged,
  paused,
  resumed,
  speedChanged,
  speedsKnown,
  started,
  timeSpent,
} from './reduceRun';
import { lateness, served, trailing, windowClosed } from './reduceStage';
import { strategiesWorked, strategyWorked } from './reduceStrategy';
import type { MetricsState } from './state';
import { StateDraft } from './stateDraft';
import { UnknownEventError } from './unknownEventError';

type EventType = PipelineEvent['type'];

/** How each type of event is added to a state. */
const REDUCERS: {
  readonly [T in EventType]: (
    draft: StateDraft,
    event: Extract<PipelineEvent, { readonly type: T }>,
  ) => void;
} = {
  delivered: addEdgeEvent,
  backpressure: addEdgeEvent,
  overrun: addEdgeEvent,
  dropped: addEdgeEvent,
  discarded: addEdgeEvent,
  counts: addEdgeColumns,
  served,
  lateness,
  trailing,
  evidence: addEvidence,
  strategy: strategyWorked,
  worked: strategiesWorked,
  window: windowClosed,
  ingested,
  feed: feedCounted,
  connected: feedConnected,
  disconnected: feedDisconnected,
  gap: feedGapFound,
  skew: feedSkewJumped,
  unrecorded: feedUnrecorded,
  spent: timeSpent,
  handedOver,
  conditions: conditionsKnown,
  speeds: speedsKnown,
  started,
  mode: modeChanged,
  speed: speedChanged,
  paused,
  resumed,
  // For readers of the journal; the market time that is shown advances without it.
  skipped: () => undefined,
  leadIn: ledIn,
  held,
  finished,
};

/** Throws `UnknownEventError` for an event that is not of a run with this state's stages and edges. */
export function checkKnown({ edges }: MetricsState, event: PipelineEvent): void {
  if (!Object.hasOwn(REDUCERS, event.type)) {
    throw new UnknownEventError(`an event of type "${event.type}"`);
  }
  if ('edge' in event && !Object.hasOwn(edges, event.edge)) {
    throw new UnknownEventError(`an event of the edge "${event.edge}"`);
  }
}

function add(draft: StateDraft, event: PipelineEvent): void {
  checkKnown(draft.root, event);
  if (event.at > draft.root.at) draft.root.at = event.at;
  (REDUCERS[event.type] as (draft: StateDraft, event: PipelineEvent) => void)(draft, event);
}

/**
 * The state after one more event. Pure; the result is frozen and shares with `state` what did not
 * change. Throws `UnknownEventError` for what no pipeline of this version emits, and `RangeError`
 * for a count that is no whole number.
 */
export function reduce(state: MetricsState, event: PipelineEvent): MetricsState {
  const draft = new StateDraft(state);
  add(draft, event);
  return draft.finish();
}

/** The state after many events: the same as after one after another, sooner. */
export function reduceAll(state: MetricsState, events: readonly PipelineEvent[]): MetricsState {
  if (events.length === 0) return state;
  const draft = new StateDraft(state);
  for (const event of events) add(draft, event);
  return draft.finish();
}
