import { threadWaits, waitShare, waitsSince } from '../streams/threads/threadWaits';
import type { ThreadWaits } from '../streams/threads/threadWaits';
import { watchGcPauses } from './gcPauses';
import type { Conditions } from './metrics';

/**
 * Watches what service times may have suffered from, until the returned function is called.
 *
 * @param isServing Whether the stages work on this thread; the waits of others are reported at the end.
 */
export function watchConditions(
  isServing: boolean,
): (others?: readonly (ThreadWaits | undefined)[]) => Conditions {
  const began = performance.now();
  const before = isServing ? threadWaits() : undefined;
  let pausedMs = 0;
  const stop = watchGcPauses(({ ms }) => {
    pausedMs += ms;
  });
  return (others) => {
    stop();
    const elapsed = performance.now() - began;
    return {
      runQueueShare: waitShare(others ?? [isServing ? waitsSince(before) : undefined]),
      gcShare: elapsed > 0 ? Math.min(1, pausedMs / elapsed) : 0,
    };
  };
}
