import { asyncScheduler, VirtualTimeScheduler } from 'rxjs';
import type { SchedulerLike } from 'rxjs';
import { isVirtualized } from './systemClock';
import { WallClock } from './wallClock';

/**
 * True of schedulers that show the same time: one and the same, those that share one `now` function (as
 * rxjs's do), wall clocks of one origin, and inside `TestScheduler.run` the test's and `asyncScheduler`.
 */
export function isSameClock(a: SchedulerLike, b: SchedulerLike): boolean {
  if (a === b) return true;
  if (a instanceof WallClock && b instanceof WallClock) return a.origin === b.origin;
  if (Object.hasOwn(a, 'now') && a.now === b.now) return true;
  const isTest = (one: SchedulerLike, other: SchedulerLike): boolean =>
    one === asyncScheduler && other instanceof VirtualTimeScheduler;
  return (isTest(a, b) || isTest(b, a)) && isVirtualized();
}

/** A scheduler's name in an error. */
export const clockName = (scheduler: SchedulerLike): string =>
  scheduler === asyncScheduler ? 'asyncScheduler' : scheduler.constructor.name;
