import { THREAD_PARTS } from '../../streams/events';
import type { MetricsState } from '../metrics';
import { percentiles } from './percentiles';
import type { ScheduleReport, ThreadTimeReport } from './reportSchema';

/**
 * Milliseconds of the run that shares are taken of. In simulated time each stage works as if on its own core,
 * and reading takes none; data-driven, a run lasts at least as long as its coordinator
 * reads and builds.
 */
export function runTimeMs({ run, threadMs, stages }: MetricsState): number {
  const { spanMs, busyMs } = stages.coordinator.spent;
  const isSimulated = run.configuration?.time !== 'wall';
  const isDataDriven = run.mode === 'data' && run.earlierMs.clock === 0;
  return isSimulated && isDataDriven ? Math.max(spanMs, (threadMs.opening ?? 0) + busyMs) : spanMs;
}

/** On the wall clock: how late releases left, and how fast the run really was. */
export function scheduleReport(state: MetricsState): ScheduleReport | undefined {
  const { run, trailing, market } = state;
  if (run.configuration?.time !== 'wall' || trailing.count === 0n) return undefined;
  const range = { minMs: 0, maxMs: trailing.maxMs };
  const [lagP50Ms = 0, lagP99Ms = 0] = percentiles(trailing.cells, range, [50, 99]);
  const lag = { lagP50Ms, lagP99Ms, lagMaxMs: trailing.maxMs };
  const { start, time } = market;
  const clockMs = state.stages.coordinator.spent.spanMs - (state.threadMs.opening ?? 0);
  // A live feed is its own clock.
  const isOneSpeed =
    state.feed === undefined &&
    run.speedChanges === 0 &&
    run.earlierMs.data === 0 &&
    run.mode === 'clock';
  if (start === undefined || time === undefined || !isOneSpeed || !(clockMs > 0)) return lag;
  return { ...lag, reachedSpeed: (time - start) / 1_000 / clockMs };
}

/** Where the time of the coordinator's thread went; undefined where that was not measured: not on the wall clock. */
export function threadTime({ run, stages, threadMs }: MetricsState): ThreadTimeReport | undefined {
  if (run.configuration?.time !== 'wall' || Object.keys(threadMs).length === 0) return undefined;
  const known = THREAD_PARTS.reduce((sum, part) => sum + (threadMs[part] ?? 0), 0);
  const { clock, data } = run.pausedMs;
  const elapsed = stages.coordinator.spent.spanMs + clock + data;
  return { ...threadMs, unaccounted: Math.max(0, elapsed - known) };
}
