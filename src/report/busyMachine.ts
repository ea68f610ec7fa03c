import { speedUpTo } from './speedText';

/** From so much on, service times say more of the machine than of the code. */
export const DOUBTFUL = 0.2;

/**
 * The speeds between which one lies that follows from service times on a busy machine: a service took
 * between `1 - runQueueShare` and all of what was measured. Undefined where that says little.
 */
export function busyRange(
  speed: number,
  runQueueShare: number | null | undefined,
): readonly [low: number, high: number] | undefined {
  if (runQueueShare === null || runQueueShare === undefined) return undefined;
  if (!(runQueueShare > DOUBTFUL) || speed === Infinity) return undefined;
  return [speed, runQueueShare < 1 ? speed / (1 - runQueueShare) : Infinity];
}

/** "317× to 528×" */
export const rangeOf = ([low, high]: readonly [number, number]): string =>
  `${speedUpTo(low)} to ${speedUpTo(high)}`;
