import { produce, type Draft } from 'immer';
import type { EdgeEventType } from '../../operators/events';
import type { PipelineEvent } from '../../streams/events';
import { UnknownEventError } from './increment';
import { edgeCounts, edgeEvent, edgeEvents } from './reduceEdge';
import { evidenceGathered } from './reduceEvidence';
import {
  conditionsKnown,
  finished,
  held,
  ingested,
  modeChanged,
  paused,
  resumed,
  speedChanged,
  speedsKnown,
  started,
} from './reduceRun';
import { lateness, served, trailing, windowClosed } from './reduceStage';
import { strategiesWorked, strategyWorked } from './reduceStrategy';
import type { MetricsState } from './state';

type EdgePipelineEvent = Extract<PipelineEvent, { readonly type: EdgeEventType }>;

function isEdgeEvent(event: PipelineEvent): event is EdgePipelineEvent {
  switch (event.type) {
    case 'delivered':
    case 'backpressure':
    case 'overrun':
    case 'dropped':
    case 'discarded':
      return true;
    default:
      return false;
  }
}

function apply(
  draft: Draft<MetricsState>,
  event: Exclude<PipelineEvent, EdgePipelineEvent>,
  before: MetricsState,
): void {
  switch (event.type) {
    case 'served':
      return served(draft, event, before);
    case 'lateness':
      return lateness(draft, event, before);
    case 'trailing':
      return trailing(draft, event, before);
    case 'strategy':
      return strategyWorked(draft, event, before);
    case 'conditions':
      return conditionsKnown(draft, event);
    case 'speeds':
      return speedsKnown(draft, event);
    case 'evidence':
      return evidenceGathered(draft, event, before);
    case 'counts':
      return edgeCounts(draft, event, before);
    case 'worked':
      return strategiesWorked(draft, event, before);
    case 'window':
      return windowClosed(draft, event, before);
    case 'ingested':
      return ingested(draft, event, before);
    case 'started':
      return started(draft, event);
    case 'mode':
      return modeChanged(draft, event, before);
    case 'speed':
      return speedChanged(draft, event, before);
    case 'paused':
      return paused(draft);
    case 'resumed':
      return resumed(draft);
    case 'held':
      return held(draft, event, before);
    case 'finished':
      return finished(draft, event);
    default:
      throw new UnknownEventError(`an event of type "${(event as { type: string }).type}"`);
  }
}

/**
 * The state after one more event. Pure; the result is frozen and shares with `state` what did not
 * change. Throws `UnknownEventError` for what no pipeline of this version emits, and `RangeError`
 * for a count that is no whole number.
 */
export function reduce(state: MetricsState, event: PipelineEvent): MetricsState {
  if (isEdgeEvent(event)) return edgeEvent(state, event);
  return produce(state, (draft) => {
    if (event.at > state.at) draft.at = event.at;
    apply(draft, event, state);
  });
}

/** The state after many events: the same as after one after another, sooner. */
export function reduceAll(state: MetricsState, events: readonly PipelineEvent[]): MetricsState {
  let present = state;
  let run: EdgePipelineEvent[] = [];
  for (const event of events) {
    if (isEdgeEvent(event)) {
      run.push(event);
      continue;
    }
    if (run.length > 0) present = edgeEvents(present, run);
    run = [];
    present = reduce(present, event);
  }
  return run.length > 0 ? edgeEvents(present, run) : present;
}
