import type { SchedulerLike } from 'rxjs';
import type { WallClock } from './wallClock';

// By their properties and not by their classes, so that a page with a tracker alone loads no clock.
const isWallClock = (scheduler: SchedulerLike): scheduler is WallClock => 'origin' in scheduler;
const isTestClock = (scheduler: SchedulerLike): boolean => 'maxFrames' in scheduler;

/**
 * True of schedulers that show the same time: one and the same, those that share one `now` function (as
 * rxjs's do), wall clocks of one origin, and inside `TestScheduler.run` the test's and `asyncScheduler`, which
 * counts frames there and otherwise milliseconds since 1970.
 */
export function isSameClock(a: SchedulerLike, b: SchedulerLike): boolean {
  if (a === b) return true;
  if (isWallClock(a) && isWallClock(b)) return a.origin === b.origin;
  if (Object.hasOwn(a, 'now') && a.now === b.now) return true;
  return isTestClock(a) !== isTestClock(b) && a.now() === b.now();
}

/** A scheduler's name in an error. */
export const clockName = (scheduler: SchedulerLike): string => scheduler.constructor.name;
