import { asyncScheduler } from 'rxjs';
import type { SchedulerLike, Subscription } from 'rxjs';
import { VirtualClock } from '../time/virtualClock';

/** Calls back after that many milliseconds. A virtual clock stands still for what is awaited, so real time decides. */
export function scheduleTimeout(
  scheduler: SchedulerLike,
  ms: number,
  onTimeout: () => void,
): Subscription {
  if (!(scheduler instanceof VirtualClock)) return scheduler.schedule(onTimeout, ms);
  return asyncScheduler.schedule(() => {
    scheduler.asStep(onTimeout);
  }, ms);
}
