import { readFileSync } from 'node:fs';

/** How a thread fared with the system's scheduler, in nanoseconds. */
export interface ThreadWaits {
  readonly runningNs: number;
  /** Runnable, while no core was free. */
  readonly waitingNs: number;
}

/** Of the calling thread, by the scheduler's own account on Linux: `running waiting slices`. Undefined where there is none. */
export function threadWaits(): ThreadWaits | undefined {
  try {
    const text = readFileSync('/proc/thread-self/schedstat', 'utf8');
    const [runningNs = NaN, waitingNs = NaN] = text.split(' ').map(Number);
    return Number.isNaN(runningNs + waitingNs) ? undefined : { runningNs, waitingNs };
  } catch {
    return undefined;
  }
}

/** Since an earlier reading in the same thread. */
export const waitsSince = (
  before: ThreadWaits | undefined,
  now = threadWaits(),
): ThreadWaits | undefined =>
  before === undefined || now === undefined
    ? undefined
    : {
        runningNs: now.runningNs - before.runningNs,
        waitingNs: now.waitingNs - before.waitingNs,
      };

/** The time for which threads waited for a core, over that and their running time; null where it is unknown of one. */
export function waitShare(waits: readonly (ThreadWaits | undefined)[]): number | null {
  let running = 0;
  let waiting = 0;
  for (const one of waits) {
    if (one === undefined) return null;
    running += one.runningNs;
    waiting += one.waitingNs;
  }
  return running + waiting > 0 ? waiting / (running + waiting) : 0;
}
