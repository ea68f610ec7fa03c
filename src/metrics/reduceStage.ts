import { bucketValue } from '../../operators/kernel/logLinearHistogram';
import type { BucketCounts, PipelineEvent } from '../../streams/events';
import { baseIntervalMs } from './baseIntervalMs';
import { addCells } from './histogram';
import { increment } from './increment';
import { timePaused } from './reduceRun';
import { plus } from './saturating';
import type { MetricsState, Spread } from './state';
import type { Mutable, StateDraft } from './stateDraft';

type EventOf<T extends PipelineEvent['type']> = Extract<PipelineEvent, { readonly type: T }>;

/** A stage finished items. */
export function served(draft: StateDraft, event: EventOf<'served'>): void {
  if (event.count === 0) return;
  const stage = draft.stage(event.stage);
  stage.minMs = stage.items === 0n ? event.minMs : Math.min(stage.minMs, event.minMs);
  stage.maxMs = Math.max(stage.maxMs, event.maxMs);
  stage.totalMs += event.totalMs;
  stage.items = increment(draft, 'stage.items', stage.items, event.count, event.stage);
  addCells(draft.own(stage, 'serviceTimes') as number[], event.buckets);
}

interface Measured {
  readonly count: number;
  readonly totalMs?: number;
  readonly maxMs: number;
  readonly buckets: BucketCounts;
}

/** Where an event carries no sum: within the width of the cells. */
const sumOf = (buckets: BucketCounts): number =>
  buckets.reduce((sum, [bucket, count]) => sum + bucketValue(bucket) * count, 0);

export function addMeasured(draft: StateDraft, spread: Mutable<Spread>, measured: Measured): void {
  spread.count = plus(spread.count, measured.count);
  spread.totalMs += measured.totalMs ?? sumOf(measured.buckets);
  spread.maxMs = Math.max(spread.maxMs, measured.maxMs);
  addCells(draft.own(spread, 'cells') as number[], measured.buckets);
}

/** How late items were when a stage began to serve them. */
export function lateness(draft: StateDraft, event: EventOf<'lateness'>): void {
  addMeasured(draft, draft.own(draft.edge(event.edge), 'lateness'), event);
}

/** Ticks have no length, and timers are no more exact: a release that is this many milliseconds late is late. */
const LEAST_LIMIT = 10;

/** How late the coordinator may release what is due: one base interval, at the run's speed. */
const lagLimitMs = (state: MetricsState): number =>
  (state.run.configuration?.bars ?? 'tick') === 'tick'
    ? LEAST_LIMIT
    : Math.max(LEAST_LIMIT, baseIntervalMs(state));

/** How late the coordinator let go of what was due. */
export function trailing(draft: StateDraft, event: EventOf<'trailing'>): void {
  addMeasured(draft, draft.own(draft.root, 'trailing'), event);
  const limit = lagLimitMs(draft.root);
  let trailed = 0;
  for (const [bucket, times] of event.ownBuckets ?? event.buckets) {
    if (bucketValue(bucket) > limit) trailed += times;
  }
  if (trailed > 0) draft.root.trailed = plus(draft.root.trailed, trailed);
}

/**
 * A stage's stretch of time is over: what happened in it has been folded already. One in which the
 * run was paused counts for no stage: nobody was at fault for it, and nothing was asked of anybody.
 */
export function windowClosed(draft: StateDraft, event: EventOf<'window'>): void {
  const { run, topology } = draft.root;
  const spanMs = event.at - event.from;
  if (event.paused === true || run.phase === 'paused') {
    // The run's time is that of its first stage.
    if (event.stage !== undefined && event.stage !== topology[0]?.stage) return;
    timePaused(draft, spanMs);
    return;
  }
  for (const { stage } of topology) {
    if (event.stage !== undefined && event.stage !== stage) continue;
    const spent = draft.own(draft.stage(stage), 'spent');
    spent.spanMs += spanMs;
    spent.busyMs += event.busyMs[stage] ?? 0;
    spent.blockedMs += event.blockedMs[stage] ?? 0;
  }
}
