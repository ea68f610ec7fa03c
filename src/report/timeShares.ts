import type { Spent } from '../metrics';

/** How a stage spent its time; the three add up to 1, or to 0 where there was no time. */
interface TimeShares {
  readonly busyShare: number;
  readonly blockedShare: number;
  readonly idleShare: number;
}

const capped = (share: number): number => Math.min(1, Math.max(0, share));

export function timeShares({ spanMs, busyMs, blockedMs }: Spent): TimeShares {
  if (!(spanMs > 0)) return { busyShare: 0, blockedShare: 0, idleShare: 0 };
  const busyShare = capped(busyMs / spanMs);
  const blockedShare = Math.min(capped(blockedMs / spanMs), 1 - busyShare);
  return { busyShare, blockedShare, idleShare: 1 - busyShare - blockedShare };
}
