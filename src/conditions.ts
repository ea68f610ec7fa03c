import { readFileSync } from 'node:fs';
import { watchGcPauses } from './gcPauses';
import type { Conditions } from './metrics';

interface ThreadTime {
  readonly runningNs: number;
  /** Runnable, while no core was free. */
  readonly waitingNs: number;
}

/** Of the main thread, by the scheduler's own account: `running waiting slices`. Undefined where there is none. */
function mainThreadTime(): ThreadTime | undefined {
  try {
    const text = readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8');
    const [runningNs = NaN, waitingNs = NaN] = text.split(' ').map(Number);
    return Number.isNaN(runningNs + waitingNs) ? undefined : { runningNs, waitingNs };
  } catch {
    return undefined;
  }
}

function shareBetween(before: ThreadTime | undefined, after: ThreadTime | undefined) {
  if (before === undefined || after === undefined) return null;
  const running = after.runningNs - before.runningNs;
  const waiting = after.waitingNs - before.waitingNs;
  return running + waiting > 0 ? waiting / (running + waiting) : 0;
}

/**
 * Watches what service times may have suffered from, until the returned function is called.
 *
 * @param isServing Whether the stages work on this thread; the waits of others are not known.
 */
export function watchConditions(isServing: boolean): () => Conditions {
  const began = performance.now();
  const before = isServing ? mainThreadTime() : undefined;
  let pausedMs = 0;
  const stop = watchGcPauses(({ ms }) => {
    pausedMs += ms;
  });
  return () => {
    stop();
    const elapsed = performance.now() - began;
    return {
      runQueueShare: shareBetween(before, isServing ? mainThreadTime() : undefined),
      gcShare: elapsed > 0 ? Math.min(1, pausedMs / elapsed) : 0,
    };
  };
}
