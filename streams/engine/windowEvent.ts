import type { Micros } from '../bars/bar';
import type { PipelineEvent } from '../events';
import type { StageName } from '../topology';

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
  spent: readonly (readonly [StageName, Spent])[],
  { paused = false, partial = false, market }: WindowDetails = {},
): Extract<PipelineEvent, { readonly type: 'window' }> => ({
  type: 'window',
  at,
  from,
  busyMs: times(spent, ({ busyMs }) => busyMs),
  blockedMs: times(spent, ({ blockedMs }) => blockedMs),
  ...(market === undefined ? {} : { market }),
  ...(partial ? { partial } : {}),
  ...(paused ? { paused } : {}),
});

const times = (
  spent: readonly (readonly [StageName, Spent])[],
  of: (spent: Spent) => number,
): Record<StageName, number> =>
  Object.fromEntries(spent.map(([stage, one]) => [stage, of(one)])) as Record<StageName, number>;
