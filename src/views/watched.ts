import type { EdgeName, PipelineEvent, StageName } from '../../streams/events';
import type { Fold, JournalEntry, JournalHeader, Liveness } from '../journal';
import { forEveryEdge, forEveryStage, named } from '../../streams/topology';
import { emptyState } from '../journal';
import { reduce } from '../metrics';
import type { MetricsState } from '../metrics';
import type { Known } from './status';

/** What happened in one window. */
export interface Sample {
  /** Of the window's time. */
  readonly busy: Readonly<Record<StageName, number>>;
  /** Backpressure events, of the deliveries. */
  readonly notReady: Readonly<Record<EdgeName, number>>;
}

/** What a watcher knows: the fold of the journal, and the course of the latest windows. */
export interface Watched extends Fold {
  readonly header: JournalHeader;
  readonly liveness: Liveness;
  /** The latest one last. */
  readonly samples: readonly Sample[];
  /** The state at the end of the latest window. */
  readonly atWindow: MetricsState;
}

/** More than any terminal is wide. */
const KEPT = 400;

export function unwatched(header: JournalHeader): Watched {
  const state = emptyState(header);
  return {
    header,
    liveness: 'running',
    state,
    seq: 0,
    wall: header.wall,
    samples: [],
    atWindow: state,
  };
}

/** One event later. */
export function watchedNext(watched: Watched, { seq, wall, event }: JournalEntry): Watched {
  const state = reduce(watched.state, event);
  const next = { ...watched, state, seq, wall };
  if (event.type === 'finished') return { ...next, liveness: 'finished' };
  if (!endsWindow(event, state)) return next;
  const samples = [...watched.samples.slice(1 - KEPT), sampleOf(watched.atWindow, state)];
  return { ...next, samples, atWindow: state };
}

/** Adds a later state that comes without events, as one window. */
export function watchedState(watched: Watched, known: Known): Watched {
  const { header, state, seq, wall, liveness } = known;
  const next = { ...watched, header, state, seq, wall, liveness };
  if (state.market.time === watched.atWindow.market.time) return next;
  const samples = [...watched.samples.slice(1 - KEPT), sampleOf(watched.atWindow, state)];
  return { ...next, samples, atWindow: state };
}

/** Stages end a window one after another: the last one completes it. */
const endsWindow = (event: PipelineEvent, { topology }: MetricsState): boolean =>
  event.type === 'window' && (event.stage ?? topology.at(-1)?.stage) === topology.at(-1)?.stage;

function sampleOf(before: MetricsState, after: MetricsState): Sample {
  const busy = (stage: StageName): number => {
    const [was, is] = [named(before.stages, stage).spent, named(after.stages, stage).spent];
    const span = is.spanMs - was.spanMs;
    return span > 0 ? (is.busyMs - was.busyMs) / span : 0;
  };
  const notReady = (edge: EdgeName): number => {
    const [was, is] = [named(before.edges, edge), named(after.edges, edge)];
    const delivered = Number(is.delivered - was.delivered);
    const events = Number(is.backpressure - was.backpressure);
    return delivered > 0 ? events / delivered : 0;
  };
  return {
    busy: forEveryStage(after.topology, busy),
    notReady: forEveryEdge(after.topology, notReady),
  };
}
