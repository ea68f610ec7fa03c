import type { PipelineEvent, StageName } from '../events';
import type { MarketWindow } from './marketWindows';

interface WindowDetails {
  /** How long the stage was at work, and how long its outputs had to wait. */
  readonly busyMs: number;
  readonly blockedMs: number;
  readonly paused?: boolean;
  readonly partial?: boolean;
  readonly market?: MarketWindow | undefined;
}

/** The event that closes a stage's window [from, at), in all of which the run was paused, or in none. */
export const windowEvent = (
  stage: StageName,
  at: number,
  from: number,
  { busyMs, blockedMs, paused = false, partial = false, market }: WindowDetails,
): Extract<PipelineEvent, { readonly type: 'window' }> => ({
  type: 'window',
  stage,
  at,
  from,
  busyMs: { [stage]: busyMs },
  blockedMs: { [stage]: blockedMs },
  ...(market === undefined ? {} : { market }),
  ...(partial ? { partial } : {}),
  ...(paused ? { paused } : {}),
});
