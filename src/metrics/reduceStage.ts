import type { Draft } from 'immer';
import { bucketValue } from '../../operators/kernel/logLinearHistogram';
import type { BucketCounts, Mode, PipelineEvent } from '../../streams/events';
import { baseIntervalMs } from './baseIntervalMs';
import { edgeBefore } from './edges';
import { entryOf, increment } from './increment';
import { withCells } from './histogram';
import { plus } from './saturating';
import type { MetricsState, Spread, Stretch } from './state';

type EventOf<T extends PipelineEvent['type']> = Extract<PipelineEvent, { readonly type: T }>;

/** A stage finished items. */
export function served(
  draft: Draft<MetricsState>,
  event: EventOf<'served'>,
  before: MetricsState,
): void {
  if (event.count === 0) return;
  const was = entryOf(before.stages, event.stage, 'stage');
  const stage = entryOf(draft.stages, event.stage, 'stage');
  stage.items = increment(draft, 'stage.items', was.items, event.count, event.stage);
  stage.totalMs += event.totalMs;
  stage.minMs = was.items === 0n ? event.minMs : Math.min(was.minMs, event.minMs);
  stage.maxMs = Math.max(was.maxMs, event.maxMs);
  stage.serviceTimes = withCells(was.serviceTimes, event.buckets);
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

const withMeasured = (spread: Spread, { count, totalMs, maxMs, buckets }: Measured): Spread => ({
  count: plus(spread.count, count),
  totalMs: spread.totalMs + (totalMs ?? sumOf(buckets)),
  maxMs: Math.max(spread.maxMs, maxMs),
  cells: withCells(spread.cells, buckets),
});

/** How late items were when a stage began to serve them. */
export function lateness(
  draft: Draft<MetricsState>,
  event: EventOf<'lateness'>,
  before: MetricsState,
): void {
  const { lateness: was } = entryOf(before.edges, event.edge, 'edge');
  entryOf(draft.edges, event.edge, 'edge').lateness = withMeasured(was, event);
}

/** Ticks have no length, and timers are no more exact: a release that is so many milliseconds late is late. */
const LEAST_LIMIT = 10;

/** How late the coordinator may release what is due: one base interval, at the run's speed. */
const lagLimitMs = (state: MetricsState): number =>
  (state.run.configuration?.bars ?? 'tick') === 'tick'
    ? LEAST_LIMIT
    : Math.max(LEAST_LIMIT, baseIntervalMs(state));

/** How late the coordinator let go of what was due. */
export function trailing(
  draft: Draft<MetricsState>,
  event: EventOf<'trailing'>,
  before: MetricsState,
): void {
  draft.trailing = withMeasured(before.trailing, event);
  const interval = lagLimitMs(before);
  let trailed = 0;
  for (const [bucket, times] of event.ownBuckets ?? event.buckets) {
    if (bucketValue(bucket) > interval) trailed += times;
  }
  draft.trailed = plus(before.trailed, trailed);
}

function extend(stretch: Draft<Stretch>, by: Stretch): void {
  stretch.spanMs += by.spanMs;
  stretch.busyMs += by.busyMs;
  stretch.blockedMs += by.blockedMs;
  stretch.arrivals = plus(stretch.arrivals, by.arrivals);
  stretch.dueMs += by.dueMs;
}

/** Market time released since the latest window, in milliseconds at the run's speed. */
function releasedMs({ market, run }: MetricsState): number {
  const from = market.windowTime ?? market.start;
  if (from === undefined || market.time === undefined) return 0;
  return Math.max(0, market.time - from) / 1000 / run.speed;
}

/**
 * A stretch of time is over: whatever happened in it has been folded already. One in which the run
 * was paused counts for no stage: nobody was to blame for it, and nothing was asked of anybody.
 */
export function windowClosed(
  draft: Draft<MetricsState>,
  event: EventOf<'window'>,
  before: MetricsState,
): void {
  const mode: Mode = before.run.mode;
  const dueMs = releasedMs(before);
  if (before.market.time !== undefined) draft.market.windowTime = before.market.time;
  if (event.paused === true || before.run.phase === 'paused') {
    draft.run.pausedMs[mode] += event.at - event.from;
    closeOpen(draft, before);
    return;
  }
  for (const [name, { stretches }] of Object.entries(draft.stages)) {
    const incoming = edgeBefore(before.topology, name);
    const open = incoming === undefined ? undefined : before.edges[incoming.name]?.open;
    const window: Stretch = {
      spanMs: event.at - event.from,
      busyMs: event.busyMs[name] ?? 0,
      blockedMs: event.blockedMs[name] ?? 0,
      arrivals: open?.arrivals ?? 0n,
      dueMs,
    };
    extend(stretches.all, window);
    if (mode === 'clock') extend(stretches.clock, window);
    if (open !== undefined && open.behind > 0n) extend(stretches.behind, window);
  }
  closeOpen(draft, before);
}

function closeOpen(draft: Draft<MetricsState>, before: MetricsState): void {
  for (const [name, { open }] of Object.entries(before.edges)) {
    if (open.arrivals > 0n || open.behind > 0n) {
      entryOf(draft.edges, name, 'edge').open = { arrivals: 0n, behind: 0n };
    }
  }
}
