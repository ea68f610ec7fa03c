import type { Micros } from '../bars/bar';
import type { PipelineEvent, StageName } from '../events';

/** How long a stage was at work in a window, and how long its outputs had to wait. */
interface Spent {
  readonly busyMs: number;
  readonly blockedMs: number;
}

interface WindowDetails {
  readonly paused?: boolean;
  readonly partial?: boolean;
  readonly market?: { readonly from: Micros; readonly to: Micros } | undefined;
}

/** The event that closes the window [from, at), in all of which the run was paused, or in none. */
export const windowEvent = (
  at: number,
  from: number,
  { coordinator, processor, analysis }: Readonly<Record<StageName, Spent>>,
  { paused = false, partial = false, market }: WindowDetails = {},
): Extract<PipelineEvent, { readonly type: 'window' }> => ({
  type: 'window',
  at,
  from,
  busyMs: {
    coordinator: coordinator.busyMs,
    processor: processor.busyMs,
    analysis: analysis.busyMs,
  },
  blockedMs: {
    coordinator: coordinator.blockedMs,
    processor: processor.blockedMs,
    analysis: analysis.blockedMs,
  },
  ...(market === undefined ? {} : { market }),
  ...(partial ? { partial } : {}),
  ...(paused ? { paused } : {}),
});
