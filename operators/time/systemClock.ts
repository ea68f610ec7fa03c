import { asyncScheduler } from 'rxjs';
import type { SchedulerLike } from 'rxjs';
import { WallClock } from './wallClock';

// Whole milliseconds, so that sums with whole delays are exact.
const { timeOrigin = Date.now() - performance.now() } = performance;
const ORIGIN = -Math.round(timeOrigin);

/** Two readings of the system time can't be further apart than that, in milliseconds. */
const DAY = 86_400_000;

/**
 * The clock of an operator that is given none: milliseconds since 1970 as they were when the process
 * began, plus what has passed since. It has a fraction, and a correction of the system time does not
 * move it. Unlike a `WallClock` it waits with timers of whole milliseconds, and never spins.
 */
class SystemClock extends WallClock {
  protected override readonly slack = 0;

  constructor() {
    super(ORIGIN);
  }
}

/**
 * The default scheduler, one for each subscription. Inside `TestScheduler.run` it is `asyncScheduler`,
 * which the test drives.
 */
export function systemClock(): SchedulerLike {
  return isVirtualized() ? asyncScheduler : new SystemClock();
}

/** True inside `TestScheduler.run`, where the async scheduler counts frames. */
function isVirtualized(): boolean {
  return Math.abs(asyncScheduler.now() - Date.now()) > DAY;
}
